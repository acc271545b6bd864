"""What one client alone waits for a durable POST, beside the disk's own sync."""

from typing import NamedTuple

from . import dataset, disk, posts, servers, wrk

PATIENTS = 1_000
THREADS = 2


class Round(NamedTuple):
    load: object
    appends: object


def measure(run):
    directory = run.new_directory("alone")
    people = dataset.patients(PATIENTS)
    bodies = directory / "bodies"
    dataset.write_single_events(bodies, people)
    seconds = max(1, run.seconds // 2)
    with servers.chequebook(run.binaries, directory, directory / "data", THREADS) as service:
        dataset.prepare(service, people)
        wrk.run(service, dataset.EVENTS_PATH, 1, 1, ("warm-up", bodies))
        rounds = []
        for number in run.rounds("POSTs over one connection"):
            before = posts.events(service)
            load = wrk.run(service, dataset.EVENTS_PATH, 1, seconds, (f"round-{number}", bodies))
            posts.check(before, load, posts.events(service), connections=1)
            rounds.append(Round(load, disk.synced_appends(directory, seconds)))
    return rounds
