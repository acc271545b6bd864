"""The first tables of docs/BENCHMARKS.md: the service beside its bounds and its peer, and what it aims at."""

from statistics import median

from .markdown import MEGABYTE, figure
from .postgresql import SUMMED_ROWS
from .spread import Spread

HEADS = ["what", "beside", "ratio", "aim", "service, a second", "bound, a second"]
# PostgreSQL has all cores, as the service has with as many threads.
PEER_THREADS = 2


def rows(figures):
    """Each of HEADS, for each thing that is measured and each bound."""
    peer = figures.postgresql
    for threads, loads in figures.gets.items():
        what = f"GET one total, {_threads(threads)}"
        service = rates(loads["chequebook"])
        yield _row(what, service, "NIOHTTP1, constant bytes", rates(loads["constant peer"]), "90%")
        yield _row(what, service, "nginx, constant bytes", rates(loads["nginx"]))
    service = rates(figures.gets[PEER_THREADS]["chequebook"])
    yield _peer_row("GET one total", service, "PostgreSQL from the maintained table", peer.totals, "more than 1 ×")
    yield _peer_row("GET one total", service, f"PostgreSQL SUM, {SUMMED_ROWS:,} rows", peer.sums, "10,000 ×")
    what = "GET one patient's costs"
    service = rates(figures.nation.patient_gets["chequebook"])
    constant = rates(figures.nation.patient_gets["constant peer"])
    yield _row(what, service, "NIOHTTP1, constant bytes", constant, "90%")
    yield _peer_row(what, service, "PostgreSQL", peer.patients, "more than 1 ×")
    for threads, (loads, appends) in figures.posts.items():
        what = f"POST one event, durable, {_threads(threads)}"
        service = rates(loads["chequebook"])
        yield _row(what, service, "NIOHTTP1, constant bytes", rates(loads["constant peer"]), "75%")
        yield _row(what, service, "4 KiB appended and synced", rates(appends))
    service = rates(figures.posts[PEER_THREADS][0]["chequebook"])
    yield _peer_row("POST one event, durable", service, "PostgreSQL one event a transaction", peer.posts, "5 ×")
    yield from _bulk_rows(*figures.bulk, peer)


def _bulk_rows(rounds, file, peer):
    def events(seconds):
        return [file.sums.events / getattr(each, seconds) for each in rounds]

    what = "a million events in one body, durable"
    service = events("load_seconds")
    yield _row(what, service, "NIOHTTP1, the body thrown away", events("discard_seconds"), "2,000,000 a second")
    yield _row(what, service, "simdjson alone, in memory", events("parse_seconds"))
    yield _row(what, service, "a copy in memory", events("copy_seconds"))
    yield _row(what, service, "the journal's bytes, one sync", events("write_once_seconds"))
    yield _row(what, service, "the journal's bytes, as many syncs", events("write_synced_seconds"))
    yield _peer_row(what, service, "PostgreSQL best batch", peer.best_batches, "25 ×")
    what = "restart with a million events"
    yield _row(what, events("restart_seconds"), "the journal's files read", events("read_seconds"),
               "8,000,000 a second")


def aim_rows(figures):
    """What is measured, how much it is, what it aims at."""
    loads, _ = figures.posts[PEER_THREADS]
    p99 = Spread.of([each.p99_microseconds for each in loads["chequebook"]])
    yield ["POST one event, 64 connections, p99 µs", figure(p99), "under 5,000"]
    alone = Spread.of([each.load.p50_microseconds for each in figures.alone])
    yield ["POST one event, one connection alone, p50 µs", figure(alone), "under 150"]
    disk = Spread.of([each.appends.p50_microseconds for each in figures.alone])
    yield ["in the same rounds the disk alone, 4 KiB appended and synced, p50 µs", figure(disk), ""]
    yield ["idle, resident MB", f"{figures.idle.resident_bytes / MEGABYTE:.1f}", "under 40"]
    yield ["idle, share of a core", f"{figures.idle.core_share:.2%}", "under 0.5%"]


def rates(rounds):
    return [each.per_second for each in rounds]


def _row(what, service, bound, bounds, aim=""):
    ratio = figure(Spread.ratio(service, bounds), "{:.0%}")
    return [what, bound, ratio, aim, figure(Spread.of(service)), figure(Spread.of(bounds))]


def _peer_row(what, service, beside, peer, aim):
    # It is measured by itself, so there is no round that both share.
    ratio = median(service) / median(peer)
    form = "{:,.0f}" if median(peer) >= 100 else "{:,.2f}"
    return [what, beside, f"{ratio:,.1f} ×" if ratio < 100 else f"{ratio:,.0f} ×", aim, figure(Spread.of(service)),
            figure(Spread.of(peer), form)]


def _threads(count):
    return f"{count} thread" if count == 1 else f"{count} threads"
