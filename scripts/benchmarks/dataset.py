"""Synthetic ledgers of one commissioner, and what their totals have to be."""

import json
import random
from itertools import islice
from typing import NamedTuple

from synthetic.client import Client
from synthetic.financial_year import FinancialYear, days
from synthetic.people import patient_numbers
from synthetic.rates import SETTINGS, national_card

SEED = 2015
YEAR = FinancialYear(2015)
CODE = "99Z"
TOTALS_PATH = f"/v1/commissioners/{CODE}/totals?year={YEAR}"
EVENTS_PATH = "/v1/cost-events"

SINGLE_PENCE = 4_250


class Sums(NamedTuple):
    """Cost that a generator has made; the service has to come to the same."""

    events: int
    pence: int
    pence_by_setting: dict

    def check(self, totals):
        """`totals` is the answer to TOTALS_PATH."""
        cost = json.loads(totals.body)["cost"]
        found = Sums(cost["events"], cost["totalPence"], cost["bySetting"])
        if found != self:
            raise SystemExit(f"bench: the totals are wrong.\n  made:  {self}\n  found: {found}")


class BulkFile(NamedTuple):
    path: object
    byte_count: int
    sums: Sums


def post(connection, file):
    """Sends a whole file as one body; every event must be new."""
    with open(file.path, "rb") as body:
        answer = connection.post_file(EVENTS_PATH, "application/x-ndjson", body, file.byte_count)
    reply = json.loads(answer.body)
    if answer.status != 200 or not reply["received"] == reply["posted"] == file.sums.events:
        raise SystemExit(f"bench: not every event was posted: {answer.status} {reply}")


def patients(count):
    return list(islice(patient_numbers(SEED), count))


def prepare(server, people):
    """Registers the commissioner, a rate card and the people."""
    client = Client(f"http://127.0.0.1:{server.port}")
    client.put(f"/v1/commissioners/{CODE}", {"name": "Synthetic benchmark commissioner", "kind": "ccg"})
    client.put(f"/v1/capitation-rates/{YEAR}", national_card(YEAR))
    client.post_list(f"/v1/commissioners/{CODE}/registrations", lambda: map(_registration, enumerate(people)))


def _registration(numbered):
    number, patient = numbered
    born = f"{1925 + number % 90}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return {"patient": patient, "from": "2015-04-01", "born": born, "sex": ("female", "male")[number % 2]}


def write_events(path, people, count):
    """Writes `count` events as newline-delimited JSON, the same for the same people and count."""
    rng = random.Random(SEED)
    dates = [day.isoformat() for day in days(YEAR.first_day, YEAR.last_day)]
    pence_by_setting = dict.fromkeys(SETTINGS, 0)
    byte_count = 0
    with open(path, "wb") as file:
        for number in range(count):
            # One draw serves all fields: a draw for each would take most of the generator's time.
            draw = rng.getrandbits(64)
            setting = SETTINGS[draw % len(SETTINGS)]
            amount = 500 + (draw >> 8) % 90_000
            is_credit = draw >> 58 == 0
            line = (
                f'{{"source":"acute-trust.billing","id":"2015-16.invoice-line.{number:09d}",'
                f'"patient":"{people[(draw >> 25) % len(people)]}","setting":"{setting}",'
                f'"serviceDate":"{dates[(draw >> 42) % len(dates)]}","amountPence":{amount},'
                f'"kind":"{"credit" if is_credit else "cost"}","provider":"R{(draw >> 51) % 90 + 10}",'
                f'"service":"attendance-{(draw >> 52) % 50}"}}\n'
            ).encode()
            file.write(line)
            byte_count += len(line)
            pence_by_setting[setting] += -amount if is_credit else amount
    return BulkFile(path, byte_count, Sums(count, sum(pence_by_setting.values()), pence_by_setting))


def write_single_events(path, people):
    """Writes what load.lua puts behind the ids of its events: one line for each patient, all of SINGLE_PENCE."""
    with open(path, "w", encoding="utf-8") as file:
        for number, patient in enumerate(people):
            file.write(
                f',"patient":"{patient}","setting":"{SETTINGS[number % len(SETTINGS)]}",'
                f'"serviceDate":"2015-{4 + number % 9:02d}-{1 + number % 28:02d}","amountPence":{SINGLE_PENCE},'
                f'"provider":"R{number % 90 + 10}","service":"attendance-{number % 50}"}}\n'
            )
