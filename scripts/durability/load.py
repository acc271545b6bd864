"""Several connections that write at once, and what each of them was told."""

import json
import threading
from random import Random
from typing import NamedTuple, Optional

from benchmarks.wire import Answer, Connection

from .books import YEAR
from .operations import COMMISSIONERS, PATIENTS, Maker, patient_number
from .run import Broken

WRITERS = 6
ORIGINALS_FOR_A_WRITER = 20
PATIENTS_FOR_A_WRITER = 5
# The service says of these that nothing was booked. Any other 503 leaves it open.
NOTHING_BOOKED = ("queue-full", "replaying")


class Sent(NamedTuple):
    operation: object
    answer: Optional[Answer]

    @property
    def is_acknowledged(self):
        return self.answer is not None and self.answer.status in (200, 201)


class Known(NamedTuple):
    answers: list
    shown: int


class Writer(threading.Thread):
    def __init__(self, port, maker):
        super().__init__(daemon=True)
        self.port = port
        self.maker = maker
        self.sent = []
        self.is_ending = False
        self.broken = None

    def run(self):
        try:
            with Connection(self.port) as connection:
                while not self.is_ending:
                    self._send(connection, self.maker.next())
        except OSError:
            # The service has gone; the last request is without an answer.
            pass
        except Broken as broken:
            self.broken = broken

    def _send(self, connection, operation):
        place = len(self.sent)
        self.sent.append(Sent(operation, None))
        answer = connection.post(operation.path, operation.content_type, operation.body)
        self.sent[place] = Sent(operation, answer)
        if answer.status == 503:
            self.is_ending = True
        else:
            expect(operation, answer)


class Reader(threading.Thread):
    """Asks for totals all the time: what they have shown has to be there for ever."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port = port
        self.shown = 0
        self.is_ending = False

    def run(self):
        try:
            with Connection(self.port) as connection:
                while not self.is_ending:
                    answer = connection.get(f"/v1/totals?year={YEAR}")
                    if answer.status == 200:
                        self.shown = sequence(answer)
        except OSError:
            pass


class Load:
    """Runs until it is ended or the service has gone."""

    def __init__(self, service, books, random, name):
        originals = books.originals(random, WRITERS * ORIGINALS_FOR_A_WRITER)
        patients = [number for number in map(patient_number, random.sample(range(PATIENTS), 200))
                    if number not in books.stands and number not in books.absent]
        self.writers = []
        for index in range(WRITERS):
            maker = Maker(
                f"{name}-{index}", Random(random.random()), books, originals[index::WRITERS],
                patients[index::WRITERS][:PATIENTS_FOR_A_WRITER])
            self.writers.append(Writer(service.port, maker))
        self.reader = Reader(service.port)
        for thread in (*self.writers, self.reader):
            thread.start()

    @property
    def count(self):
        """Requests that were acknowledged so far."""
        return sum(sent.is_acknowledged for writer in self.writers for sent in list(writer.sent))

    def known(self):
        """What clients have been told by now: how many requests of each writer, and what the reader was shown."""
        shown = self.reader.shown
        return Known([sum(sent.answer is not None for sent in list(writer.sent)) for writer in self.writers], shown)

    def end(self):
        for writer in self.writers:
            writer.is_ending = True
        self.join()

    def join(self):
        self.reader.is_ending = True
        self.reader.join(120)
        for writer in self.writers:
            writer.join(120)
            if writer.is_alive():
                raise Broken("a request has waited for two minutes, and the service has neither answered nor gone")
            if writer.broken:
                raise writer.broken

    def note(self, books, known=None):
        """Enters what was sent. `known`: only this binds, as after a power cut."""
        known = known or self.known()
        books.last_sequence = max(books.last_sequence, known.shown)
        for index, writer in enumerate(self.writers):
            binding = known.answers[index]
            for place, sent in enumerate(writer.sent):
                enter(books, sent, binds=place < binding)


def enter(books, sent, binds=True):
    """Takes over into the books what an answer has promised; without one anything may have happened."""
    answer, operation = sent.answer, sent.operation
    if sent.is_acknowledged and binds:
        books.acknowledge(operation)
        told = json.loads(answer.body)
        books.last_sequence = max(books.last_sequence, told["sequence"])
        if "recordedAt" in told:
            books.stamps[told["id"]] = (told["sequence"], told["recordedAt"])
    elif answer is None or not binds or (answer.status == 503 and _code(answer) not in NOTHING_BOOKED):
        books.doubt(operation)
    else:
        books.refuse(operation)


def expect(operation, answer):
    told = json.loads(answer.body)
    wrong = {name: told.get(name) for name, value in operation.reply.items() if told.get(name) != value}
    if answer.status != operation.status or wrong:
        raise Broken(
            f"expected {operation.status} with {operation.reply} of\n{operation.body[:2000]!r}\n"
            f"got {answer.status}\n{answer.body[:2000]!r}")


def found_ledger(service, books):
    """The two commissioners, told once."""
    with service.connect() as connection:
        for code in COMMISSIONERS:
            answer = connection.put(
                f"/v1/commissioners/{code}", "application/json", f'{{"name":"NHS {code}","kind":"ccg"}}'.encode())
            if answer.status != 201:
                raise Broken(f"expected 201 of a new commissioner, got {answer.status} {answer.body!r}")
            books.last_sequence = sequence(answer)
    books.is_founded = True


def sequence(answer):
    """The ledger's, when it answered."""
    return int(next(value for name, value in answer.fields if name.lower() == "chequebook-sequence"))


def _code(answer):
    return json.loads(answer.body).get("code")
