"""A ledger that is the same each time, for who counts what the service does and not how long it takes."""

import json
import random

from synthetic.client import Client
from synthetic.financial_year import days
from synthetic.rates import SETTINGS, national_card

from .dataset import EVENTS_PATH, SEED, YEAR, patients

CODES = ("99A", "99B", "99C")
TOTALS_PATH = f"/v1/commissioners/{CODES[0]}/totals?year={YEAR}"
PEOPLE = 2_000
DAYS = [day.isoformat() for day in days(YEAR.first_day, YEAR.last_day)]


def prepare(port):
    """Registers the commissioners, a rate card and the people, a third of them with each."""
    client = Client(f"http://127.0.0.1:{port}")
    client.put(f"/v1/capitation-rates/{YEAR}", national_card(YEAR))
    people = list(enumerate(patients(PEOPLE)))
    for index, code in enumerate(CODES):
        client.put(f"/v1/commissioners/{code}", {"name": f"Synthetic commissioner {code}", "kind": "ccg"})
        own = [_registration(number, patient) for number, patient in people[index :: len(CODES)]]
        client.post_list(f"/v1/commissioners/{code}/registrations", lambda own=own: own)


def _registration(number, patient):
    born = f"{1925 + number % 90}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return {"patient": patient, "from": DAYS[0], "born": born, "sex": ("female", "male")[number % 2]}


def events(count):
    """Lines of JSON. Of each hundred one is a reversal, and two are new versions of others."""
    rng = random.Random(SEED)
    people = patients(PEOPLE)
    return [_line(number, rng.getrandbits(64), people) for number in range(count)]


def _line(number, draw, people):
    if number % 100 == 99:
        return _json({**_identity(number), "reverses": _identity(number - 50)["id"]})
    is_version = number % 50 == 24
    event = {
        **_identity(number - 10 if is_version else number),
        "patient": people[(draw >> 25) % len(people)],
        "setting": SETTINGS[draw % len(SETTINGS)],
        "serviceDate": DAYS[(draw >> 42) % len(DAYS)],
        "amountPence": 500 + (draw >> 8) % 90_000,
        "kind": "credit" if draw >> 58 == 0 else "cost",
        "provider": f"R{(draw >> 51) % 90 + 10}",
        "service": f"attendance-{(draw >> 52) % 50}",
    }
    return _json({**event, "version": 2} if is_version else event)


def _identity(number):
    return {"source": "acute-trust.billing", "id": f"2015-16.invoice-line.{number:09d}"}


def _json(value):
    return json.dumps(value, separators=(",", ":")).encode()


def post_list(connection, lines):
    answer = connection.post(EVENTS_PATH, "application/x-ndjson", b"\n".join(lines))
    reply = json.loads(answer.body)
    if answer.status != 200 or reply["received"] != len(lines) or reply["rejected"]:
        raise SystemExit(f"guard: not every event was booked: {answer.status} {reply}")


def post_each(connection, lines):
    for line in lines:
        answer = connection.post(EVENTS_PATH, "application/json", line)
        if answer.status not in (200, 201):
            raise SystemExit(f"guard: an event was not booked: {answer}")


def ask(connection, paths):
    for path in paths:
        answer = connection.get(path)
        if answer.status != 200:
            raise SystemExit(f"guard: {path} was answered with {answer}")
