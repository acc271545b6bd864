"""A ledger of a nation: what each patient and each event takes in memory, and what its size does to answers."""

import json
import shutil
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from synthetic.client import Client
from synthetic.rates import national_card

from . import compiled, gets, servers, wrk
from .dataset import EVENTS_PATH, YEAR
from .poller import Poller
from .wire import Connection

SOURCE = Path(__file__).with_name("nation.c")
CODES = [f"9{number:02d}" for number in range(100)]
TOTALS_PATH = f"/v1/commissioners/{CODES[0]}/totals?year={YEAR}"
ALL_TOTALS_PATH = f"/v1/totals?year={YEAR}"
# The first patient of nation.c; load.lua puts others in its place.
COSTS_PATH = f"/v1/patients/9000000009/costs?year={YEAR}"
# As many as the numbers of nation.c are for.
PATIENTS_MAX = 49_000_000
EVENTS_MAX = 999_999_999
# One body, as a month of a whole trust would come.
BODY_EVENTS_MAX = 10_000_000
BODY_SECONDS_MAX = 600
CONNECTIONS = 32
THREADS = 2
SETTLING_SECONDS = 2
QUIET_SECONDS = 1
CHECKPOINT_SECONDS_MAX = 120
ROUNDS_MAX = 3


class Figures(NamedTuple):
    patients: int
    events: int
    register_seconds: float
    load_seconds: float
    reads_during_load: object
    reads_after_load: object
    bytes_before: int
    bytes_with_patients: int
    bytes_with_events: int
    # wrk's loads by server, one for each round.
    patient_gets: dict
    patient_body_bytes: int
    restart_seconds: float
    bytes_after_restart: int
    checkpoint_bytes: int
    checkpoint_restart_seconds: float


def measure(run, patients, events):
    directory = run.new_directory("nation")
    data = directory / "data"
    program = compiled.program(SOURCE, directory)
    run.say(f"A nation of {patients:,} patients and {events:,} events")
    with servers.chequebook(run.binaries, directory, data, THREADS) as service:
        _prepare(service)
        bytes_before = _settled_bytes(service)
        register_seconds = _seconds(lambda: _register(service, program, patients))
        bytes_with_patients = _settled_bytes(service)
        with Poller(service.port, TOTALS_PATH) as reads:
            began = time.perf_counter()
            pence = _post(service, program, patients, events)
            load_seconds = time.perf_counter() - began
        bytes_with_events = _settled_bytes(service)
        with Poller(service.port, TOTALS_PATH) as quiet:
            time.sleep(QUIET_SECONDS)
        _check(service, events, pence)
        patient_gets, patient_body_bytes = _ask_for_patients(run, directory, service, patients)
        # What was answered must be on disk already, so the process gets no chance to put it there now.
        service.kill()
    run.say("Its restart from the journal alone")
    servers.remove_checkpoints(data)
    with servers.chequebook(run.binaries, directory, data, THREADS) as restarted:
        _check(restarted, events, pence)
        bytes_after_restart = _settled_bytes(restarted)
        checkpoint_bytes = _wait_for_checkpoint(data)
        restarted.kill()
    run.say("Its restart from a checkpoint")
    with servers.chequebook(run.binaries, directory, data, THREADS) as again:
        _check(again, events, pence)
    shutil.rmtree(data)
    return Figures(
        patients, events, register_seconds, load_seconds, reads.latencies, quiet.latencies, bytes_before,
        bytes_with_patients, bytes_with_events, patient_gets, patient_body_bytes, restarted.seconds_to_ready,
        bytes_after_restart, checkpoint_bytes, again.seconds_to_ready)


def _wait_for_checkpoint(data):
    """A ledger that replayed much makes one as soon as it is up; its size."""
    deadline = time.monotonic() + CHECKPOINT_SECONDS_MAX
    while time.monotonic() < deadline:
        for checkpoint in data.glob("*.checkpoint"):
            return checkpoint.stat().st_size
        time.sleep(0.1)
    raise SystemExit("bench: no checkpoint was made")


def _prepare(service):
    client = Client(f"http://127.0.0.1:{service.port}")
    client.put(f"/v1/capitation-rates/{YEAR}", national_card(YEAR))
    for code in CODES:
        client.put(f"/v1/commissioners/{code}", {"name": f"Synthetic commissioner {code}", "kind": "ccg"})


def _register(service, program, patients):
    with Connection(service.port) as connection:
        for number, code in enumerate(CODES):
            path = f"/v1/commissioners/{code}/registrations"
            reply, made = _send(connection, path, [program, "registrations", patients, len(CODES), number])
            if reply["registered"] != made["count"]:
                raise SystemExit(f"bench: not every patient was registered: {reply}")


def _post(service, program, patients, events):
    """Posts the events in bodies of BODY_EVENTS_MAX; what they cost."""
    pence = 0
    with Connection(service.port) as connection:
        for first in range(0, events, BODY_EVENTS_MAX):
            count = min(BODY_EVENTS_MAX, events - first)
            reply, made = _send(connection, EVENTS_PATH, [program, "events", patients, count, first])
            if not reply["received"] == reply["posted"] == made["count"] == count:
                raise SystemExit(f"bench: not every event was posted: {reply}")
            pence += made["pence"]
    return pence


def _send(connection, path, command):
    answer, errors = connection.post_made(path, "application/x-ndjson", [str(word) for word in command],
                                          BODY_SECONDS_MAX)
    if answer.status != 200:
        raise SystemExit(f"bench: {path} was answered with {answer}")
    return json.loads(answer.body), json.loads(errors)


def _check(service, events, pence):
    """The totals of all commissioners must be what was made, and nothing may belong to nobody."""
    with Connection(service.port) as connection:
        totals = json.loads(connection.get(ALL_TOTALS_PATH).body)
    cost = totals["total"]["cost"]
    found = (cost["events"], cost["totalPence"], totals["unattributed"]["cost"]["events"])
    if found != (events, pence, 0):
        raise SystemExit(f"bench: the nation's totals are wrong: {found} in place of {(events, pence, 0)}")


def _ask_for_patients(run, directory, service, patients):
    """GETs of the costs of patients at random, beside a server that answers each with those of the first."""
    with Connection(service.port) as connection:
        answer = connection.get(COSTS_PATH)
    if answer.status != 200:
        raise SystemExit(f"bench: a patient's costs were answered with {answer}")
    with ExitStack() as stack:
        peer = stack.enter_context(servers.constant_peer(run.binaries, directory, answer, THREADS))
        gets.check_same_answer(peer, COSTS_PATH, answer)
        both = [service, peer]
        loads = {server.name: [] for server in both}
        for server in both:
            wrk.run(server, COSTS_PATH, CONNECTIONS, run.warm_up_seconds, [patients])
        run = run._replace(round_count=min(run.round_count, ROUNDS_MAX))
        for _ in run.rounds("GETs of one patient's costs"):
            for server in both:
                loads[server.name].append(wrk.run(server, COSTS_PATH, CONNECTIONS, run.seconds, [patients]))
    return loads, len(answer.body)


def _settled_bytes(service):
    """Its anonymous memory when what was only needed on the way has had time to go."""
    time.sleep(SETTLING_SECONDS)
    return service.anonymous_memory_bytes()


def _seconds(action):
    began = time.perf_counter()
    action()
    return time.perf_counter() - began
