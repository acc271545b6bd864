"""One ledger that grows: whether questions take longer when ten and a hundred times as many events are in it."""

import json
import time
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from synthetic.financial_year import days

from . import dataset, servers
from .dataset import Sums
from .poller import Latencies
from .spread import percentile
from .wire import Connection

PATIENTS = 50_000
# How many events are in the ledger when it is asked.
EVENTS = (100_000, 1_000_000, 10_000_000)
QUICK_EVENTS = EVENTS[:2]
BLOCK_EVENTS = 1_000
PROBE_EVENTS = 1_000
# The events of the patient who is asked about lie as far apart in the journal as the size allows.
PARTS = 10
THREADS = 2
QUESTIONS = 1_000
QUICK_QUESTIONS = 200
# As many as have no factor in common with the days of the year: so every pair of a day and one of these comes up.
FROM_SUMS = ("setting", "group", "month", "setting,month", "group,month")
FROM_LOG = ("provider", "funder", "setting,funder", "month,provider", "funder,provider")


class Stage(NamedTuple):
    """The ledger at one size. Latencies by what was asked."""

    events: int
    load_seconds: float
    loaded_events: int
    restart_seconds: float
    peak_memory_bytes: int
    latencies: dict


def measure(run, is_quick):
    """A stage for each size."""
    directory = run.new_directory("growth")
    sizes = QUICK_EVENTS if is_quick else EVENTS
    people = dataset.patients(PATIENTS + len(sizes))
    people, probes = people[:PATIENTS], people[PATIENTS:]
    block = dataset.write_events(directory / "block.ndjson", people, BLOCK_EVENTS)
    source = _Source(block, block.path.read_bytes())
    closed = []
    stages = []
    for number, (events, probe) in enumerate(zip(sizes, probes)):
        run.say(f"A ledger of {events:,} events")
        # Each stage has a day of recording of its own, all of them over: as-of questions are about closed days.
        days_behind = len(sizes) - number
        recorded_on = datetime.now(ZoneInfo("Europe/London")).date() - timedelta(days_behind)
        with servers.chequebook(run.binaries, directory, directory / "data", THREADS, days_behind) as service:
            if number == 0:
                dataset.prepare(service, people + list(probes))
            loaded_events = events - source.sums.events
            began = time.perf_counter()
            source.send(service, probe, loaded_events)
            load_seconds = time.perf_counter() - began
        closed.append((recorded_on, source.sums))
        with servers.chequebook(run.binaries, directory, directory / "data", THREADS) as service:
            latencies = _ask(service, probe, closed, QUICK_QUESTIONS if is_quick else QUESTIONS)
            stages.append(
                Stage(
                    events, load_seconds, loaded_events, service.seconds_to_ready, service.peak_memory_bytes(),
                    latencies))
    return stages


class _Source:
    """Makes events while it sends them: one block over and over, under other ids."""

    def __init__(self, block, text):
        self._block = block
        self._text = text
        self._blocks = 0
        self.sums = Sums(0, 0, dict.fromkeys(block.sums.pence_by_setting, 0))

    def send(self, service, probe, events):
        """Sends `events` in PARTS bodies, PROBE_EVENTS of them the probe's."""
        rest = events - PROBE_EVENTS
        with Connection(service.port) as connection:
            for part in range(PARTS):
                begin, end = (rest // BLOCK_EVENTS * number // PARTS for number in (part, part + 1))
                self._post(connection, end - begin, _probe_lines(probe, part))
                self._count(end - begin)

    def _post(self, connection, blocks, tail):
        pieces = (self._next_block() for _ in range(blocks))
        byte_count = blocks * len(self._next_block(counts=False)) + len(tail)
        answer = connection.post_pieces(
            dataset.EVENTS_PATH, "application/x-ndjson", _with_tail(pieces, tail), byte_count)
        reply = json.loads(answer.body)
        expected = blocks * BLOCK_EVENTS + PROBE_EVENTS // PARTS
        if answer.status != 200 or not reply["received"] == reply["posted"] == expected:
            raise SystemExit(f"bench: not every event was posted: {answer.status} {reply}")

    def _next_block(self, counts=True):
        self._blocks += counts
        return self._text.replace(b'"id":"2015-16', b'"id":"%06d' % self._blocks)

    def _count(self, blocks):
        made, block = self.sums, self._block.sums
        pence = {setting: made.pence_by_setting[setting] + blocks * block.pence_by_setting[setting]
                 for setting in made.pence_by_setting}
        pence["primary"] += PROBE_EVENTS // PARTS * dataset.SINGLE_PENCE
        events = made.events + blocks * BLOCK_EVENTS + PROBE_EVENTS // PARTS
        self.sums = Sums(events, sum(pence.values()), pence)


def _with_tail(pieces, tail):
    yield from pieces
    yield tail


def _probe_lines(probe, part):
    count = PROBE_EVENTS // PARTS
    dates = days(dataset.YEAR.first_day, dataset.YEAR.last_day)
    lines = (
        f'{{"source":"probe","id":"{probe}.{number}","patient":"{probe}","setting":"primary",'
        f'"serviceDate":"{day}","amountPence":{dataset.SINGLE_PENCE}}}\n'
        for number, day in zip(range(part * count, (part + 1) * count), dates))
    return "".join(lines).encode()


def _ask(service, probe, closed, count):
    first, last = dataset.YEAR.first_day, dataset.YEAR.last_day
    dates = list(days(first, last))

    def anew(by):
        # Another day than the question before, so that nothing reckoned for that one serves this one.
        return [f"{dataset.TOTALS_PATH}&through={dates[number % len(dates)]}&by={by[number % len(by)]}"
                for number in range(count)]

    costs = f"/v1/patients/{probe}/costs?year={dataset.YEAR}"
    as_of = [f"{path}&asOf={closed[number % len(closed)][0]}" for number, path in enumerate(anew(FROM_SUMS))]
    with Connection(service.port) as connection:
        _check(connection, costs, closed)
        return {
            "nothing: `/_ping`": _latencies(connection, ["/_ping"] * count),
            "totals, the same question": _latencies(connection, [dataset.TOTALS_PATH] * count),
            "totals, each question a new one": _latencies(connection, anew(FROM_SUMS)),
            "totals by provider or funder, each a new one": _latencies(connection, anew(FROM_LOG)),
            "totals as of a past day, each a new one": _latencies(connection, as_of),
            "a patient's costs, 100 events": _latencies(connection, [costs] * count),
            "a patient's costs, 1,000 events": _latencies(connection, [costs + "&limit=1000"] * count),
        }


def _check(connection, costs, closed):
    """Today's totals, those of every closed day, and the patient's costs must be what was sent."""
    closed[-1][1].check(connection.get(dataset.TOTALS_PATH))
    for day, sums in closed:
        sums.check(connection.get(f"{dataset.TOTALS_PATH}&asOf={day}"))
    cost = json.loads(connection.get(costs).body)["cost"]
    if (cost["events"], cost["totalPence"]) != (PROBE_EVENTS, PROBE_EVENTS * dataset.SINGLE_PENCE):
        raise SystemExit(f"bench: the patient's costs are wrong: {cost}")


def _latencies(connection, paths):
    taken = []
    for path in paths:
        began = time.perf_counter()
        status = connection.get(path).status
        taken.append(time.perf_counter() - began)
        if status != 200:
            raise SystemExit(f"bench: {path.partition('?')[0]} was answered with {status}")
    return Latencies(
        count=len(taken),
        p50_microseconds=percentile(taken, 50) * 1_000_000,
        p99_microseconds=percentile(taken, 99) * 1_000_000,
    )
