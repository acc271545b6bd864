"""What docs/BENCHMARKS.md says of the ledger of a nation."""

from .markdown import MEGABYTE, figure, paragraph, table
from .nation import CODES
from .ratios import rates
from .spread import Spread


def text(figures, facts):
    """`facts` are names and values of the run."""
    return "\n\n".join([
        "## A nation in one ledger",
        paragraph(
            f"{figures.patients:,} patients of {len(CODES)} commissioners and {figures.events:,} events, each of a "
            "random patient, setting, day and provider, in bodies of up to ten million that a generator makes while "
            "they are sent, on 2 threads and on the cores that the service has. One client asks for the totals of one "
            "commissioner every 2 ms meanwhile. Memory is what no file backs (`RssAnon`), before anybody was "
            "registered, then, and after all events, each time after 2 s of rest. The totals of all commissioners "
            "must be what was made; the service is killed (`SIGKILL`) and started again without its checkpoints, then "
            "once more with the one that it has made, and they must be so again each time."),
        table(["what", "figure", "aim"], _rows(figures)),
        paragraph(
            f"GETs of the costs of one patient, any of the {figures.patients:,}, over 32 connections. The peer answers "
            f"all of them with the {figures.patient_body_bytes:,} bytes of the first."),
        table(["server", "a second", "beside the peer", "aim", "p50 µs", "p99 µs", "CPU µs each"],
              _patient_rows(figures.patient_gets)),
        table(["", ""], facts),
    ])


def _rows(figures):
    patients, events = figures.patients, figures.events
    during, after = figures.reads_during_load, figures.reads_after_load
    yield ["bytes of memory a registered patient",
           f"{(figures.bytes_with_patients - figures.bytes_before) / patients:,.1f}", "at most 200"]
    yield ["bytes of memory a posted event",
           f"{(figures.bytes_with_events - figures.bytes_with_patients) / events:,.1f}", "at most 24"]
    yield ["memory with all, MB", f"{figures.bytes_with_events / MEGABYTE:,.0f}", ""]
    yield ["memory with all after a restart, MB", f"{figures.bytes_after_restart / MEGABYTE:,.0f}", ""]
    yield ["registrations a second", f"{patients / figures.register_seconds:,.0f}", ""]
    yield ["events a second", f"{events / figures.load_seconds:,.0f}", "2,000,000"]
    yield ["GETs of a total during the load", f"{during.count:,}", ""]
    yield ["GET of a total during the load, p50 µs", f"{during.p50_microseconds:,.0f}", ""]
    yield ["GET of a total during the load, p99 µs", f"{during.p99_microseconds:,.0f}", "under 10,000"]
    yield ["GET of a total after it, p50 µs", f"{after.p50_microseconds:,.0f}", ""]
    yield ["GET of a total after it, p99 µs", f"{after.p99_microseconds:,.0f}", ""]
    yield ["a checkpoint, MB", f"{figures.checkpoint_bytes / MEGABYTE:,.0f}", ""]
    yield ["restart from a checkpoint, seconds", f"{figures.checkpoint_restart_seconds:.2f}",
           "under 5 with 100 million"]
    yield ["restart from the journal alone, seconds", f"{figures.restart_seconds:.2f}", "under 20 with 100 million"]
    yield ["restart from the journal alone, events a second", f"{events / figures.restart_seconds:,.0f}", "8,000,000"]


def _patient_rows(gets):
    bounds = rates(gets["constant peer"])
    for server, loads in gets.items():
        is_service = server == "chequebook"
        ratio = figure(Spread.ratio(rates(loads), bounds), "{:.0%}") if is_service else ""
        latencies = [figure(Spread.of([getattr(each, name) for each in loads]), form) for name, form in (
            ("p50_microseconds", "{:,.0f}"), ("p99_microseconds", "{:,.0f}"), ("cpu_microseconds_each", "{:.1f}"))]
        yield [server, figure(Spread.of(rates(loads))), ratio, "90%" if is_service else "", *latencies]
