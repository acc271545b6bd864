"""Files of batches for psql, made before the clock runs."""

import random

from synthetic.financial_year import days

from . import dataset
from .postgresql_cluster import SCRIPTS

COMMISSIONERS = 200
PATIENTS = 50_000
# In a batch.
EVENTS = 1_000
# More connections wait for the same commissioners' rows.
WAYS = [(way, connections) for way in ("unnest", "COPY") for connections in (1, 2)]


def write(directory, round_number, batch_count):
    """Names of ways, and a file for each connection of one: together `batch_count` batches."""
    rng = random.Random(f"{dataset.SEED} {round_number}")
    dates = [day.isoformat() for day in days(dataset.YEAR.first_day, dataset.YEAR.last_day)]
    for way_number, (way, connections) in enumerate(WAYS):
        text = {"unnest": _as_arrays, "COPY": _as_lines}[way]
        files = []
        for connection in range(connections):
            # Beyond the ids of one_event.sql.
            first_id = (1_000_000 + round_number * 1_000 + way_number * 10 + connection) * 1_000_000_000
            file = directory / f"{way}-{connection}.sql"
            with open(file, "w", encoding="utf-8") as out:
                out.write(f"\\i {SCRIPTS}/batches_by_{way.lower()}.sql\n")
                for batch in range(batch_count // connections):
                    ids = range(first_id + batch * EVENTS, first_id + (batch + 1) * EVENTS)
                    out.write(text([_event(rng, dates, each) for each in ids]))
            files.append(file)
        yield f"{way}, {connections} connection{'s' if connections > 1 else ''}", files


def _event(rng, dates, identity):
    """The columns of the event table, but for the last."""
    draw = rng.getrandbits(62)
    return (
        "acute-trust.billing", str(identity), str(9_000_000_000 + draw % PATIENTS),
        f"C{100 + (draw >> 16) % COMMISSIONERS}", str(1 + (draw >> 24) % 9), dates[(draw >> 28) % len(dates)],
        str(500 + (draw >> 37) % 90_000), f"R{10 + (draw >> 54) % 90}", f"attendance-{(draw >> 56) % 50}")


def _as_arrays(events):
    return f"execute book({','.join(_array(column) for column in zip(*events))});\n"


def _array(column):
    return "'{" + ",".join(column) + "}'"


def _as_lines(events):
    lines = "\n".join("\t".join(event) for event in events)
    return f"begin;\ncopy staged from stdin;\n{lines}\n\\.\nexecute book;\ncommit;\n"
