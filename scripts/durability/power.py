"""Power cuts: what the journal's disk holds at a moment under load is all that the next start finds.

The journal is on an ext4 in a file, and that file on another one. Freezing the outer one holds the inner disk still, at
whatever the inner file system has given to it until then; what is only in memory is not in the copy.
"""

import shutil
import subprocess
import time

from . import comparison, disks, failing
from .books import Books
from .load import Load, found_ledger
from .run import Broken, Skipped, progress
from .service import Service

INNER_MEBIBYTES = 320
OUTER_MEBIBYTES = 1024


def prove(run, cuts):
    if shutil.which("fsfreeze") is None:
        raise Skipped("fsfreeze is not there")
    random = run.random("power")
    books = Books()
    acknowledged = doubtful = 0
    image = disks.format_image(run.directory / "outer.img", OUTER_MEBIBYTES)
    with disks.in_file(run.directory / "outer", image) as outer:
        disk_file = disks.format_image(outer.path / "inner.img", INNER_MEBIBYTES)
        cut = run.directory / "cut.img"
        for number in range(1, cuts + 1):
            progress(f"power cut {number} of {cuts}")
            with disks.in_file(run.directory / "inner", disk_file) as inner:
                data = inner.path / "journal"
                with Service(run, data) as service:
                    _look(service, books, random, number)
                    load = Load(service, books, random, f"p{number}")
                    time.sleep(random.uniform(0.2, 1.0))
                    known = load.known()
                    _copy_still(outer, disk_file, cut)
                    service.kill()
                    load.join()
                acknowledged += sum(known.answers)
                load.note(books, known)
                doubtful += len(books.uncertain)
                inner.unmount()
            disks.command("cp", "--sparse=always", cut, disk_file)
        with disks.in_file(run.directory / "inner", disk_file) as inner:
            with Service(run, inner.path / "journal") as service:
                _look(service, books, random, cuts + 1)
                failing.expect_recovered(service, books, random, "after")
                service.stop()
    return (
        f"{cuts} power cuts, {acknowledged} requests answered before them and {len(books.stands)} keys there, nothing "
        f"lost; {doubtful} were sent or answered during a cut")


def _look(service, books, random, number):
    if number == 1:
        found_ledger(service, books)
        return
    try:
        fresh = comparison.keys_of(books.uncertain)
        comparison.settle(service, books)
        comparison.compare_some(service, books, random, fresh | set(list(books.stands)[-2_000:]))
    except Broken as broken:
        raise Broken(f"after power cut {number - 1}: {broken}") from broken


def _copy_still(outer, disk_file, copy):
    try:
        disks.command("fsfreeze", "--freeze", outer.path)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skipped(f"a file system cannot be frozen here: {disks.said(error)}") from error
    try:
        disks.command("cp", "--sparse=always", disk_file, copy)
    finally:
        disks.command("fsfreeze", "--unfreeze", outer.path)
