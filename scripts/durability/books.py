"""What a client knows to be in the ledger: plain dictionaries, plain integers."""

from typing import NamedTuple, Optional

SETTINGS = (
    "primary", "secondary", "community", "social", "mental-health", "prescribing", "continuing-care", "specialised",
    "public-health",
)
SOURCE = "soak"
YEAR = "2015-16"


class Event(NamedTuple):
    """A cost or credit as it stands."""

    version: int
    patient: str
    stated: Optional[str]
    setting: str
    service_date: str
    amount: int
    kind: str
    reversed_by: Optional[str] = None

    @property
    def signed(self):
        return -self.amount if self.kind == "credit" else self.amount


class Reversal(NamedTuple):
    original: str


class Statement(NamedTuple):
    """A registration, for good, from before the year."""

    commissioner: str
    born: str


class Change(NamedTuple):
    """Of one key: an event's id, or a patient. None is what is not there."""

    key: str
    before: object
    after: object


class Books:
    """Every key at most once in a round, so that before and after are all that an unanswered request can leave."""

    def __init__(self):
        self.stands = {}
        # Refused, or sent without effect: these must never be there.
        self.absent = set()
        self.uncertain = []
        # Sequence and instant of each event, as first told. They never change.
        self.stamps = {}
        self.last_sequence = 0
        # Whether the commissioners have been told.
        self.is_founded = False

    def acknowledge(self, operation):
        for change in operation.changes:
            self._set(change.key, change.after)
        self.absent.update(operation.refused)

    def refuse(self, operation):
        self.absent.update(change.key for change in operation.changes if change.before is None)
        self.absent.update(operation.refused)

    def doubt(self, operation):
        self.uncertain.append(operation)
        self.absent.update(operation.refused)

    def settle(self, change, state):
        """What an unanswered request has left."""
        self._set(change.key, state)

    def _set(self, key, state):
        if isinstance(self.stands.get(key), Event) and isinstance(state, Event):
            if state.version != self.stands[key].version:
                self.stamps.pop(key, None)
        if state is None:
            self.stands.pop(key, None)
            self.absent.add(key)
        else:
            self.stands[key] = state

    def commissioner(self, event):
        """Whose an event is, and by what."""
        if event.stated:
            return event.stated, "stated"
        statement = self.stands.get(event.patient)
        return (statement.commissioner, "registered") if statement else (None, "unattributed")

    def sums(self):
        """By commissioner, None for nobody: pence, credits, events, pence by setting."""
        sums = {}
        for state in self.stands.values():
            if isinstance(state, Event) and state.reversed_by is None:
                code, _ = self.commissioner(state)
                pence, credit, events, settings = sums.get(code, (0, 0, 0, {}))
                settings = {**settings, state.setting: settings.get(state.setting, 0) + state.signed}
                sums[code] = (pence + state.signed, credit + min(state.signed, 0), events + 1, settings)
        return sums

    def people(self):
        """By commissioner, how many are registered."""
        people = {}
        for state in self.stands.values():
            if isinstance(state, Statement):
                people[state.commissioner] = people.get(state.commissioner, 0) + 1
        return people

    def originals(self, random, count):
        """Some events that a reversal or a new version may meet."""
        free = [key for key, state in self.stands.items() if isinstance(state, Event) and not state.reversed_by]
        return random.sample(free, min(count, len(free)))
