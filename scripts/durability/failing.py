"""How a service has to behave whose journal takes no more: it says so, promises nothing, and serves what is durable."""

import json

from . import comparison
from .books import Books
from .load import Sent, enter, expect
from .operations import Maker
from .run import Broken


def expect_read_only(service, books, random, name):
    """Everything that can be said and asked while it stands; nothing that is refused now may ever be there."""
    status, word, journal, reason = service.journal_status()
    if (status, word, journal) != (503, "fail", "fail") or not reason:
        raise Broken(f"the journal takes no more, and /_status says {status} {word}: {journal}, {reason!r}")
    maker = Maker(name, random, books, [], [])
    with service.connect() as connection:
        for operation in (maker.single(), maker.lines(), maker.atomic()):
            answer = connection.post(operation.path, operation.content_type, operation.body)
            code = json.loads(answer.body).get("code")
            if (answer.status, code) != (503, "journal-unavailable"):
                raise Broken(f"a write to a journal that takes no more: expected 503, got {answer.status} {code}")
            books.refuse(operation)
        if connection.get("/_ping").status != 200:
            raise Broken("the process does not answer /_ping")
    # What was being written when it failed is in no answer and in no sum.
    unknown = {change.key for operation in books.uncertain for change in operation.changes}
    expected = Books()
    expected.stands, expected.stamps, expected.last_sequence = books.stands, books.stamps, books.last_sequence
    expected.is_founded = True
    fresh = list(books.stands)[-comparison.SAMPLE:]
    comparison.compare_some(service, expected, random, unknown.union(fresh))


def expect_recovered(service, books, random, name):
    """The next start without the fault: nothing is missing, nothing too much, and writes work."""
    comparison.settle(service, books)
    comparison.compare(service, books)
    maker = Maker(name, random, books, books.originals(random, 4), [])
    write(service, books, [maker.single(), maker.atomic(), maker.reversal()])
    if books.uncertain:
        raise Broken("the fault has gone, and a write is not acknowledged")
    comparison.compare_some(service, books, random, ())


def write(service, books, operations):
    """One after the other, up to the first without an answer or with a 503; what was answered."""
    answers = []
    try:
        with service.connect() as connection:
            for operation in operations:
                answer = None
                try:
                    answer = connection.post(operation.path, operation.content_type, operation.body)
                finally:
                    enter(books, Sent(operation, answer))
                answers.append(answer)
                if answer.status == 503:
                    break
                expect(operation, answer)
    except OSError:
        pass
    return answers
