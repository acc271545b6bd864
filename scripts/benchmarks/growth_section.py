"""What docs/BENCHMARKS.md says of the ledger that grows."""

from .markdown import MEGABYTE, paragraph, table


def text(stages, facts):
    """`facts` are names and values of the run."""
    asked = min(each.count for stage in stages for each in stage.latencies.values())
    return "\n\n".join([
        "## Questions to a growing ledger",
        paragraph(
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
        table(["µs"] + [f"{stage.events:,} events, {name}" for stage in stages for name in ("p50", "p99")],
              _question_rows(stages)),
        table(["while it grew"] + [f"to {stage.events:,}" for stage in stages], _load_and_restart_rows(stages)),
        table(["", ""], facts),
    ])


def _question_rows(stages):
    for asked in stages[0].latencies:
        taken = [stage.latencies[asked] for stage in stages]
        yield [asked, *(f"{value:,.0f}" for each in taken for value in (each.p50_microseconds, each.p99_microseconds))]


def _load_and_restart_rows(stages):
    yield ["events a second", *(f"{stage.loaded_events / stage.load_seconds:,.0f}" for stage in stages)]
    yield ["restart, seconds", *(f"{stage.restart_seconds:.2f}" for stage in stages)]
    yield ["peak memory since, MB", *(f"{stage.peak_memory_bytes / MEGABYTE:,.0f}" for stage in stages)]
