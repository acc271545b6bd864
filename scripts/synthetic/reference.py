"""The real bodies and figures of config/reference."""

import csv
from collections import namedtuple
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "config" / "reference"

# ICBs took over from CCGs on this day; a CCG that still stood became a sub-ICB location.
ICBS_ESTABLISHED = date(2022, 7, 1)

AGE_COLUMNS = (
    ("age_0_4", 0, 4),
    ("age_5_15", 5, 15),
    ("age_16_44", 16, 44),
    ("age_45_64", 45, 64),
    ("age_65_69", 65, 69),
    ("age_70_74", 70, 74),
    ("age_75_84", 75, 84),
    ("age_85_plus", 85, 99),
)

RegisterEntry = namedtuple("RegisterEntry", "code name opened closed successor icb")
Council = namedtuple("Council", "code name residents")


def _rows(name):
    with open(REFERENCE / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def register():
    """Every CCG and sub-ICB location, by code."""
    return {
        row["ods_code"]: RegisterEntry(
            row["ods_code"],
            row["name"],
            date.fromisoformat(row["opened"]),
            date.fromisoformat(row["closed"]) if row["closed"] else None,
            row["successor_ods_code"] or None,
            row["icb_code"],
        )
        for row in _rows("ccg_register.csv")
    }


def commissioners():
    """(code, body) for PUT /v1/commissioners/{code}: ICBs first, then the register."""
    for row in _rows("icb.csv"):
        yield row["ods_code"], {"name": row["name"], "kind": "icb", "opened": ICBS_ESTABLISHED.isoformat()}
    for entry in register().values():
        yield entry.code, _body(entry)


def _body(entry):
    body = {"name": entry.name, "opened": entry.opened.isoformat()}
    if entry.closed is None:
        # No ICB existed before this day, so none can have been a parent earlier.
        parent_from = max(entry.opened, ICBS_ESTABLISHED)
        body.update(kind="sub-icb", parents=[{"code": entry.icb, "from": parent_from.isoformat()}])
    else:
        body.update(kind="ccg", closed=entry.closed.isoformat())
    if entry.successor:
        takes_over = entry.closed + timedelta(days=1)
        body["successors"] = [{"code": entry.successor, "from": takes_over.isoformat()}]
    return body


def residents_by_age(code):
    """[(first age, last age, residents)] in mid-2020."""
    for row in _rows("ccg_resident_population_mid2020_by_age.csv"):
        if row["ccg_code"] == code:
            return [(first, last, int(row[column])) for column, first, last in AGE_COLUMNS]
    raise KeyError(code)


def councils(code):
    """The local authorities in which the people of a CCG live, the largest first."""
    found = [
        Council(row["lad_code"], row["lad_name"], int(row["residents"]))
        for row in _rows("ccg_local_authority_overlap_mid2020.csv")
        if row["ccg_code"] == code
    ]
    return sorted(found, key=lambda council: (-council.residents, council.code))


def need_weight(code):
    """Need-weighted over registered population, as a decimal string of four places."""
    for row in _rows("need_weighted_population_sub_icb_2024_25.csv"):
        if row["ccg_code"] == code:
            ratio = Decimal(row["overall_core"]) / Decimal(row["registered"])
            return str(ratio.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP))
    raise KeyError(code)


def trusts(icb):
    """[(trust code, parts per million of the trust's patients)] with a hundredth or more from this ICB."""
    found = []
    for row in _rows("trust_patient_share_by_icb.csv"):
        share = int(Decimal(row["share_of_trust_patients"]) * 1_000_000)
        if row["icb_code"] == icb and share >= 10_000:
            found.append((row["trust_code"], share))
    return sorted(found, key=lambda trust: (-trust[1], trust[0]))
