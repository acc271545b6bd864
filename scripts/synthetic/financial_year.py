"""Financial years and spans of days."""

from datetime import date, timedelta
from typing import NamedTuple


class FinancialYear(NamedTuple):
    """1 April of `start` to 31 March of the next calendar year."""

    start: int

    @classmethod
    def parse(cls, text):
        start, dash, end = text.partition("-")
        if not (dash and len(start) == 4 and len(end) == 2 and (start + end).isdecimal()):
            raise ValueError("a financial year looks like 2015-16")
        if (int(start) + 1) % 100 != int(end):
            raise ValueError(f"{text} is not one year")
        return cls(int(start))

    @property
    def first_day(self):
        return date(self.start, 4, 1)

    @property
    def last_day(self):
        return date(self.start + 1, 3, 31)

    @property
    def number_of_days(self):
        return (self.last_day - self.first_day).days + 1

    @property
    def next(self):
        return FinancialYear(self.start + 1)

    def __str__(self):
        return f"{self.start}-{(self.start + 1) % 100:02d}"


def days(first, last):
    """Every day from `first` through `last`."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
