"""A national rate card of invented, plausible rates, and the budget that it gives."""

from fractions import Fraction

SETTINGS = (
    "primary",
    "secondary",
    "community",
    "social",
    "mental-health",
    "prescribing",
    "continuing-care",
    "specialised",
    "public-health",
)

# (first age, last age); the last band has no end.
AGE_BANDS = ((0, 4), (5, 15), (16, 44), (45, 64), (65, 74), (75, 84), (85, None))

BASE_YEAR = 2015

# Pence for a person and year, by setting and age band, in BASE_YEAR. The sums for each head resemble what
# England spent in the mid-2010s; the split by age is invented.
ANNUAL_PENCE = {
    "primary": (14_000, 8_200, 11_200, 14_600, 20_500, 27_800, 33_500),
    "secondary": (52_000, 21_500, 40_500, 61_000, 112_000, 168_000, 214_000),
    "community": (19_500, 6_200, 4_300, 8_200, 16_500, 36_000, 78_000),
    "social": (9_800, 14_500, 15_200, 21_500, 36_000, 88_000, 246_000),
    "mental-health": (3_100, 9_800, 18_200, 15_400, 12_600, 18_800, 24_500),
    "prescribing": (3_600, 2_900, 6_800, 18_500, 31_500, 41_500, 44_000),
    "continuing-care": (1_200, 1_500, 2_600, 5_400, 12_500, 34_000, 92_000),
    "specialised": (36_000, 13_500, 17_500, 31_000, 44_500, 38_500, 21_000),
    "public-health": (11_500, 6_200, 6_900, 4_100, 3_300, 2_900, 2_700),
}

# NHS England commissions specialised services; councils pay for social care and public health.
FUNDERS = {"social": "council", "specialised": "X24", "public-health": "council"}


def age_band(age):
    """The index in AGE_BANDS."""
    return next(index for index, (_, last) in enumerate(AGE_BANDS) if last is None or age <= last)


def annual_pence(setting, band, year):
    """The rate of a band in a year: 2.4 per cent more for each year after BASE_YEAR, less for each before."""
    pence = ANNUAL_PENCE[setting][band]
    growth = Fraction(1024, 1000) ** (year.start - BASE_YEAR)
    return round(pence * growth)


def national_card(year):
    """The body of PUT /v1/capitation-rates/{year}."""
    rates = []
    for setting in SETTINGS:
        for band, (first, last) in enumerate(AGE_BANDS):
            rate = {"setting": setting, "annualPence": annual_pence(setting, band, year), "ageFrom": first}
            if last is not None:
                rate["ageTo"] = last
            rates.append(rate)
    return {"funders": FUNDERS, "rates": rates}


def own_card(weight):
    """The body of a commissioner's own card that weights the national rates."""
    return {"weight": weight, "rates": []}


def budget(person_days_by_band, weight, year):
    """The capitated budget in pence by setting, exact, from person-days by age band."""
    return {
        setting: Fraction(weight)
        * sum(days * annual_pence(setting, band, year) for band, days in enumerate(person_days_by_band))
        / year.number_of_days
        for setting in SETTINGS
    }
