"""What the disk itself does: the bound of everything durable."""

import os
import time
from typing import NamedTuple

from .spread import percentile

APPEND_BYTES = 4096
PIECE_BYTES = 1 << 20


class Appends(NamedTuple):
    per_second: float
    p50_microseconds: float
    p99_microseconds: float


def synced_appends(directory, seconds):
    """Appends 4 KiB and syncs, one after the other, for `seconds`."""
    block = os.urandom(APPEND_BYTES)
    taken = []
    with _file(directory) as file:
        began = now = time.perf_counter()
        while now - began < seconds:
            os.write(file.fileno(), block)
            os.fdatasync(file.fileno())
            before, now = now, time.perf_counter()
            taken.append(now - before)
    return Appends(
        per_second=len(taken) / (now - began),
        p50_microseconds=percentile(taken, 50) * 1_000_000,
        p99_microseconds=percentile(taken, 99) * 1_000_000,
    )


def sequential_write_seconds(directory, byte_count, syncs):
    """Writes `byte_count` bytes one behind the other, synced `syncs` times at equal distances and at the end."""
    piece = os.urandom(min(PIECE_BYTES, -(-byte_count // syncs)))
    pieces = -(-byte_count // len(piece))
    synced = 0
    with _file(directory) as file:
        began = time.perf_counter()
        for number in range(1, pieces + 1):
            os.write(file.fileno(), piece)
            if number * syncs // pieces > synced:
                os.fdatasync(file.fileno())
                synced += 1
        return time.perf_counter() - began


def read_seconds(paths):
    """Reads the files from beginning to end, from memory if they are still there."""
    buffer = bytearray(PIECE_BYTES)
    began = time.perf_counter()
    for path in paths:
        with open(path, "rb", buffering=0) as file:
            while file.readinto(buffer):
                pass
    return time.perf_counter() - began


class _file:
    """A new file in the directory, gone at the end of its block."""

    def __init__(self, directory):
        self.path = directory / "disk-bound"

    def __enter__(self):
        self.file = open(self.path, "wb", buffering=0)
        return self.file

    def __exit__(self, *_):
        self.file.close()
        self.path.unlink()
