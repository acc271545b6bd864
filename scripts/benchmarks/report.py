"""docs/BENCHMARKS.md: ratios first, then what they come from."""

from textwrap import fill

from .spread import Spread

MEGABYTE = 1_000_000
COLUMNS = 150
GROWTH_HEADING = "## Questions to a growing ledger"


def text(run, figures, facts, growth_facts):
    """The whole page. `facts` are names and values of the machine and the run."""
    rounds, file = figures.bulk
    return "\n\n".join([
        "# Benchmarks",
        _paragraph(
            "Each figure stands beside a bound: what this machine does, in the same run, where the service's own work "
            "is left out. Read the ratios. The figures themselves are those of one machine and of what else it did."),
        _table(["what", "beside", "ratio", "aim", "service, a second", "bound, a second"], _ratio_rows(figures)),
        _paragraph(
            "Medians of all rounds, in parentheses the lowest and the highest. A ratio is taken within each round, "
            "because what disturbs one half of a round disturbs the other too."),
        "## One GET, one POST",
        _paragraph(
            "Each GET is of one commissioner's totals, over 32 connections that are kept alive. A SwiftNIO handler "
            "that knows nothing else (`scripts/peers/constant`) and nginx (`return 200`) answer it with the same "
            f"{figures.get_body_bytes:,} bytes and the same fields. Each POST is of one cost event with an id of its "
            "own, over 64 connections. An answer other than 201 fails the run, and so does an answered event that is "
            "not in the totals. CPU is what the server alone used for each. The load comes from one thread of wrk on "
            "the same cores: where wrk was busy nearly all the time, it was the limit, and not the server."),
        _table(
            ["what", "threads", "server", "a second", "p50 µs", "p99 µs", "CPU µs each", "wrk busy"],
            _load_rows(figures)),
        "In the same rounds the disk, 4 KiB appended and synced (`fdatasync`) one after the other:",
        _table(["beside threads", "a second", "p50 µs", "p99 µs"], _disk_rows(figures)),
        "## A million events in one body, and the restart",
        _paragraph(
            f"{file.sums.events:,} events of 50,000 patients, {file.byte_count:,} bytes of newline-delimited JSON, "
            "sent with `sendfile` to a new ledger on 2 threads; the answer comes when all are on disk. Then the totals "
            "must be what the generator made, in all and by setting; the service is killed (`SIGKILL`) and started "
            "again, and they must be so again. A restart lasts from exec to `/_status` 200; the journal is still in "
            "the page cache."),
        _table(["figure", "median", "lowest", "highest"], _bulk_rows(rounds, file)),
        growth_section(figures.growth, growth_facts),
        "## Machine and run",
        _table(["", ""], facts + [("rounds", _rounds(run))]),
    ]) + "\n"


def growth_section(stages, facts):
    """The questions to a growing ledger; `facts` are names and values of the run."""
    asked = min(each.count for stage in stages for each in stage.latencies.values())
    return "\n\n".join([
        GROWTH_HEADING,
        _paragraph(
            "One commissioner with 50,000 patients, and a ledger that grows. At each size it was started again and "
            f"asked over one connection, one question after the other, {asked:,} times each: µs from the client's "
            "send to the end of its read, of which `/_ping` says what the way there and back takes. A new question "
            "names another `through` than the one before and another pair of `through` and `by` than any, so that "
            "nothing kept answers it. Totals come from sums, which do not grow with events. Provider, funder and past "
            "days come from the changes of each recorded day, one for all that is alike but the amount: they grow "
            "until every provider has had something in every setting on every day. The patient has 1,000 events, a "
            "tenth of them after each tenth of the load. What each load brought was recorded on a day of its own, and "
            "the as-of questions go to these days in turn. Totals, those of each past day and the patient's costs "
            "must be what was sent."),
        _table(["µs"] + [f"{stage.events:,} events, {name}" for stage in stages for name in ("p50", "p99")],
               _growth_rows(stages)),
        _table(["while it grew"] + [f"to {stage.events:,}" for stage in stages], _load_and_restart_rows(stages)),
        _table(["", ""], facts),
    ])


def replaced(page, section):
    """The page with another section of growth in it, the rest as it is."""
    before, _, rest = page.partition(GROWTH_HEADING)
    old, heading, after = rest.partition("\n## ")
    if not heading:
        before, heading, after = page.partition("\n## Machine and run")
        before += "\n"
    return before + section + "\n" + heading + after


def _growth_rows(stages):
    for asked in stages[0].latencies:
        taken = [stage.latencies[asked] for stage in stages]
        yield [asked, *(f"{value:,.0f}" for each in taken for value in (each.p50_microseconds, each.p99_microseconds))]


def _load_and_restart_rows(stages):
    yield ["events a second", *(f"{stage.loaded_events / stage.load_seconds:,.0f}" for stage in stages)]
    yield ["restart, seconds", *(f"{stage.restart_seconds:.2f}" for stage in stages)]
    yield ["peak memory since, MB", *(f"{stage.peak_memory_bytes / MEGABYTE:,.0f}" for stage in stages)]


