"""Tables and paragraphs of docs/BENCHMARKS.md."""

from textwrap import fill

MEGABYTE = 1_000_000
COLUMNS = 150


def paragraph(sentences):
    return fill(sentences, COLUMNS, break_long_words=False, break_on_hyphens=False)


def table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def figure(spread, form="{:,.0f}"):
    """The median, and in parentheses the lowest and the highest where they differ."""
    median, low, high = map(form.format, spread)
    return median if low == high else f"{median} ({low} to {high})"


def replaced(page, section):
    """The page with another text under the section's heading, before the machine where it has none yet; the rest as
    it is."""
    heading = section.partition("\n")[0]
    before, found, rest = page.partition(heading + "\n")
    if not found:
        before, _, after = page.partition("## Machine and run\n")
        return f"{before}{section}\n\n## Machine and run\n{after}"
    _, following, after = rest.partition("\n## ")
    return before + section + "\n" + following + after
