"""docs/BENCHMARKS.md: ratios first, then what they come from."""

from .spread import Spread

MEGABYTE = 1_000_000


class Line:
    """One measurement beside its bound. `measured` and `bounds` have a figure for each round, more is better."""

    def __init__(self, what, measured, bound, bounds, unit, aim=""):
        self.what, self.bound, self.unit, self.aim = what, bound, unit, aim
        self.measured, self.bounds = Spread.of(measured), Spread.of(bounds)
        self.ratio = Spread.ratio(measured, bounds)

    def row(self):
        ratio = self.ratio
        return [
            self.what, f"{self.bound}",
            f"**{ratio.median:.0%}** ({ratio.low:.0%} to {ratio.high:.0%})", self.aim,
            f"{_spread(self.measured)} {self.unit}", f"{_spread(self.bounds)} {self.unit}",
        ]


def text(run, figures, facts, versions, command, date, load_before):
    """The whole page."""
    loads, file = figures.bulk
    return "\n".join([
        "# Benchmarks",
        "",
        "Each figure stands beside its bound, what this machine can do at best without the service's work, measured in",
        "the same run. Read the ratios: absolute figures are of one small machine and wobble with what else it does.",
        "",
        _table(
            ["what", "beside", "ratio", "aim", "service", "bound"],
            [line.row() for line in _lines(figures)]),
        "",
        "Median of the rounds, lowest to highest in parentheses. A ratio is taken within each round.",
        "",
        "## One GET, one POST",
        "",
        f"GETs are of one commissioner's totals ({figures.get_body_bytes:,} bytes) over 32 kept-alive connections, each "
        "answered with the same",
        "bytes and header fields by the service, by a SwiftNIO handler that knows nothing else "
        "(`scripts/peers/constant`), and by nginx",
        "(`return 200`). POSTs are of one cost event each, unique ids, 64 connections; an answer that is not 201 and an "
        "event that is not in the",
        "totals afterwards fail the run. CPU is the server's own, so it also holds when something else disturbs the "
        "rates. The load comes",
        "from one thread of wrk on the same machine, and takes its share of the cores.",
        "",
        _table(
            ["what", "threads", "server", "answers a second", "p50 µs", "p99 µs", "CPU µs each"],
            _load_rows(figures)),
        "",
        "The disk, in the same rounds as the POSTs, 4 KiB appended and synced (`fdatasync`), one after the other:",
        "",
        _table(["with threads", "syncs a second", "p50 µs", "p99 µs"], [
            [threads, *(_spread(Spread.of([getattr(each, name) for each in appends]))
                        for name in ("per_second", "p50_microseconds", "p99_microseconds"))]
            for threads, (_, appends) in figures.posts.items()]),
        "",
        "## A million events in one body, and the restart",
        "",
        f"{file.sums.events:,} events of 50,000 patients as one body of newline-delimited JSON, {file.byte_count:,} bytes "
        f"({file.byte_count / file.sums.events:.0f} a line),",
        "sent with `sendfile` to a fresh ledger on 2 threads. Time runs from the first byte sent to the answer, which "
        "comes when everything is on",
        "disk. Then the totals are compared, in total and by setting, with what the generator made, the service is "
        "killed (`SIGKILL`) and started",
        "again, and they are compared again. A restart lasts from exec to `/_status` 200, with the journal still in the "
        "page cache.",
        "",
        _table(["figure", "median", "lowest", "highest"], _bulk_rows(loads, file)),
        "",
        "## Machine, versions, command",
        "",
        _table(["", ""], facts + versions + [
            ("date", date),
            ("command", f"`{command}`"),
            ("rounds", f"{run.round_count} of {run.seconds} s, servers in turn, each warmed up for "
                       f"{run.warm_up_seconds} s"),
            ("load average before", f"{load_before:.2f}"),
        ]),
        "",
    ])


