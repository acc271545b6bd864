"""What the service takes while nobody asks it anything."""

import time
from typing import NamedTuple

from . import dataset, servers
from .wire import Connection

THREADS = 2
PATIENTS = 1_000
# What a request leaves behind has had time to go.
SETTLING_SECONDS = 1


class Figures(NamedTuple):
    seconds: float
    resident_bytes: int
    core_share: float


def measure(run, seconds):
    directory = run.new_directory("idle")
    run.say("The idle service")
    with servers.chequebook(run.binaries, directory, directory / "data", THREADS) as service:
        dataset.prepare(service, dataset.patients(PATIENTS))
        with Connection(service.port) as connection:
            connection.get(dataset.TOTALS_PATH)
        time.sleep(SETTLING_SECONDS)
        before, began = service.running_seconds(), time.perf_counter()
        time.sleep(seconds)
        passed = time.perf_counter() - began
        return Figures(passed, service.resident_memory_bytes(), (service.running_seconds() - before) / passed)
