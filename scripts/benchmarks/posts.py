"""Single durable POSTs of cost events, beside a server that answers them without storing anything, and the disk."""

import json
from contextlib import ExitStack

from . import dataset, disk, servers, wrk
from .wire import Connection

CONNECTIONS = 64
PATIENTS = 1_000


def measure(run, threads):
    """Loads by server, one for each round, and what the disk did in the same rounds."""
    directory = run.new_directory(f"posts-{threads}")
    people = dataset.patients(PATIENTS)
    bodies = directory / "bodies"
    dataset.write_single_events(bodies, people)
    with ExitStack() as stack:
        service = stack.enter_context(
            servers.chequebook(run.binaries, directory, directory / "data", threads))
        dataset.prepare(service, people)
        answer = _first_answer(service, bodies)
        peer = stack.enter_context(servers.constant_peer(run.binaries, directory, answer, threads))
        both = [service, peer]
        for server in both:
            _post(server, "warm-up", bodies, run.warm_up_seconds)
        loads = {server.name: [] for server in both}
        appends = []
        for number in run.rounds(f"POSTs of one event, threads: {threads}"):
            for server in both:
                before = events(service)
                load = _post(server, f"round-{number}", bodies, run.seconds)
                loads[server.name].append(load)
                if server is service:
                    check(before, load, events(service), CONNECTIONS)
            appends.append(disk.synced_appends(directory, run.seconds))
        return loads, appends


def _post(server, tag, bodies, seconds):
    return wrk.run(server, dataset.EVENTS_PATH, CONNECTIONS, seconds, (tag, bodies))


def _first_answer(service, bodies):
    """What the service says to one event; the peer then says it to all."""
    with open(bodies, encoding="utf-8") as file:
        event = '{"source":"bench","id":"round-1.0.000000000000"' + file.readline().rstrip("\n")
    with Connection(service.port) as connection:
        answer = connection.post(dataset.EVENTS_PATH, "application/json", event.encode())
    if answer.status != 201:
        raise SystemExit(f"bench: an event was answered with {answer}")
    return answer


def events(service):
    """How many are in the totals."""
    with Connection(service.port) as connection:
        cost = json.loads(connection.get(dataset.TOTALS_PATH).body)["cost"]
    if cost["totalPence"] != cost["events"] * dataset.SINGLE_PENCE:
        raise SystemExit(f"bench: the totals are wrong: {cost}")
    return cost["events"]


def check(before, load, after, connections):
    """Every answered event must be in the totals, and of the unanswered ones at most one for each connection."""
    if not load.requests <= after - before <= load.requests + connections:
        raise SystemExit(f"bench: {load.requests} events were answered, and the totals have {after - before} more")
