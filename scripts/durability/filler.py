"""Lists that are sent again and again: they change nothing and fill the journal, since repeats are written too."""

from . import failing, torn
from .books import SOURCE, Change, Event
from .operations import EVENTS, JSON, LINES, Operation

LIST_LENGTH = 20_000
# A commit fills whole pages.
PAGE_BYTES = 4096
ROOM_PAGES = 4
EVENT = Event(1, "9990000018", "15E", "secondary", "2015-06-02", 7, "cost")
KEY = "filler-1"


def lists(books, count):
    line = _line() + b"\n"
    repeat = Operation(EVENTS, LINES, line * LIST_LENGTH, (), reply={"duplicates": LIST_LENGTH})
    if KEY in books.stands:
        return [repeat] * count
    first = Operation(EVENTS, LINES, line, (Change(KEY, None, EVENT),), reply={"posted": 1})
    return [first] + [repeat] * (count - 1)


def _line():
    return (
        f'{{"source":"{SOURCE}","id":"{KEY}","patient":"{EVENT.patient}","commissioner":"{EVENT.stated}",'
        f'"setting":"{EVENT.setting}","serviceDate":"{EVENT.service_date}","amountPence":{EVENT.amount},'
        '"provider":"RRK"}').encode()


def fill_segment(service, books):
    """Until only a few commits more fit in the first segment. Of one event each, so that a start reads few records."""
    segment = torn.segments(service.data)[0]
    failing.write(service, books, lists(books, 1))
    repeat = Operation(EVENTS, JSON, _line(), (), reply={"outcome": "duplicate"})
    while (room := segment.stat().st_size - torn.end_of_data(segment)) > ROOM_PAGES * PAGE_BYTES:
        failing.write(service, books, [repeat] * max(1, room // PAGE_BYTES - ROOM_PAGES))
