"""The service lines that synthetic costs are made of: how often, how dear, and when in the year."""

from typing import NamedTuple, Optional

# Relative activity by month, April first.
EVEN = (10,) * 12
WINTER = (10, 9, 9, 9, 8, 9, 10, 11, 13, 13, 12, 11)
PLANNED = (10, 10, 11, 11, 9, 11, 12, 12, 9, 11, 10, 12)
VACCINES = (4, 3, 3, 3, 3, 20, 32, 20, 8, 5, 4, 4)

# Where one of the ICB's acute trusts is the provider.
HOSPITAL_SETTINGS = ("secondary", "specialised")


class Service(NamedTuple):
    """One line of activity. Rates are events a year for a thousand people in each age band of the rates.

    What is not done every day is done on weekdays alone.
    """

    setting: str
    code: str
    per_thousand: tuple[int, ...]
    low_pence: int
    high_pence: int
    months: tuple[int, ...] = EVEN
    every_day: bool = False
    sex: Optional[str] = None


SERVICES = (
    # Paid for by the practice payment: a contact that costs nothing by itself.
    Service("primary", "gp-consultation", (4500, 2000, 2800, 3800, 5500, 7000, 7500), 0, 0, WINTER),
    Service("primary", "out-of-hours", (300, 120, 110, 120, 160, 260, 420), 5_500, 9_500, WINTER, every_day=True),
    Service("primary", "dental-course", (200, 700, 450, 500, 500, 400, 250), 2_500, 11_000),
    Service("secondary", "ae-attendance", (600, 380, 400, 320, 350, 560, 850), 6_500, 24_000, WINTER, every_day=True),
    Service("secondary", "outpatient-first", (250, 250, 420, 520, 700, 800, 650), 11_000, 25_000, PLANNED),
    Service("secondary", "outpatient-follow-up", (350, 350, 800, 1100, 1700, 2000, 1500), 6_000, 15_000, PLANNED),
    Service("secondary", "diagnostic-imaging", (100, 150, 330, 500, 700, 800, 700), 3_500, 21_000, PLANNED),
    Service("secondary", "day-case", (40, 40, 90, 170, 270, 300, 200), 40_000, 160_000, PLANNED),
    Service("secondary", "elective-inpatient", (8, 6, 14, 30, 52, 50, 25), 170_000, 820_000, PLANNED),
    Service(
        "secondary", "emergency-admission", (120, 30, 55, 80, 150, 300, 520), 60_000, 520_000, WINTER, every_day=True
    ),
    Service("secondary", "maternity-delivery", (0, 0, 60, 1, 0, 0, 0), 150_000, 450_000, every_day=True, sex="female"),
    Service("community", "district-nursing", (0, 20, 60, 250, 900, 2600, 6000), 2_800, 6_000, WINTER, every_day=True),
    Service("community", "health-visiting", (2200, 0, 0, 0, 0, 0, 0), 3_500, 7_500),
    Service("community", "physiotherapy", (20, 120, 420, 620, 600, 500, 400), 3_500, 7_000, PLANNED),
    Service("social", "home-care-week", (0, 0, 40, 120, 500, 2400, 9000), 12_000, 30_000, every_day=True),
    Service("social", "residential-care-month", (0, 10, 18, 30, 80, 260, 1100), 180_000, 310_000, every_day=True),
    Service("social", "social-work", (150, 250, 200, 260, 400, 900, 2000), 4_000, 14_000),
    Service("mental-health", "community-team-contact", (20, 250, 420, 330, 240, 380, 500), 6_000, 15_000),
    Service("mental-health", "talking-therapy", (0, 30, 420, 260, 110, 70, 40), 5_500, 11_000),
    Service("mental-health", "psychiatric-admission", (0, 2, 6, 5, 4, 6, 5), 240_000, 900_000, every_day=True),
    Service("prescribing", "dispensed-items", (1800, 900, 3000, 8000, 13000, 17000, 19000), 250, 6_500),
    Service(
        "continuing-care", "funded-nursing-care-week", (0, 0, 0, 10, 60, 420, 2600), 11_000, 15_600, every_day=True
    ),
    Service("continuing-care", "care-package-month", (2, 3, 8, 13, 28, 75, 200), 240_000, 650_000, every_day=True),
    Service("specialised", "chemotherapy", (3, 6, 40, 170, 260, 150, 30), 45_000, 230_000),
    Service("specialised", "renal-dialysis", (0, 10, 60, 150, 270, 300, 80), 13_000, 19_000, every_day=True),
    Service("specialised", "critical-care", (35, 6, 8, 18, 30, 24, 8), 150_000, 750_000, WINTER, every_day=True),
    Service("specialised", "high-cost-medicine", (5, 20, 60, 90, 80, 50, 20), 25_000, 180_000),
    Service("public-health", "immunisation", (5200, 700, 60, 160, 900, 950, 950), 900, 2_600, VACCINES),
    Service("public-health", "sexual-health", (0, 10, 420, 40, 5, 0, 0), 5_500, 13_000),
    Service("public-health", "nhs-health-check", (0, 0, 20, 180, 120, 0, 0), 2_400, 3_900),
    Service("public-health", "school-nursing", (100, 500, 0, 0, 0, 0, 0), 2_500, 6_500),
    Service("public-health", "substance-misuse", (0, 2, 110, 70, 10, 0, 0), 6_000, 22_000),
)


class Block(NamedTuple):
    """A payment without a patient, monthly: its share of the setting's budget in per cent, and why it has none."""

    setting: str
    code: str
    percent: int
    reason: str
    hospital: bool = False


BLOCKS = (
    Block("primary", "practice-payment", 68, "practice"),
    Block("community", "community-block-contract", 58, "block", hospital=True),
    Block("mental-health", "mental-health-block-contract", 52, "block"),
    Block("public-health", "public-health-block-contract", 30, "block"),
)
