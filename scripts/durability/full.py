"""Disks that take no more: full, limited in the size of files, gone read-only."""

import resource
import subprocess
import time

from . import comparison, disks, failing, filler, torn
from .books import Books
from .load import Load, found_ledger
from .run import Broken, Skipped, progress
from .service import Service

# Two segments and some more, so that the third one does not fit.
SMALL_MEBIBYTES = 64 + 64 + 40
LARGE_MEBIBYTES = 512
SECONDS_MAX = 120


def prove(run, is_quick):
    proved, skipped = [], []
    count = 1 if is_quick else 10
    for what, attempt in (
        ("a full disk", lambda: _full(run)),
        (f"{count} limits on the size of files", lambda: [_limited(run, number) for number in range(count)]),
        (f"{count} file systems that broke and went read-only",
         lambda: [_broken(run, number) for number in range(count)]),
    ):
        progress(what)
        try:
            attempt()
            proved.append(what)
        except Skipped as reason:
            skipped.append(f"; SKIPPED {what}: {reason}")
        except Broken as broken:
            raise Broken(f"{what}: {broken}") from broken
    return f"{', '.join(proved)}: refused, said so, read on, nothing lost{''.join(skipped)}"


def _full(run):
    random = run.random("full")
    books = Books()
    with disks.in_memory(run.directory / "memory", SMALL_MEBIBYTES) as disk:
        data = disk.path / "full"
        with Service(run, data) as service:
            found_ledger(service, books)
            load = Load(service, books, random, "full")
            filling = Books()
            deadline = time.monotonic() + SECONDS_MAX
            while service.journal_status()[2] == "pass":
                failing.write(service, filling, filler.lists(filling, 4))
                if time.monotonic() > deadline:
                    raise Broken("the disk was never full")
            _note_failure(service, load, books)
            books.stands.update(filling.stands)
            failing.expect_read_only(service, books, random, "late")
            service.stop()
        # As it is a start may work or not; it must not make anything worse.
        service.spawn()
        if service.becomes_ready():
            comparison.settle(service, books)
            comparison.compare(service, books)
            service.stop()
        else:
            service.expect_reason()
        disk.remount(f"size={LARGE_MEBIBYTES}m")
        _recover(run, data, books, random)


def _limited(run, number):
    random = run.random("limited", number)
    books = Books()
    data = run.directory / f"limited-{number}"
    with Service(run, data) as service:
        found_ledger(service, books)
        load = Load(service, books, random, f"l{number}")
        time.sleep(0.2)
        # Not a whole page, so that a write ends in its middle.
        limit = torn.end_of_data(torn.segments(data)[-1]) + random.randrange(1, 400_000)
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        _note_failure(service, load, books)
        failing.expect_read_only(service, books, random, "late")
        service.stop()
    _recover(run, data, books, random)


def _broken(run, number):
    random = run.random("broken", number)
    books = Books()
    image = disks.format_image(run.directory / f"broken-{number}.img", LARGE_MEBIBYTES)
    with disks.in_file(run.directory / f"broken-{number}", image) as disk:
        trigger = f"/sys/fs/ext4/{disks.device(disk.path).rsplit('/', 1)[1]}/trigger_fs_error"
        data = disk.path / "journal"
        with Service(run, data) as service:
            found_ledger(service, books)
            load = Load(service, books, random, f"b{number}")
            time.sleep(random.uniform(0.1, 0.4))
            try:
                with open(trigger, "w", encoding="ascii") as file:
                    file.write("a fault made by scripts/soak")
            except OSError as error:
                load.end()
                raise Skipped(f"this kernel breaks no ext4 when asked: {error}") from error
            _note_failure(service, load, books)
            failing.expect_read_only(service, books, random, "late")
            service.stop()
        service.spawn()
        if service.becomes_ready():
            raise Broken("the service serves a journal that it cannot write")
        service.expect_reason()
        disk.unmount()
        _repair(image)
        disk.mount()
        _recover(run, data, books, random)


def _repair(image):
    try:
        disks.command("e2fsck", "-p", "-f", image)
    except subprocess.CalledProcessError as error:
        # 1 is: something was put right.
        if error.returncode != 1:
            raise Broken(f"e2fsck: {disks.said(error)}") from error


def _note_failure(service, load, books):
    """Every writer has to be refused at last, and none must wait for ever."""
    load.join()
    load.note(books)
    if not any(sent.answer is not None and sent.answer.status == 503
               for writer in load.writers for sent in writer.sent):
        raise Broken(f"no write was refused; the service says {service.journal_status()}")


def _recover(run, data, books, random):
    with Service(run, data) as service:
        failing.expect_recovered(service, books, random, "after")
        service.stop()