def _ratio_rows(figures):
    for threads, loads in figures.gets.items():
        what = f"GET one total, {_threads(threads)}"
        service = _rates(loads["chequebook"])
        yield _ratio_row(what, service, "NIOHTTP1, constant bytes", _rates(loads["constant peer"]), "80%")
        yield _ratio_row(what, service, "nginx, constant bytes", _rates(loads["nginx"]))
    for threads, (loads, appends) in figures.posts.items():
        what = f"POST one event, durable, {_threads(threads)}"
        service = _rates(loads["chequebook"])
        yield _ratio_row(what, service, "NIOHTTP1, constant bytes", _rates(loads["constant peer"]), "50%")
        yield _ratio_row(what, service, "4 KiB appended and synced", _rates(appends))
    rounds, file = figures.bulk

    def events(seconds):
        return [file.sums.events / getattr(each, seconds) for each in rounds]

    what = "a million events in one body, durable"
    service = events("load_seconds")
    yield _ratio_row(what, service, "NIOHTTP1, the body thrown away", events("discard_seconds"), "500,000 a second")
    yield _ratio_row(what, service, "the journal's bytes, one sync", events("write_once_seconds"))
    yield _ratio_row(what, service, "the journal's bytes, as many syncs", events("write_synced_seconds"))
    what = "restart with a million events"
    yield _ratio_row(what, events("restart_seconds"), "the journal's files read", events("read_seconds"))


def _ratio_row(what, service, bound, bounds, aim=""):
    ratio = _figure(Spread.ratio(service, bounds), "{:.0%}")
    return [what, bound, ratio, aim, _figure(Spread.of(service)), _figure(Spread.of(bounds))]


def _load_rows(figures):
    tables = [("GET", figures.gets), ("POST", {threads: loads for threads, (loads, _) in figures.posts.items()})]
    for what, table in tables:
        for threads, loads in table.items():
            for server, rounds in loads.items():
                cpu = _figure(Spread.of([each.cpu_microseconds_each for each in rounds]), "{:.1f}")
                busy = _figure(Spread.of([each.wrk_busy_share for each in rounds]), "{:.0%}")
                yield [what, threads, server, *_rate_and_latencies(rounds), cpu, busy]


def _disk_rows(figures):
    for threads, (_, appends) in figures.posts.items():
        yield [threads, *_rate_and_latencies(appends)]


def _rate_and_latencies(rounds):
    names = ("per_second", "p50_microseconds", "p99_microseconds")
    return [_figure(Spread.of([getattr(each, name) for each in rounds])) for name in names]


def _bulk_rows(rounds, file):
    def row(name, value, form="{:,.0f}"):
        return [name, *map(form.format, Spread.of([value(each) for each in rounds]))]

    yield row("load, seconds", lambda each: each.load_seconds, "{:.2f}")
    yield row("load, MB of JSON a second", lambda each: file.byte_count / each.load_seconds / MEGABYTE)
    yield row("journal, MB", lambda each: each.journal_bytes / MEGABYTE)
    yield row("commits", lambda each: each.commits)
    yield row("peak memory of the service, MB", lambda each: each.peak_memory_bytes / MEGABYTE)
    yield row("GET of the totals before the load, p50 µs", lambda each: each.quiet_reads.p50_microseconds)
    yield row("GET of the totals before the load, p99 µs", lambda each: each.quiet_reads.p99_microseconds)
    yield row("GET of the totals during the load, p50 µs", lambda each: each.busy_reads.p50_microseconds)
    yield row("GET of the totals during the load, p99 µs", lambda each: each.busy_reads.p99_microseconds)
    yield row("GETs during the load", lambda each: each.busy_reads.count)
    yield row("restart, seconds", lambda each: each.restart_seconds, "{:.2f}")
    yield row("bound: the body thrown away, seconds", lambda each: each.discard_seconds, "{:.3f}")
    yield row("bound: the journal's bytes, one sync, seconds", lambda each: each.write_once_seconds, "{:.3f}")
    yield row("bound: as many syncs as commits, seconds", lambda each: each.write_synced_seconds, "{:.3f}")
    yield row("bound: the journal's files read, seconds", lambda each: each.read_seconds, "{:.3f}")


def _rounds(run):
    return f"{run.round_count} of {run.seconds} s, the servers in turn, each warmed up for {run.warm_up_seconds} s"


def _rates(rounds):
    return [each.per_second for each in rounds]


def _threads(count):
    return f"{count} thread" if count == 1 else f"{count} threads"


def _figure(spread, form="{:,.0f}"):
    median, low, high = map(form.format, spread)
    return median if low == high else f"{median} ({low} to {high})"


def _paragraph(sentences):
    return fill(sentences, COLUMNS, break_long_words=False, break_on_hyphens=False)


def _table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
