"""What the service executes for a fixed workload, counted by Callgrind.

Each figure is the difference of two runs that differ in nothing else, so that starting and stopping are not in it.
"""

import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from . import fixed
from .wire import Connection

START_SECONDS_MAX = 60
RUN_SECONDS_MAX = 300
STOP_SECONDS_MAX = 60

# Booked before anything is counted, so that what happens once in a process has happened.
WARM_UP_EVENTS = 1_000
EVENTS = 20_000
EVENTS_ALONE = 1_000
TOTALS_AGAIN = 3_000
TOTALS_ANEW = 200
# Their records fill no more than one batch, so each body is one commit, and the journal always has the same ones.
BODY_EVENTS = 1_000


class Counter:
    """Runs a release binary in a directory that is for its runs alone, and keeps the profiles in another."""

    def __init__(self, binary, directory, profiles):
        self._directory = directory
        self._profiles = profiles
        # Valgrind 3.19 gives up over the debug information of a Swift program, and needs none to count.
        self._binary = directory / "chequebook"
        subprocess.run([_tool("strip"), "--strip-debug", "-o", self._binary, binary], check=True)
        library = directory / "sigsuspend.so"
        source = Path(__file__).with_name("sigsuspend.c")
        subprocess.run([_tool("clang", "cc"), "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
        self._valgrind = _tool("valgrind")
        # Settings of whoever runs this must not reach the service.
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("CHEQUEBOOK_")}
        # Else each process hashes in a way of its own, and meets other collisions.
        self._environment["SWIFT_DETERMINISTIC_HASHING"] = "1"
        self._counted = {**self._environment, "LD_PRELOAD": str(library)}
        self._lines = fixed.events(WARM_UP_EVENTS + EVENTS)

    def count(self):
        """Instructions for one event or one answer, by figure."""
        self._make_ledgers()
        lines = self._lines[WARM_UP_EVENTS:]
        alone = lines[:EVENTS_ALONE]
        again = [fixed.TOTALS_PATH] * TOTALS_AGAIN
        anew = [f"{fixed.TOTALS_PATH}&through={day}" for day in fixed.DAYS[:TOTALS_ANEW]]
        works = {
            "event-booked": (EVENTS, lambda connection: fixed.post_list(connection, lines)),
            "event-booked-alone": (EVENTS_ALONE, lambda connection: fixed.post_each(connection, alone)),
            "totals-again": (TOTALS_AGAIN, lambda connection: fixed.ask(connection, again)),
            "totals-anew": (TOTALS_ANEW, lambda connection: fixed.ask(connection, anew)),
        }
        served = self._serve("served", lambda connection: None)
        verified = self._verify("verified", "people")
        counts = {name: (self._serve(name, work) - served) / times for name, (times, work) in works.items()}
        counts["event-replayed"] = (self._verify("event-replayed", "booked") - verified) / len(self._lines)
        return {name: round(count) for name, count in counts.items()}

    def _make_ledgers(self):
        """One with people alone, and one with all events too."""
        people = self._directory / "people"
        people.mkdir(mode=0o700)
        # A new ledger would draw one at random; one that is there is kept.
        (people / "identity").write_bytes(bytes(range(16)))
        with self._service(people, self._environment) as port:
            fixed.prepare(port)
        with self._service(self._copy("booked"), self._environment) as port, Connection(port) as connection:
            for first in range(0, len(self._lines), BODY_EVENTS):
                fixed.post_list(connection, self._lines[first : first + BODY_EVENTS])

    def _copy(self, name):
        return shutil.copytree(self._directory / "people", self._directory / name)

    def _serve(self, name, work):
        """The instructions of a run that books the warm-up, answers once, and does the work."""
        data = self._copy(f"{name}-data")
        with self._service(data, self._counted, self._callgrind(name)) as port, Connection(port) as connection:
            fixed.post_list(connection, self._lines[:WARM_UP_EVENTS])
            fixed.ask(connection, [fixed.TOTALS_PATH])
            work(connection)
        shutil.rmtree(data)
        return self._total(name)

    def _verify(self, name, ledger):
        command = [*self._callgrind(name), self._binary, "verify", "--data", self._directory / ledger]
        subprocess.run(command, env=self._counted, stdout=subprocess.DEVNULL, check=True, timeout=RUN_SECONDS_MAX)
        return self._total(name)

    def _callgrind(self, name):
        return [self._valgrind, "--quiet", "--tool=callgrind", f"--callgrind-out-file={self._profile(name)}"]

    def _total(self, name):
        return int(re.search(r"^totals: (\d+)$", self._profile(name).read_text(), re.MULTILINE)[1])

    def _profile(self, name):
        return self._profiles / f"{name}.out"

    @contextmanager
    def _service(self, data, environment, before=()):
        log = data.with_name(f"{data.name}.log")
        command = [*before, self._binary, "serve", "--port", "0", "--threads", "1", "--data", data]
        with open(log, "wb") as output:
            process = subprocess.Popen(command, env=environment, cwd=self._directory, stdout=output, stderr=output)
        try:
            yield _port(process, log)
            process.terminate()
            if process.wait(STOP_SECONDS_MAX) != 0:
                raise SystemExit(f"guard: the service failed:\n{log.read_text()}")
        finally:
            process.kill()
            process.wait()


def _port(process, log):
    """Waits for the line that says where it listens; a request that asks would be counted."""
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline and process.poll() is None:
        listening = re.search(r" http://127\.0\.0\.1:(\d+)\n", log.read_text())
        if listening:
            return int(listening[1])
        time.sleep(0.01)
    raise SystemExit(f"guard: the service does not start:\n{log.read_text()}")


def _tool(*names):
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit(f"guard: {' or '.join(names)} is missing; scripts/install --tests installs what is needed")
    return found
