"""Measures the release binaries and writes the page; `scripts/bench` builds them and calls this."""

import argparse
import os
import signal
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from . import (
    alone, bulk, gets, growth, growth_section, idle, machine, nation, nation_section, postgresql, posts, report)
from .markdown import replaced
from .rounds import Run

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "docs" / "BENCHMARKS.md"
THREADS = (1, 2)


class Figures(NamedTuple):
    gets: dict
    get_body_bytes: int
    posts: dict
    alone: list
    bulk: tuple
    idle: object
    growth: list
    nation: object
    postgresql: object


def main():
    # So that the servers are ended when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: ended by a signal"))
    arguments = _arguments()
    for name in ("chequebook",) if arguments.growth else ("chequebook", "constant-peer"):
        if not (arguments.binaries / name).exists():
            raise SystemExit(f"bench: there is no {name} in {arguments.binaries}")
    # Some systems keep /tmp in memory, where a sync means nothing.
    parent = os.environ.get("TMPDIR", "/var/tmp")
    if machine.is_in_memory(parent):
        raise SystemExit(f"bench: {parent} is in memory; set TMPDIR to a directory on the disk to be measured")
    with tempfile.TemporaryDirectory(prefix="chequebook-bench-", dir=parent) as directory:
        run = Run(
            binaries=arguments.binaries, directory=Path(directory),
            round_count=1 if arguments.quick else 5, seconds=2 if arguments.quick else 5,
            warm_up_seconds=1 if arguments.quick else 2)
        page = _page(arguments, run)
    PAGE.write_text(page, encoding="utf-8")
    print(page)


def _page(arguments, run):
    """The page with what was to be measured; the rest of it stays."""
    if arguments.growth:
        stages, facts = _watched(arguments, lambda: growth.measure(run, arguments.quick))
        return replaced(PAGE.read_text(encoding="utf-8"), growth_section.text(stages, facts))
    size = _nation_size(arguments)
    if arguments.national:
        figures, facts = _watched(arguments, lambda: nation.measure(run, *size))
        return replaced(PAGE.read_text(encoding="utf-8"), nation_section.text(figures, facts))
    watch = machine.Watch()
    stages, growth_facts = _watched(arguments, lambda: growth.measure(run, arguments.quick))
    people, nation_facts = _watched(arguments, lambda: nation.measure(run, *size))
    figures = _measure(run, arguments.quick, stages, people)
    facts = machine.facts(run.directory) + machine.versions(REPOSITORY) + _run_facts(arguments, watch)
    return report.text(run, figures, facts, growth_facts, nation_facts)


def _nation_size(arguments):
    """How many patients and events."""
    usual = (1_000_000, 10_000_000)
    if arguments.quick:
        usual = (100_000, 1_000_000)
    elif arguments.national:
        usual = (10_000_000, 100_000_000)
    return arguments.patients or usual[0], arguments.events or usual[1]


def _measure(run, is_quick, stages, people):
    gets_by_threads, posts_by_threads = {}, {}
    for threads in THREADS:
        gets_by_threads[threads], get_body_bytes = gets.measure(run, threads)
    for threads in THREADS:
        posts_by_threads[threads] = posts.measure(run, threads)
    return Figures(
        gets_by_threads, get_body_bytes, posts_by_threads, alone.measure(run), bulk.measure(run),
        idle.measure(run, seconds=3 if is_quick else 10), stages, people, postgresql.measure(run, is_quick))


def _watched(arguments, measure):
    """What was measured, and how disturbed the machine was meanwhile."""
    watch = machine.Watch()
    return measure(), _run_facts(arguments, watch)


def _run_facts(arguments, watch):
    host_share, others_share = watch.ended()
    return [
        ("date", date.today().isoformat()),
        ("command", f"`{arguments.command}`"),
        ("processor time that the host took", f"{host_share:.1%}"),
        ("processor time that other programs took", f"{others_share:.1%}"),
    ]


def _arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--binaries", type=Path, required=True, help="the directory of the release binaries")
    parser.add_argument("--command", required=True, help="what the page says that was run")
    parser.add_argument("--quick", action="store_true", help="one round of 2 s in place of five of 5 s")
    parser.add_argument("--growth", action="store_true", help="only the growing ledger; the page stays else")
    parser.add_argument("--national", action="store_true", help="only the ledger of a nation; the page stays else")
    parser.add_argument("--patients", type=int, help="how many are in the ledger of the nation")
    parser.add_argument("--events", type=int, help="how many are in the ledger of the nation")
    arguments = parser.parse_args()
    for name, most in (("patients", nation.PATIENTS_MAX), ("events", nation.EVENTS_MAX)):
        given = getattr(arguments, name)
        if given is not None and not len(nation.CODES) <= given <= most:
            parser.error(f"--{name} is from {len(nation.CODES)} to {most}")
    return arguments


if __name__ == "__main__":
    main()