def _lines(figures):
    for threads, loads in figures.gets.items():
        service = _rates(loads["chequebook"])
        what = f"GET one total, {_threads(threads)}"
        yield Line(what, service, "NIOHTTP1, constant bytes", _rates(loads["constant peer"]), "a second", "80 %")
        yield Line(what, service, "nginx `return 200`", _rates(loads["nginx"]), "a second")
    for threads, (loads, appends) in figures.posts.items():
        service = _rates(loads["chequebook"])
        what = f"POST one event, durable, {_threads(threads)}"
        yield Line(what, service, "NIOHTTP1, constant bytes", _rates(loads["constant peer"]), "a second", "50 %")
        yield Line(what, service, "fdatasync of 4 KiB", _rates(appends), "a second")
    rounds, file = figures.bulk
    count = file.sums.events
    what = "a million events in one body, durable"
    service = [count / each.load_seconds for each in rounds]
    for bound, name in (
        ("NIOHTTP1, body read and thrown away", "discard_seconds"),
        ("journal's bytes written, one sync", "write_once_seconds"),
        ("journal's bytes written, as many syncs", "write_synced_seconds"),
    ):
        yield Line(what, service, bound, [count / getattr(each, name) for each in rounds], "events/s")
    yield Line(what, service, "the aim", [500_000] * len(rounds), "events/s", "100 %")
    yield Line(
        "restart with a million events", [count / each.restart_seconds for each in rounds],
        "journal's files read", [count / each.read_seconds for each in rounds], "events/s")


def _load_rows(figures):
    tables = [("GET", figures.gets), ("POST", {threads: loads for threads, (loads, _) in figures.posts.items()})]
    for what, table in tables:
        for threads, loads in table.items():
            for server, rounds in loads.items():
                columns = (_rates(rounds), [each.p50_microseconds for each in rounds],
                           [each.p99_microseconds for each in rounds])
                cpu = Spread.of([each.cpu_microseconds_each for each in rounds])
                yield [what, threads, server, *(_spread(Spread.of(column)) for column in columns),
                       f"{cpu.median:.1f} ({cpu.low:.1f} to {cpu.high:.1f})"]


def _bulk_rows(rounds, file):
    def row(name, values, digits=0):
        spread = Spread.of(list(values))
        return [name, *(f"{value:,.{digits}f}" for value in spread)]

    yield row("load, seconds", (each.load_seconds for each in rounds), 2)
    yield row("load, MB of JSON a second", (file.byte_count / each.load_seconds / MEGABYTE for each in rounds))
    yield row("the same body thrown away by the peer, seconds", (each.discard_seconds for each in rounds), 2)
    yield row("journal, MB", (each.journal_bytes / MEGABYTE for each in rounds), 1)
    yield row("commits", (each.commits for each in rounds))
    yield row("journal's bytes written with one sync, seconds", (each.write_once_seconds for each in rounds), 2)
    yield row("journal's bytes written with as many syncs as commits, seconds",
              (each.write_synced_seconds for each in rounds), 2)
    yield row("GET of the totals before the load, p50 µs", (each.quiet_reads.p50_microseconds for each in rounds))
    yield row("GET of the totals before the load, p99 µs", (each.quiet_reads.p99_microseconds for each in rounds))
    yield row("GET of the totals during the load, p50 µs", (each.busy_reads.p50_microseconds for each in rounds))
    yield row("GET of the totals during the load, p99 µs", (each.busy_reads.p99_microseconds for each in rounds))
    yield row("GETs during the load", (each.busy_reads.count for each in rounds))
    yield row("restart, seconds", (each.restart_seconds for each in rounds), 2)
    yield row("journal's files read, seconds", (each.read_seconds for each in rounds), 2)


def _rates(loads):
    return [load.per_second for load in loads]


def _threads(count):
    return f"{count} thread" if count == 1 else f"{count} threads"


def _spread(spread):
    return f"{spread.median:,.0f} ({spread.low:,.0f} to {spread.high:,.0f})"


def _table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
