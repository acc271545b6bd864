"""What the demo shows: stages with progress, and the closing table."""

import sys
import time

BAR_CELLS = 30
REDRAW_SECONDS = 0.1


class Stage:
    """A stage of the work: a bar on a terminal while it runs, one line when it has ended."""

    def __init__(self, title, total, unit, stream):
        self._title = title
        self._total = total
        self._unit = unit
        self._stream = stream
        self._drawn_at = 0.0
        self._bar = stream.isatty()

    def passing(self, items):
        """Gives the items on and counts them."""
        for done, item in enumerate(items, start=1):
            yield item
            if self._bar and (done == self._total or time.monotonic() - self._drawn_at > REDRAW_SECONDS):
                self._drawn_at = time.monotonic()
                self._draw(done)

    def end(self, remark=""):
        start = "\r\x1b[K" if self._bar else ""
        print(f"{start}{self._title}: {self._total:,} {self._unit}{remark}", file=self._stream, flush=True)

    def _draw(self, done):
        cells = BAR_CELLS * done // max(1, self._total)
        bar = "#" * cells + "." * (BAR_CELLS - cells)
        self._stream.write(f"\r\x1b[K{self._title} [{bar}] {done:,} of {self._total:,} {self._unit}")
        self._stream.flush()


def progress_stream(dry_run):
    """A dry run prints requests, so its progress goes elsewhere."""
    return sys.stderr if dry_run else sys.stdout


def pounds(pence):
    """Whole pounds with the pence, grouped: -1,234.50."""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def table(header, rows):
    """Lines of aligned columns: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    lines = []
    for row in [header, ["-" * width for width in widths], *rows]:
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        lines.append("  ".join(cells).rstrip())
    return lines
