"""GETs of one commissioner's totals, beside servers that answer the same bytes without knowing anything."""

from contextlib import ExitStack

from . import dataset, servers, wrk
from .wire import Connection

CONNECTIONS = 32
PATIENTS = 1_000
EVENTS = 10_000


def measure(run, threads):
    """Loads by server, one for each round."""
    directory = run.new_directory(f"gets-{threads}")
    with ExitStack() as stack:
        service = stack.enter_context(
            servers.chequebook(run.binaries, directory, directory / "data", threads))
        answer = _load(service, directory)
        peers = [
            stack.enter_context(servers.constant_peer(run.binaries, directory, answer, threads)),
            stack.enter_context(servers.nginx(directory, answer, threads)),
        ]
        for peer in peers:
            check_same_answer(peer, dataset.TOTALS_PATH, answer)
        everyone = [service, *peers]
        for server in everyone:
            wrk.run(server, dataset.TOTALS_PATH, CONNECTIONS, run.warm_up_seconds)
        loads = {server.name: [] for server in everyone}
        for _ in run.rounds(f"GETs of one total, threads: {threads}"):
            for server in everyone:
                loads[server.name].append(wrk.run(server, dataset.TOTALS_PATH, CONNECTIONS, run.seconds))
        return loads, len(answer.body)


def _load(service, directory):
    """Fills the ledger and takes the answer that is then asked for over and over."""
    people = dataset.patients(PATIENTS)
    dataset.prepare(service, people)
    file = dataset.write_events(directory / "events.ndjson", people, EVENTS)
    with Connection(service.port) as connection:
        dataset.post(connection, file)
        answer = connection.get(dataset.TOTALS_PATH)
    file.sums.check(answer)
    return answer


def check_same_answer(peer, path, answer):
    with Connection(peer.port) as connection:
        found = connection.get(path)
    if (found.status, found.body) != (answer.status, answer.body):
        raise SystemExit(f"bench: {peer.name} does not answer what the service answers")
