"""Synthetic cost events of one commissioner and year.

Activity is drawn first, then priced so that each setting's cost stands in a chosen proportion to its
budget. All amounts are integer pence throughout.
"""

import random
from datetime import date
from itertools import accumulate
from typing import NamedTuple, Optional

from . import rates, reference
from .financial_year import days
from .services import BLOCKS, HOSPITAL_SETTINGS, SERVICES

SOURCE = "synthetic-demo"

# How much more often than the healthy the people of a group are drawn.
USE_BY_GROUP = {
    "older": 3,
    "long-term-conditions": 3,
    "mental-health": 2,
    "mothers-and-children": 1,
    "generally-healthy": 1,
}

PRICED_EVENTS_PER_CREDIT = 400
SETTING_SPREAD_PER_MILLE = 15


class Cost(NamedTuple):
    service_date: date
    setting: str
    service: str
    amount_pence: int
    patient: Optional[str] = None
    without_patient: Optional[str] = None
    provider: Optional[str] = None
    kind: str = "cost"


def person_days_by_band(code, people, first, last):
    """Registered days with one commissioner from `first` through `last`, by age band of the rates."""
    person_days = [0] * len(rates.AGE_BANDS)
    for person in people:
        person_days[person.band] += person.days_with(code, first, last)
    return person_days


def costs(code, people, budget, year, through, outturn_per_mille, seed):
    """The costs of a commissioner through a day, in the order of their service dates.

    `budget` is its budget through that day in pence by setting; the outturn is a share of it, and each
    setting strays from that share by up to SETTING_SPREAD_PER_MILLE.
    """
    rng = random.Random(f"{seed} costs {code} {year}")
    trusts = reference.trusts(reference.register()[code].icb)
    calendar = days(year.first_day, through)
    blocks = list(_blocks(budget, calendar, trusts))
    drawn = list(_activity(code, people, calendar, year, trusts, rng))
    drawn += _credits(drawn, rng)
    priced = []
    for setting in rates.SETTINGS:
        stray = rng.randint(-SETTING_SPREAD_PER_MILLE, SETTING_SPREAD_PER_MILLE)
        target = int(budget[setting] * (outturn_per_mille + stray)) // 1000
        target -= sum(cost.amount_pence for cost in blocks if cost.setting == setting)
        priced += _priced([cost for cost in drawn if cost.setting == setting], target)
    return sorted(blocks + priced, key=lambda cost: cost.service_date)


def _activity(code, people, calendar, year, trusts, rng):
    by_band = [[person for person in people if person.band == band] for band in range(len(rates.AGE_BANDS))]
    for service in SERVICES:
        date_weights = list(accumulate(_activity_on(day, service) for day in calendar))
        for band, members in enumerate(by_band):
            pool = [person for person in members if service.sex in (None, person.sex)]
            count = len(pool) * service.per_thousand[band] * len(calendar) // (1000 * year.number_of_days)
            if count == 0:
                continue
            use = list(accumulate(USE_BY_GROUP[person.group] for person in pool))
            dates = rng.choices(calendar, cum_weights=date_weights, k=count)
            for person, day in zip(rng.choices(pool, cum_weights=use, k=count), dates):
                # Nobody costs a commissioner anything on a day on which it is not theirs.
                if person.commissioner_on(day) == code:
                    provider = _provider(trusts, rng) if service.setting in HOSPITAL_SETTINGS else None
                    amount = _amount(service, rng)
                    yield Cost(day, service.setting, service.code, amount, person.patient, provider=provider)


def _activity_on(day, service):
    if day.weekday() >= 5 and not service.every_day:
        return 0
    return service.months[(day.month - 4) % 12]


def _amount(service, rng):
    # The smaller of two draws: many small bills, few large ones.
    span = service.high_pence - service.low_pence + 1
    return service.low_pence + min(rng.randrange(span), rng.randrange(span))


def _provider(trusts, rng):
    return rng.choices([trust for trust, _ in trusts], weights=[share for _, share in trusts])[0]


def _credits(drawn, rng):
    """Half the price back for a few costs, as after a challenged invoice."""
    billed = [cost for cost in drawn if cost.amount_pence > 0]
    challenged = rng.sample(billed, len(billed) // PRICED_EVENTS_PER_CREDIT)
    return [cost._replace(kind="credit", amount_pence=cost.amount_pence // 2) for cost in challenged]


def _priced(drawn, target_pence):
    """The same costs with their amounts in proportion, so that they add up to the target but for the pence
    lost in rounding each down."""
    total = sum(cost.amount_pence if cost.kind == "cost" else -cost.amount_pence for cost in drawn)
    if total <= 0:
        return drawn
    return [cost._replace(amount_pence=cost.amount_pence * max(0, target_pence) // total) for cost in drawn]


def _blocks(budget, calendar, trusts):
    months = [day for day in calendar if day.day == 1]
    for block in BLOCKS:
        monthly = int(budget[block.setting] * block.percent) // (100 * len(months))
        provider = trusts[0][0] if block.hospital else None
        for day in months:
            yield Cost(day, block.setting, block.code, monthly, without_patient=block.reason, provider=provider)


def of_nobody(patients, year, through, icb, seed):
    """Costs of people who are registered nowhere: they stay unattributed."""
    rng = random.Random(f"{seed} costs of nobody {year}")
    trusts = reference.trusts(icb)
    calendar = days(year.first_day, through)
    service = next(service for service in SERVICES if service.code == "ae-attendance")
    found = []
    for patient in patients:
        day, amount, provider = rng.choice(calendar), _amount(service, rng), _provider(trusts, rng)
        found.append(Cost(day, service.setting, service.code, amount, patient, provider=provider))
    return found


def events(found, code, prefix):
    """The items for POST /v1/cost-events, numbered in order behind the prefix.

    `code` is the commissioner of those without a patient.
    """
    for number, cost in enumerate(found, start=1):
        item = {
            "source": SOURCE,
            "id": f"{prefix}.{number}",
            "setting": cost.setting,
            "serviceDate": cost.service_date.isoformat(),
            "amountPence": cost.amount_pence,
            "service": cost.service,
        }
        if cost.patient:
            item["patient"] = cost.patient
        if cost.without_patient:
            item.update(commissioner=code, withoutPatient=cost.without_patient)
        if cost.kind != "cost":
            item["kind"] = cost.kind
        if cost.provider:
            item["provider"] = cost.provider
        yield item
