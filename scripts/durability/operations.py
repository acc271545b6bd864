"""The requests that a load is made of: what each one says, what it changes, and how it has to be answered."""

import json
from typing import NamedTuple

from synthetic.people import NUMBER_PREFIX, check_digit

from .books import SETTINGS, SOURCE, Change, Event, Reversal, Statement

COMMISSIONERS = ("15E", "05C")
EVENTS = "/v1/cost-events"
JSON = "application/json"
LINES = "application/x-ndjson"
LIST_LENGTH_MAX = 60


class Operation(NamedTuple):
    path: str
    content_type: str
    body: bytes
    # What is there when it has been acknowledged. Whole: all of it or none.
    changes: tuple
    whole: bool = False
    # Keys that it names in vain.
    refused: tuple = ()
    status: int = 200
    # Members that the answer must have.
    reply: dict = {}


class Maker:
    """Draws requests; a key is in no other maker's requests and in one of its own at most."""

    def __init__(self, name, random, books, originals, patients):
        self.name = name
        self.random = random
        self.books = books
        self.originals = originals
        self.patients = patients
        self.count = 0
        self.conflicts = []

    def next(self):
        kinds = (self.single, self.single, self.lines, self.atomic, self.reversal, self.replacement, self.registration,
                 self.refused_single, self.refused_reversal, self.refused_atomic, self.conflict)
        return self.random.choice(kinds)()

    def single(self):
        key, event = self._event()
        return Operation(
            EVENTS, JSON, _line(key, event), (Change(key, None, event),), status=201, reply={"id": key})

    def lines(self):
        """A list of which some lines are refused, which costs no other line."""
        good, bad = self._events(), self._events()[:self.random.randrange(3)]
        lines = [_line(key, event) for key, event in good]
        for key, event in bad:
            lines.insert(self.random.randint(0, len(lines)), _line(key, event, serviceDate="2199-12-31"))
        return Operation(
            EVENTS, LINES, b"\n".join(lines), tuple(Change(key, None, event) for key, event in good),
            refused=tuple(key for key, _ in bad), reply={"posted": len(good), "rejected": len(bad)})

    def atomic(self):
        events = self._events()
        return Operation(
            f"{EVENTS}?atomic=true", LINES, b"\n".join(_line(*event) for event in events),
            tuple(Change(key, None, event) for key, event in events), whole=True,
            reply={"posted": len(events), "rejected": 0})

    def refused_atomic(self):
        events = self._events()
        lines = [_line(*event) for event in events]
        key, event = self._event()
        lines.insert(self.random.randint(0, len(lines)), _line(key, event, serviceDate="2199-12-31"))
        return Operation(
            f"{EVENTS}?atomic=true", LINES, b"\n".join(lines), (), refused=(key, *(key for key, _ in events)),
            status=422, reply={"code": "list-not-booked"})

    def refused_single(self):
        key, event = self._event()
        return Operation(
            EVENTS, JSON, _line(key, event, serviceDate="2199-12-31"), (), refused=(key,), status=422,
            reply={"code": "future-service-date"})

    def refused_reversal(self):
        key = self._key()
        body = json.dumps({"source": SOURCE, "id": key, "reverses": f"{key}-of-nothing"}).encode()
        return Operation(EVENTS, JSON, body, (), refused=(key,), status=404, reply={"code": "unknown-original"})

    def conflict(self):
        """An identity that is taken, with other content: nothing changes."""
        if not self.originals:
            return self.single()
        key = self.originals.pop()
        event = self.books.stands[key]
        return Operation(
            EVENTS, JSON, _line(key, event._replace(amount=event.amount + 1)), (), status=409,
            reply={"code": "conflicting-duplicate"})

    def reversal(self):
        if not self.originals:
            return self.single()
        original = self.originals.pop()
        event = self.books.stands[original]
        key = self._key()
        body = json.dumps({"source": SOURCE, "id": key, "reverses": original}).encode()
        changes = (
            Change(key, None, Reversal(original)), Change(original, event, event._replace(reversed_by=key)))
        return Operation(EVENTS, JSON, body, changes, whole=True, status=201, reply={"id": key})

    def replacement(self):
        if not self.originals:
            return self.single()
        key = self.originals.pop()
        before = self.books.stands[key]
        after = before._replace(version=before.version + 1, amount=self._amount())
        return Operation(
            EVENTS, JSON, _line(key, after), (Change(key, before, after),),
            reply={"outcome": "replaced", "version": after.version})

    def registration(self):
        if not self.patients:
            return self.lines()
        patient = self.patients.pop()
        statement = Statement(self.random.choice(COMMISSIONERS), f"19{self.random.randint(20, 99)}-02-03")
        body = json.dumps({"patient": patient, "from": "2015-04-01", "born": statement.born, "sex": "female"}).encode()
        return Operation(
            f"/v1/commissioners/{statement.commissioner}/registrations", JSON, body,
            (Change(patient, None, statement),), reply={"registered": 1})

    def _key(self):
        self.count += 1
        return f"{self.name}-{self.count}"

    def _events(self):
        return [self._event() for _ in range(self.random.randint(2, LIST_LENGTH_MAX))]

    def _event(self):
        event = Event(
            version=1, patient=patient_number(self.random.randrange(PATIENTS)),
            stated=self.random.choice((None, None, *COMMISSIONERS)), setting=self.random.choice(SETTINGS),
            service_date=f"2015-{self.random.randint(4, 12):02d}-{self.random.randint(1, 28):02d}",
            amount=self._amount(), kind=self.random.choice(("cost", "cost", "cost", "credit")))
        return self._key(), event

    def _amount(self):
        return self.random.choice((0, 1, self.random.randrange(10**6), self.random.randrange(10**15)))


# Few enough that most of them are registered at some time of a run.
PATIENTS = 4_000


def patient_number(index):
    """An NHS number of those that no patient ever gets."""
    middle = 10 * index
    while True:
        stem = f"{NUMBER_PREFIX}{middle:06d}"
        digit = check_digit(stem)
        if digit is not None:
            return stem + digit
        middle += 1


def _line(key, event, **other):
    item = {
        "source": SOURCE, "id": key, "version": event.version, "patient": event.patient, "setting": event.setting,
        "serviceDate": event.service_date, "amountPence": event.amount, "kind": event.kind, "provider": "RRK",
    }
    if event.stated:
        item["commissioner"] = event.stated
    return json.dumps({**item, **other}, separators=(",", ":")).encode()
