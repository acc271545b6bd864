"""Every call to the kernel on which durability rests, failing in turn: while the service starts, and under load."""

import shutil
import signal

from . import comparison, failing, filler, strace, torn
from .books import Books
from .load import found_ledger
from .operations import Maker, patient_number
from .run import Broken, progress
from .service import Service
from .strace import KILL, Injection

# A sweep ends where the call is not reached any more, and here at the latest.
NTH_MAX = 30
IO_ERRORS = ("EIO", "ENOSPC", "EDQUOT", KILL)

# By what is there before the start.
STARTS = {
    "new": {"openat": ("EIO", KILL), "pwrite64": IO_ERRORS, "fsync": ("EIO", KILL), "rename": IO_ERRORS,
            "fallocate": ("ENOSPC", "EDQUOT", KILL), "fdatasync": ("EIO", "EDQUOT", KILL),
            "ftruncate": ("EIO", KILL)},
    "used": {"openat": ("EIO", "EROFS", KILL), "pwrite64": IO_ERRORS, "fdatasync": ("EIO", "EDQUOT", KILL),
             "pread64": ("EIO", KILL)},
    "torn": {"openat": ("EIO", KILL), "pwrite64": IO_ERRORS, "fdatasync": ("EIO", KILL), "fsync": ("EIO", KILL),
             "rename": ("ENOSPC", KILL)},
}
LOADS = {
    "used": {"pwrite64": ("EIO", "ENOSPC", "EDQUOT", "EROFS", "EFBIG", KILL),
             "fdatasync": ("EIO", "ENOSPC", "EDQUOT", KILL)},
    "full segment": {"openat": ("EIO", "EMFILE", KILL), "fallocate": ("ENOSPC", "EDQUOT", "EIO", KILL),
                     "fsync": ("EIO", "ENOSPC", KILL), "rename": ("EIO", "ENOSPC", KILL),
                     "pwrite64": IO_ERRORS, "fdatasync": ("EIO", "EDQUOT", KILL)},
}
QUICK_STARTS = {"used": {"fdatasync": ("EIO", KILL)}, "torn": {"pwrite64": (KILL,)}}
QUICK_LOADS = {"used": {"pwrite64": ("ENOSPC", "EDQUOT", KILL), "fdatasync": ("EIO",)}}
QUICK_NTH_MAX = 2


def prove(run, is_quick):
    strace.require()
    prover = Prover(run, QUICK_NTH_MAX if is_quick else NTH_MAX)
    for state, calls in (QUICK_STARTS if is_quick else STARTS).items():
        prover.sweep(state, calls, prover.at_start)
    for state, calls in (QUICK_LOADS if is_quick else LOADS).items():
        prover.sweep(state, calls, prover.under_load)
    return prover.told


class Prover:
    def __init__(self, run, nth_max):
        self.run = run
        self.nth_max = nth_max
        self.states = {}
        self.reached = self.killed = self.refused = self.read_only = 0
        self.output = run.directory / "strace.out"

    @property
    def told(self):
        return (
            f"{self.reached} calls failed: {self.refused} starts refused with a reason, {self.read_only} times reads "
            f"alone served, {self.killed} times ended by the call; never a false acknowledgement, nothing lost")

    def sweep(self, state, calls, attempt):
        for call, effects in calls.items():
            for effect in effects:
                for nth in range(1, self.nth_max + 1):
                    injection = Injection(call, effect, nth)
                    progress(f"{state}, {attempt.__name__.replace('_', ' ')}: {injection}")
                    try:
                        is_reached = attempt(state, injection)
                    except Broken as broken:
                        raise Broken(
                            f"{state}, {attempt.__name__.replace('_', ' ')}, {injection}:\n{broken}") from broken
                    finally:
                        self.output.unlink(missing_ok=True)
                    if not is_reached:
                        break
                    self.reached += 1

    def at_start(self, state, injection):
        data, books, random = self._copy(state)
        names = ["", "lock", "identity", "identity.new", *torn.names(data)]
        service = Service(self.run, data, [
            # As the grandchild of the process, so that what is waited for is the service itself.
            *injection.words(self.output, [data / name if name else data for name in names]), "-D"])
        service.spawn()
        try:
            if service.becomes_ready():
                strace.detach(service.process)
                comparison.settle(service, books)
                comparison.compare(service, books)
                is_reached = injection.effect != KILL and strace.was_reached(self.output, injection)
            elif service.process.returncode == -signal.SIGKILL and injection.effect == KILL:
                is_reached = True
                self.killed += 1
            else:
                service.expect_reason()
                is_reached = True
                self.refused += 1
        finally:
            service.__exit__()
        self._recover(data, books, random)
        return is_reached

    def under_load(self, state, injection):
        data, books, random = self._copy(state)
        with Service(self.run, data) as service:
            operations = self._operations(state, books, random)
            with strace.Attached(injection, service.process, self.output):
                answers = failing.write(service, books, operations)
                is_reached = strace.was_reached(self.output, injection)
                has_failed = any(answer.status == 503 for answer in answers)
                if injection.effect == KILL:
                    if is_reached:
                        service.process.wait(20)
                        self.killed += 1
                    elif len(answers) < len(operations):
                        raise Broken(f"the service has gone by itself:\n{service.printed}")
                elif is_reached != has_failed and not (is_reached and strace.was_beside_writing(self.output)):
                    raise Broken(f"the call {'failed' if is_reached else 'did not fail'}, and the answers are "
                                 f"{[answer.status for answer in answers]}")
                elif has_failed:
                    failing.expect_read_only(service, books, random, "late")
                    self.read_only += 1
            if service.process.poll() is None:
                service.stop()
        self._recover(data, books, random)
        return is_reached

    def _operations(self, state, books, random):
        maker = Maker("load", random, books, books.originals(random, 6), [patient_number(1)])
        some = [maker.single(), maker.lines(), maker.atomic(), maker.reversal(), maker.registration(),
                maker.replacement()]
        return some + [maker.single(), maker.atomic()] * (state == "full segment")

    def _recover(self, data, books, random):
        with Service(self.run, data) as service:
            if not books.is_founded:
                found_ledger(service, books)
            failing.expect_recovered(service, books, random, "after")
            service.stop()
        shutil.rmtree(data)

    def _copy(self, state):
        """A directory in this state, the books of it, and a generator that draws the same each time."""
        if state not in self.states:
            self.states[state] = self._make(state)
        directory, make_books = self.states[state]
        data = self.run.directory / "data"
        shutil.copytree(directory, data)
        return data, make_books(), self.run.random(state)

    def _make(self, state):
        directory = self.run.directory / state.replace(" ", "-")
        directory.mkdir()
        if state == "new":
            return directory, Books
        books = Books()
        random = self.run.random("state", state)
        with Service(self.run, directory) as service:
            found_ledger(service, books)
            maker = Maker("first", random, books, [], [patient_number(0)])
            failing.write(service, books, [maker.single(), maker.lines(), maker.atomic(), maker.registration()])
            if state == "full segment":
                filler.fill_segment(service, books)
            last = maker.atomic()
            if state == "torn":
                failing.write(service, Books(), [last])
            service.kill()
        if state == "torn":
            torn.tear(directory)
            books.doubt(last)
        return directory, lambda: _copied(books)


def _copied(books):
    copy = Books()
    copy.stands, copy.absent, copy.uncertain = dict(books.stands), set(books.absent), list(books.uncertain)
    copy.stamps, copy.last_sequence, copy.is_founded = dict(books.stamps), books.last_sequence, books.is_founded
    return copy
