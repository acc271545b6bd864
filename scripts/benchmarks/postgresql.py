"""PostgreSQL with the same events, each booked once, and the same totals; `scripts/peers/postgresql` says how."""

from statistics import median
from typing import NamedTuple

from . import postgresql_batches
from .postgresql_cluster import Cluster

CONNECTIONS = 32
COMMISSIONERS = postgresql_batches.COMMISSIONERS
# The ledger that is asked. Each patient has one event.
EVENTS = 5_000_000
QUICK_EVENTS = 500_000
BATCHES = 100
QUICK_BATCHES = 20
ROUNDS_MAX = 3
# What the sum is scaled to.
SUMMED_ROWS = 10_000_000


class Figures(NamedTuple):
    """Rates a second, one for each round."""

    events: int
    posts: list
    totals: list
    patients: list
    # Scaled to SUMMED_ROWS.
    sums: list
    # Events by how they were sent.
    batches: dict

    @property
    def best_batches(self):
        return max(self.batches.values(), key=median)


def measure(run, is_quick):
    events, batch_count = (QUICK_EVENTS, QUICK_BATCHES) if is_quick else (EVENTS, BATCHES)
    run = run._replace(round_count=min(run.round_count, ROUNDS_MAX))
    figures = Figures(events, [], [], [], [], {})
    directory = run.new_directory("postgresql")
    with Cluster(directory) as cluster:
        run.say(f"PostgreSQL: a ledger of {events:,} events")
        for database in ("questions", "postings"):
            cluster.create(database)
        cluster.run_script("questions", "fill.sql", events=events, patients=events, commissioners=COMMISSIONERS)
        for number in run.rounds("PostgreSQL"):
            _ask(run, cluster, figures)
            _post(run, cluster, figures, number)
            _post_batches(cluster, figures, directory, number, batch_count)
        _check(cluster)
    return figures


def _ask(run, cluster, figures):
    def rate(script, connections=CONNECTIONS):
        return cluster.pgbench("questions", script, run.seconds, connections, patients=figures.events,
                               commissioners=COMMISSIONERS)

    figures.totals.append(rate("totals_of_commissioner.sql"))
    figures.patients.append(rate("totals_of_patient.sql"))
    # It takes all cores for one answer.
    figures.sums.append(rate("sum_of_events.sql", connections=1) * figures.events / SUMMED_ROWS)


def _post(run, cluster, figures, number):
    figures.posts.append(cluster.pgbench(
        "postings", "one_event.sql", run.seconds, CONNECTIONS, round=number, number=0,
        patients=postgresql_batches.PATIENTS, commissioners=COMMISSIONERS))


def _post_batches(cluster, figures, directory, number, batch_count):
    for way, files in postgresql_batches.write(directory, number, batch_count):
        seconds = cluster.run_files("postings", files)
        figures.batches.setdefault(way, []).append(batch_count * postgresql_batches.EVENTS / seconds)
        for file in files:
            file.unlink()


def _check(cluster):
    """What was booked must be in both totals, to the penny."""
    found = {
        cluster.ask("postings", f"select sum({events}), sum({pence}) from {table}")
        for events, pence, table in (
            ("1", "amount_pence", "event"), ("events", "cost_pence", "patient_total"),
            ("events", "cost_pence", "commissioner_total"))}
    if len(found) != 1:
        raise SystemExit(f"bench: PostgreSQL's totals are not those of its events: {found}")
