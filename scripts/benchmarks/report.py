"""docs/BENCHMARKS.md: ratios first, then what they come from."""

from . import growth_section, nation_section, ratios
from .markdown import MEGABYTE, figure, paragraph, table
from .postgresql import ROUNDS_MAX, SUMMED_ROWS
from .spread import Spread


def text(run, figures, facts, growth_facts, nation_facts):
    """The whole page. `facts` are names and values of the machine and the run."""
    rounds, file = figures.bulk
    return "\n\n".join([
        "# Benchmarks",
        paragraph(
            "Each figure stands beside a bound: what this machine does, in the same run, where the service's own work "
            "is left out. Read the ratios. The figures themselves are those of one machine and of what else it did."),
        table(ratios.HEADS, ratios.rows(figures)),
        table(["what", "figure", "aim"], ratios.aim_rows(figures)),
        paragraph(
            "Medians of all rounds, in parentheses the lowest and the highest. A ratio is taken within each round, "
            "because what disturbs one half of a round disturbs the other too. PostgreSQL is measured by itself in the "
            "same run: its ratios are those of the medians, and × says how many times as much the service does."),
        "## One GET, one POST",
        paragraph(
            "Each GET is of one commissioner's totals, over 32 connections that are kept alive. A SwiftNIO handler "
            "that knows nothing else (`scripts/peers/constant`) and nginx (`return 200`) answer it with the same "
            f"{figures.get_body_bytes:,} bytes and the same fields. Each POST is of one cost event with an id of its "
            "own, over 64 connections. An answer other than 201 fails the run, and so does an answered event that is "
            "not in the totals. CPU is what the server alone used for each. The load comes from one thread of wrk on "
            "the same cores: where wrk was busy nearly all the time, it was the limit, and not the server."),
        table(
            ["what", "threads", "server", "a second", "p50 µs", "p99 µs", "CPU µs each", "wrk busy"],
            _load_rows(figures)),
        "In the same rounds the disk, 4 KiB appended and synced (`fdatasync`) one after the other:",
        table(["beside threads", "a second", "p50 µs", "p99 µs"], _disk_rows(figures)),
        "## A million events in one body, and the restart",
        paragraph(
            f"{file.sums.events:,} events of 50,000 patients, {file.byte_count:,} bytes of newline-delimited JSON, "
            "sent with `sendfile` to a new ledger on 2 threads; the answer comes when all are on disk. Then the totals "
            "must be what the generator made, in all and by setting; the service is killed (`SIGKILL`) and started "
            "again, and they must be so again. A restart lasts from exec to `/_status` 200, from the journal alone, "
            "without a checkpoint; the journal is still in the page cache."),
        table(["figure", "median", "lowest", "highest"], _bulk_rows(rounds, file)),
        growth_section.text(figures.growth, growth_facts),
        nation_section.text(figures.nation, nation_facts),
        "## PostgreSQL",
        paragraph(
            "The same kind of events, each booked once, and the totals of patients and of commissioners kept in the "
            "same transaction, over a unix socket; `scripts/peers/postgresql` has the schema and says what is tuned "
            f"and why. Questions go over 32 connections to a ledger of {figures.postgresql.events:,} events and as "
            f"many patients; the sum is over all events, over one connection, scaled to {SUMMED_ROWS:,} rows. A batch "
            f"is 1,000 events in one transaction. At most {ROUNDS_MAX} rounds."),
        table(["what", "a second"], _postgresql_rows(figures.postgresql)),
        "## Machine and run",
        table(["", ""], facts + [("rounds", _rounds(run))]),
    ]) + "\n"


def _load_rows(figures):
    tables = [("GET", figures.gets), ("POST", {threads: loads for threads, (loads, _) in figures.posts.items()})]
    for what, loads_by_threads in tables:
        for threads, loads in loads_by_threads.items():
            for server, rounds in loads.items():
                cpu = figure(Spread.of([each.cpu_microseconds_each for each in rounds]), "{:.1f}")
                busy = figure(Spread.of([each.wrk_busy_share for each in rounds]), "{:.0%}")
                yield [what, threads, server, *_rate_and_latencies(rounds), cpu, busy]


def _disk_rows(figures):
    for threads, (_, appends) in figures.posts.items():
        yield [threads, *_rate_and_latencies(appends)]


def _rate_and_latencies(rounds):
    names = ("per_second", "p50_microseconds", "p99_microseconds")
    return [figure(Spread.of([getattr(each, name) for each in rounds])) for name in names]


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
    yield row("bound: simdjson alone over the same bytes in memory, seconds", lambda each: each.parse_seconds, "{:.3f}")
    yield row("bound: a copy of the same bytes in memory, seconds", lambda each: each.copy_seconds, "{:.3f}")
    yield row("bound: the journal's bytes, one sync, seconds", lambda each: each.write_once_seconds, "{:.3f}")
    yield row("bound: as many syncs as commits, seconds", lambda each: each.write_synced_seconds, "{:.3f}")
    yield row("bound: the journal's files read, seconds", lambda each: each.read_seconds, "{:.3f}")


def _postgresql_rows(peer):
    yield ["totals of a commissioner from the maintained table", figure(Spread.of(peer.totals))]
    yield [f"totals as a sum over {SUMMED_ROWS:,} events", figure(Spread.of(peer.sums), "{:.2f}")]
    yield ["total of a patient from the maintained table", figure(Spread.of(peer.patients))]
    yield ["events, one a transaction, 32 connections", figure(Spread.of(peer.posts))]
    for way, rates in peer.batches.items():
        yield [f"events in batches, {way}", figure(Spread.of(rates))]


def _rounds(run):
    return f"{run.round_count} of {run.seconds} s, the servers in turn, each warmed up for {run.warm_up_seconds} s"
