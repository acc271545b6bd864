"""Compares what the service says with the books, key by key and sum by sum."""

import json

from .books import SETTINGS, SOURCE, YEAR, Event, Reversal, Statement
from .load import sequence
from .operations import COMMISSIONERS
from .run import Broken

# Of what has stood for long so many are asked for again after each restart; all of them at the end of a run.
SAMPLE = 300
SHOWN_MAX = 12


def settle(service, books):
    """Finds out what became of the requests without an answer, and that it is whole where it has to be."""
    with service.connect() as connection:
        for operation in books.uncertain:
            found = [_state(connection, books, change) for change in operation.changes]
            booked = [state == change.after for state, change in zip(found, operation.changes)]
            untouched = [state == change.before for state, change in zip(found, operation.changes)]
            if not all(one or other for one, other in zip(booked, untouched)):
                raise Broken(_difference("neither as before nor as it was sent", operation, found))
            if operation.whole and not all(booked) and not all(untouched):
                raise Broken(_difference("all or nothing was to be there", operation, found))
            for change, state in zip(operation.changes, found):
                books.settle(change, state)
    books.uncertain.clear()


def compare(service, books, keys=None):
    """Everything that stands, or `keys` of it, and every sum.

    - Raises: `Broken` with what was acknowledged and what was found.
    """
    wrong = []
    with service.connect() as connection:
        _compare_sequence(connection, books, wrong)
        for key in books.stands if keys is None else keys:
            expected = books.stands.get(key)
            found = _told(connection, books, key, expected)
            if found != expected:
                wrong.append(f"{key}: expected {expected}, found {found}")
            if len(wrong) > SHOWN_MAX:
                break
        for key in books.absent if keys is None else ():
            if key not in books.stands and _get(connection, _path(key)) is not None:
                wrong.append(f"{key}: refused or never answered and not there, and now it is there")
        stamps = [number for number, _ in books.stamps.values()]
        if len(set(stamps)) != len(stamps):
            wrong.append("two events have one sequence")
        _compare_sums(connection, books, wrong)
    if wrong:
        raise Broken("\n".join(wrong))


def compare_some(service, books, random, fresh):
    """What is new, some of the rest, and every sum."""
    keys = set(fresh)
    old = list(books.stands)
    keys.update(random.sample(old, min(SAMPLE, len(old))))
    absent = list(books.absent)
    keys.update(random.sample(absent, min(SAMPLE, len(absent))))
    compare(service, books, keys)


def keys_of(operations):
    return {key for operation in operations
            for key in (*operation.refused, *(change.key for change in operation.changes))}


def _state(connection, books, change):
    """What is there of a key of which it is not known."""
    return _told(connection, books, change.key, change.after)


def _told(connection, books, key, like):
    """What the service has under a key, in the books' own words."""
    said = _get(connection, _path(key))
    if said is None:
        return None
    if "statements" in said:
        return _statement(said, key)
    if "reverses" in said:
        _stamp(books, key, said)
        return Reversal(said["reverses"])
    state = Event(
        said["version"], said["patient"], said["commissioner"] if said["attribution"] == "stated" else None,
        said["setting"], said["serviceDate"], said["amountPence"], said["kind"], said["reversedBy"])
    if state == like and state == books.stands.get(key):
        _stamp(books, key, said)
        whose = books.commissioner(state)
        if (said["commissioner"], said["attribution"]) != whose:
            raise Broken(f"{key} belongs to {whose}, found {said}")
    if said["provider"] != "RRK" or said["source"] != SOURCE or said["id"] != key:
        raise Broken(f"{key} was sent with the provider RRK, found {said}")
    return state


def _statement(said, key):
    statements = said["statements"]
    if said["patient"] != key or len(statements) != 1 or statements[0]["from"] != "2015-04-01":
        raise Broken(f"{key}: one statement from 2015-04-01 was made, found {said}")
    return Statement(statements[0]["commissioner"], said["born"])


def _stamp(books, key, said):
    stamp = (said["sequence"], said["recordedAt"])
    if books.stamps.setdefault(key, stamp) != stamp:
        raise Broken(f"{key} was recorded as {books.stamps[key]}, found {stamp}")


def _path(key):
    # A patient is ten digits; an event's id has a hyphen.
    return f"/v1/patients/{key}" if key.isdigit() else f"/v1/cost-events/{SOURCE}/{key}"


def _get(connection, path):
    answer = connection.get(path)
    if answer.status == 404:
        return None
    if answer.status != 200:
        raise Broken(f"{path}: {answer.status} {answer.body!r}")
    return json.loads(answer.body)


def _compare_sequence(connection, books, wrong):
    found = sequence(connection.get("/v1/commissioners"))
    if found < books.last_sequence:
        wrong.append(f"sequence {books.last_sequence} was told, and the ledger is at {found}")
    books.last_sequence = max(books.last_sequence, found)


def _compare_sums(connection, books, wrong):
    said = _get(connection, f"/v1/totals?year={YEAR}")
    sums, people = books.sums(), books.people()
    nothing = (0, 0, 0, {})
    found = {row["commissioner"]: row for row in said["commissioners"]}
    for code in COMMISSIONERS if books.is_founded else ():
        _compare_cost(code, found[code]["cost"], sums.get(code, nothing), wrong)
        if found[code]["population"]["people"] != people.get(code, 0):
            wrong.append(f"{code}: {people.get(code, 0)} people, found {found[code]['population']}")
    _compare_cost("nobody", said["unattributed"]["cost"], sums.get(None, nothing), wrong)
    everybody = {setting: sum(each[3].get(setting, 0) for each in sums.values()) for setting in SETTINGS}
    total = (*(sum(each[place] for each in sums.values()) for place in range(3)), everybody)
    _compare_cost("everybody", said["total"]["cost"], total, wrong)
    position = _get(connection, f"/v1/reconciliation?year={YEAR}")["position"]
    if position != "agrees":
        wrong.append(f"the reconciliation of {YEAR} {position}")


def _compare_cost(whose, cost, expected, wrong):
    pence, credits, events, settings = expected
    settings = {setting: settings.get(setting, 0) for setting in SETTINGS}
    found = (cost["totalPence"], cost["creditsPence"], cost["events"], cost["bySetting"])
    if found != (pence, credits, events, settings):
        wrong.append(f"the sums of {whose}: expected {(pence, credits, events, settings)}, found {found}")


def _difference(what, operation, found):
    lines = [f"{what}, of {operation.path}:"]
    for change, state in list(zip(operation.changes, found))[:SHOWN_MAX]:
        lines.append(f"  {change.key}: before {change.before}, sent {change.after}, found {state}")
    return "\n".join(lines)
