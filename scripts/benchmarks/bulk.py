"""A million events in one body, what a reader of the totals feels meanwhile, and the restart after a crash."""

import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from . import compiled, dataset, disk, servers
from .poller import Poller
from .wire import Answer, Connection

PATIENTS = 50_000
EVENTS = 1_000_000
THREADS = 2
QUIET_SECONDS = 0.5
SIMDJSON = Path(__file__).parents[1] / "peers" / "simdjson" / "read_lines.cpp"

DISCARDED = Answer(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n", b"{}\n")


class Round(NamedTuple):
    load_seconds: float
    discard_seconds: float
    # simdjson alone over the file in memory, and a copy of it.
    parse_seconds: float
    copy_seconds: float
    write_once_seconds: float
    write_synced_seconds: float
    quiet_reads: object
    busy_reads: object
    restart_seconds: float
    read_seconds: float
    journal_bytes: int
    commits: int
    peak_memory_bytes: int


def measure(run):
    """The rounds, and the file of events that each of them sent."""
    directory = run.new_directory("bulk")
    people = dataset.patients(PATIENTS)
    run.say("Writing a million events")
    file = dataset.write_events(directory / "events.ndjson", people, EVENTS)
    simdjson = compiled.program(SIMDJSON, directory, "-std=c++17", "-lsimdjson")
    with servers.constant_peer(run.binaries, directory, DISCARDED, THREADS) as peer:
        rounds = []
        for number in run.rounds("A million events in one body, and restart"):
            rounds.append(_round(run, directory, directory / f"data-{number}", people, file, peer, simdjson))
    return rounds, file


def _round(run, directory, data, people, file, peer, simdjson):
    with servers.chequebook(run.binaries, directory, data, THREADS) as service:
        dataset.prepare(service, people)
        bytes_before = _journal_bytes(data)
        with Poller(service.port, dataset.TOTALS_PATH) as quiet:
            time.sleep(QUIET_SECONDS)
        with Poller(service.port, dataset.TOTALS_PATH) as busy, Connection(service.port) as connection:
            load_seconds = _seconds(lambda: dataset.post(connection, file))
        _check(service, file)
        peak_memory_bytes = service.peak_memory_bytes()
        # What was answered must be on disk already, so the process gets no chance to put it there now.
        service.kill()
    servers.remove_checkpoints(data)
    with servers.chequebook(run.binaries, directory, data, THREADS) as restarted:
        _check(restarted, file)
    commits = int(re.search(r"Replayed \d+ records of (\d+) commits", restarted.output)[1])
    journal_bytes = _journal_bytes(data) - bytes_before
    read_seconds = disk.read_seconds(_segments(data))
    shutil.rmtree(data)
    parse_seconds, copy_seconds = _read(simdjson, file)
    return Round(
        load_seconds=load_seconds,
        discard_seconds=_discard(peer, file),
        parse_seconds=parse_seconds,
        copy_seconds=copy_seconds,
        write_once_seconds=disk.sequential_write_seconds(directory, journal_bytes, syncs=1),
        write_synced_seconds=disk.sequential_write_seconds(directory, journal_bytes, syncs=commits),
        quiet_reads=quiet.latencies,
        busy_reads=busy.latencies,
        restart_seconds=restarted.seconds_to_ready,
        read_seconds=read_seconds,
        journal_bytes=journal_bytes,
        commits=commits,
        peak_memory_bytes=peak_memory_bytes,
    )


def _check(service, file):
    with Connection(service.port) as connection:
        file.sums.check(connection.get(dataset.TOTALS_PATH))


def _discard(peer, file):
    """Sends the same body to the server that throws it away."""
    with Connection(peer.port) as connection, open(file.path, "rb") as body:
        return _seconds(
            lambda: connection.post_file(dataset.EVENTS_PATH, "application/x-ndjson", body, file.byte_count))


def _read(simdjson, file):
    """Seconds of simdjson and of a copy over the same bytes, in memory."""
    output = subprocess.run([simdjson, file.path], check=True, timeout=60, capture_output=True, text=True).stdout
    count, _, parse_seconds, copy_seconds = output.split()
    if int(count) != file.sums.events:
        raise SystemExit(f"bench: simdjson read {count} of {file.sums.events} events")
    return float(parse_seconds), float(copy_seconds)


def _seconds(action):
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _segments(data):
    return sorted(data.glob("*.segment"))


def _journal_bytes(data):
    """Bytes that were written: segments are made with their whole size, and what is unwritten is zero."""
    return sum(len(segment.read_bytes().rstrip(b"\0")) for segment in _segments(data))
