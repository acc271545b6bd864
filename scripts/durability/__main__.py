"""Runs the parts that were asked for and says what each of them has proved; `scripts/soak` calls this."""

import argparse
import os
import secrets
import signal
import sys
import tempfile
import time
from pathlib import Path

from . import injections, kills, full, power
from .run import Broken, Run, Skipped

PARTS = ("kill", "full", "inject", "power")


def main():
    # So that services and mounts are ended when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("soak: ended by a signal"))
    arguments = _arguments()
    # Some systems keep /tmp in memory, where a sync means nothing.
    parent = os.environ.get("TMPDIR", "/var/tmp")
    failed = []
    for part in arguments.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="chequebook-soak-", dir=parent) as directory:
            run = Run(arguments.binary, Path(directory), arguments.seed)
            if not _prove(part, run, arguments):
                failed.append(part)
    if failed:
        sys.exit(f"soak: {', '.join(failed)} failed")


def _prove(part, run, arguments):
    """Whether it went well; says what was proved, why it was skipped, or what is wrong and how to see it again."""
    began = time.monotonic()
    try:
        proved = _parts(arguments)[part](run)
    except Skipped as skipped:
        run.say(f"{part}: SKIPPED: {skipped}")
        return True
    except Broken as broken:
        run.say(f"{part}: FAILED, seed {run.seed}; again: {_again(part, run, arguments)}\n{broken}")
        return False
    run.say(f"{part}: {proved} (seed {run.seed}, {time.monotonic() - began:.0f} s)")
    return True


def _parts(arguments):
    return {
        "kill": lambda run: kills.prove(run, arguments.kills),
        "full": lambda run: full.prove(run, arguments.quick),
        "inject": lambda run: injections.prove(run, arguments.quick),
        "power": lambda run: power.prove(run, arguments.cuts),
    }


def _again(part, run, arguments):
    words = ["scripts/soak", part, "--seed", str(run.seed)]
    if arguments.quick:
        words.append("--quick")
    words += {"kill": ["--kills", str(arguments.kills)], "power": ["--cuts", str(arguments.cuts)]}.get(part, [])
    return " ".join(words)


def _arguments():
    parser = argparse.ArgumentParser(prog="scripts/soak")
    parser.add_argument("parts", nargs="*", help=f"which of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--binary", type=Path, required=True, help="the release binary")
    parser.add_argument("--quick", action="store_true", help="10 kills, 2 power cuts, a few injections")
    parser.add_argument("--kills", type=int, help="how often it is killed")
    parser.add_argument("--cuts", type=int, help="how often the power is cut")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="draws the same load again")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    arguments.binary = arguments.binary.resolve()
    arguments.kills = arguments.kills or (10 if arguments.quick else 100)
    arguments.cuts = arguments.cuts or (2 if arguments.quick else 20)
    if min(arguments.kills, arguments.cuts) < 1:
        parser.error("counts are from 1")
    return arguments


if __name__ == "__main__":
    main()
