"""Synthetic patients: who they are, and where they are registered from which day."""

import random
from datetime import date, timedelta
from typing import NamedTuple, Optional

from . import rates, reference

# Numbers that begin with 999 are set aside for tests: no patient ever gets one.
NUMBER_PREFIX = "999"
SIX_DIGITS = 1_000_000

# Deaths in a year for each thousand, and moves to another commissioner, by age band.
DEATHS_PER_THOUSAND = (1, 0, 1, 4, 15, 48, 145)
MOVES_PER_THOUSAND = (30, 18, 45, 15, 10, 8, 6)

# For each thousand of an age band: the group, in the order in which a draw is read. The rest are healthy.
GROUPS_PER_THOUSAND = (
    (("mothers-and-children", 920), ("long-term-conditions", 50)),
    (("mothers-and-children", 700), ("long-term-conditions", 90), ("mental-health", 40)),
    (("long-term-conditions", 140), ("mental-health", 110)),
    (("long-term-conditions", 370), ("mental-health", 110)),
    (("older", 420), ("long-term-conditions", 400), ("mental-health", 40)),
    (("older", 680), ("long-term-conditions", 260), ("mental-health", 20)),
    (("older", 900), ("long-term-conditions", 80)),
)
MOTHERS_PER_THOUSAND_WOMEN = 120


class Stay(NamedTuple):
    """A statement of registration: `from_day` is its first day, `until` the first day after it."""

    code: str
    from_day: date
    until: Optional[date]
    council: str


class Person(NamedTuple):
    patient: str
    born: date
    sex: str
    group: str
    band: int
    stays: tuple

    def commissioner_on(self, day):
        """Where the person is registered: the latest statement that has begun decides."""
        for stay in reversed(self.stays):
            if stay.from_day <= day:
                return stay.code if stay.until is None or day < stay.until else None
        return None

    def days_with(self, code, first, last):
        """The number of days from `first` through `last` on which the person is registered with `code`."""
        count = 0
        for index, stay in enumerate(self.stays):
            end = last + timedelta(days=1)
            if index + 1 < len(self.stays):
                end = min(end, self.stays[index + 1].from_day)
            if stay.until is not None:
                end = min(end, stay.until)
            if stay.code == code:
                count += max(0, (end - max(first, stay.from_day)).days)
        return count


def check_digit(nine_digits):
    """The modulus 11 check digit of an NHS number, None where these nine digits have none."""
    total = sum(int(digit) * (10 - position) for position, digit in enumerate(nine_digits))
    digit = (11 - total % 11) % 11
    return None if digit == 10 else str(digit)


def patient_numbers(seed):
    """NHS numbers of the 999 range in an order drawn from the seed, each once."""
    middles = list(range(SIX_DIGITS))
    random.Random(f"{seed} patient numbers").shuffle(middles)
    for middle in middles:
        stem = f"{NUMBER_PREFIX}{middle:06d}"
        digit = check_digit(stem)
        # Ten equal digits are no NHS number, whatever the check digit says.
        if digit is not None and len(set(stem + digit)) > 1:
            yield stem + digit


def population(code, year, scale, seed, numbers, elsewhere):
    """The people of one commissioner at 1 April of `year`, and those born to it within the year.

    There is one for every `scale` real residents of each age band. Some move during the year to a
    commissioner of `elsewhere`: (code, councils).
    """
    maker = _Maker(code, year, random.Random(f"{seed} people {code} {year}"), numbers, elsewhere)
    people = []
    for first, last, residents in reference.residents_by_age(code):
        for _ in range(residents // scale):
            people.append(maker.resident(first, last))
        if first == 0:
            people.extend(maker.newborn() for _ in range(residents // scale // (last + 1)))
    return people


class _Maker:
    def __init__(self, code, year, rng, numbers, elsewhere):
        self.code = code
        self.year = year
        self.rng = rng
        self.numbers = numbers
        self.elsewhere = elsewhere
        self.councils = reference.councils(code)
        self.opened = reference.register()[code].opened

    def resident(self, first_age, last_age):
        age = self._age(first_age, last_age)
        birthday = _first_of_april(self.year.start - age)
        earliest = _first_of_april(self.year.start - age - 1) + timedelta(days=1)
        born = self._day(earliest, birthday)
        band = rates.age_band(age)
        registered = self._day(max(born, self.opened), self.year.first_day)
        return self._person(born, band, registered)

    def newborn(self):
        born = self._day(self.year.first_day + timedelta(days=1), self.year.last_day)
        return self._person(born, 0, born)

    def _person(self, born, band, registered):
        sex = self.rng.choice(("female", "male"))
        group = self._group(band, sex)
        stays = [Stay(self.code, registered, None, self._council(self.councils))]
        day_after = self.year.last_day + timedelta(days=1)
        leaves = self._day(max(registered, self.year.first_day) + timedelta(days=1), day_after)
        draw = self.rng.randrange(1000)
        if draw < DEATHS_PER_THOUSAND[band]:
            stays[0] = stays[0]._replace(until=leaves)
        elif draw < DEATHS_PER_THOUSAND[band] + MOVES_PER_THOUSAND[band] and self.elsewhere:
            code, councils = self.rng.choice(self.elsewhere)
            # The first statement needs no end: the later one decides from its own day.
            stays.append(Stay(code, leaves, None, self._council(councils)))
        return Person(next(self.numbers), born, sex, group, band, tuple(stays))

    def _age(self, first, last):
        # The oldest grow fewer with every year; within the other bands ages are even.
        if last - first > 10 and first >= 85:
            return first + min(self.rng.randrange(last - first + 1) for _ in range(3))
        return self.rng.randint(first, last)

    def _group(self, band, sex):
        draw = self.rng.randrange(1000)
        for group, per_thousand in GROUPS_PER_THOUSAND[band]:
            if draw < per_thousand:
                return group
            draw -= per_thousand
        if band == 2 and sex == "female" and draw < MOTHERS_PER_THOUSAND_WOMEN:
            return "mothers-and-children"
        return "generally-healthy"

    def _council(self, councils):
        draw = self.rng.randrange(sum(council.residents for council in councils))
        for council in councils:
            if draw < council.residents:
                return council.code
            draw -= council.residents
        raise AssertionError("a draw below the sum falls within it")

    def _day(self, first, last):
        return first + timedelta(days=self.rng.randrange((last - first).days + 1))


def _first_of_april(year):
    return date(year, 4, 1)


def registrations(code, people):
    """The items for POST /v1/commissioners/{code}/registrations, one for each statement."""
    for person in people:
        for stay in person.stays:
            if stay.code == code:
                item = {"patient": person.patient, "from": stay.from_day.isoformat()}
                if stay.until is not None:
                    item["until"] = stay.until.isoformat()
                item.update(born=person.born.isoformat(), sex=person.sex, group=person.group, council=stay.council)
                yield item
