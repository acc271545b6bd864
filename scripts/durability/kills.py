"""Kills the service under load, again and again, and looks at what the next one finds."""

import time

from . import comparison
from .books import Books
from .load import Load, found_ledger
from .run import Broken, progress
from .service import Service


def prove(run, kills):
    random = run.random("kills")
    data = run.new_directory("killed")
    books = Books()
    with Service(run, data) as service:
        found_ledger(service, books)
        service.stop()
    acknowledged = doubtful = kept = 0
    for number in range(1, kills + 1):
        progress(f"kill {number} of {kills}")
        with Service(run, data) as service:
            load = Load(service, books, random, f"k{number}")
            time.sleep(random.uniform(0.005, 0.25))
            service.kill()
            load.join()
        acknowledged += load.count
        load.note(books)
        operations = [sent.operation for writer in load.writers for sent in writer.sent]
        unanswered = list(books.uncertain)
        with Service(run, data) as service:
            try:
                comparison.settle(service, books)
                comparison.compare_some(service, books, random, comparison.keys_of(operations))
            except Broken as broken:
                raise Broken(f"after kill {number}: {broken}") from broken
            # Half of the starts follow a clean stop, half another kill.
            if random.random() < 0.5:
                service.stop()
        doubtful += len(unanswered)
        kept += sum(any(books.stands.get(change.key) == change.after for change in operation.changes)
                    for operation in unanswered)
    with Service(run, data) as service:
        comparison.compare(service, books)
        service.stop()
    if acknowledged < kills:
        raise Broken(f"only {acknowledged} requests were acknowledged between {kills} kills: that proves nothing")
    return (
        f"{kills} kills, {acknowledged} requests acknowledged and {len(books.stands)} keys there, nothing lost; "
        f"of {doubtful} without an answer {kept} are there and {doubtful - kept} are not")
