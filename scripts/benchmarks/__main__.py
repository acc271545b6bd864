"""Measures the release binaries and writes the page; `scripts/bench` builds them and calls this."""

import argparse
import os
import signal
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from . import bulk, gets, growth, machine, posts, report
from .rounds import Run

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "docs" / "BENCHMARKS.md"
THREADS = (1, 2)


class Figures(NamedTuple):
    gets: dict
    get_body_bytes: int
    posts: dict
    bulk: tuple
    growth: list


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
    watch = machine.Watch()
    with tempfile.TemporaryDirectory(prefix="chequebook-bench-", dir=parent) as directory:
        run = Run(
            binaries=arguments.binaries, directory=Path(directory),
            round_count=1 if arguments.quick else 5, seconds=2 if arguments.quick else 5,
            warm_up_seconds=1 if arguments.quick else 2)
        growth_watch = machine.Watch()
        stages = growth.measure(run, arguments.quick)
        growth_facts = _run_facts(arguments, growth_watch)
        figures = None if arguments.growth else _measure(run, stages)
        facts = machine.facts(directory)
    if arguments.growth:
        page = report.replaced(PAGE.read_text(encoding="utf-8"), report.growth_section(stages, growth_facts))
    else:
        facts += machine.versions(REPOSITORY) + _run_facts(arguments, watch)
        page = report.text(run, figures, facts, growth_facts)
    PAGE.write_text(page, encoding="utf-8")
    print(page)


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
    return parser.parse_args()


def _measure(run, stages):
    gets_by_threads, posts_by_threads = {}, {}
    for threads in THREADS:
        gets_by_threads[threads], get_body_bytes = gets.measure(run, threads)
    for threads in THREADS:
        posts_by_threads[threads] = posts.measure(run, threads)
    return Figures(gets_by_threads, get_body_bytes, posts_by_threads, bulk.measure(run), stages)


if __name__ == "__main__":
    main()
