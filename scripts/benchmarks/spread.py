"""What several rounds of one measurement say together."""

from statistics import median
from typing import NamedTuple


class Spread(NamedTuple):
    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values):
        return cls(median(values), min(values), max(values))

    @classmethod
    def ratio(cls, measured, bounds):
        """The quotient of each round, because what disturbs one half of a round disturbs the other too."""
        return cls.of([value / bound for value, bound in zip(measured, bounds)])


def percentile(values, percent):
    """The smallest value that `percent` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
