"""A client that asks for the same page at a steady pace and notes how long each answer took."""

import threading
import time
from typing import NamedTuple

from .spread import percentile
from .wire import Connection

INTERVAL_SECONDS = 0.002


class Latencies(NamedTuple):
    count: int
    p50_microseconds: float
    p99_microseconds: float


class Poller:
    """Asks from a thread of its own for as long as its `with` block lasts."""

    def __init__(self, port, path):
        self._port = port
        self._path = path
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._poll)
        self._taken = []
        self._failure = None

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._ended.set()
        self._thread.join()
        if kind is None and (self._failure or not self._taken):
            raise SystemExit(f"bench: reads of {self._path} failed: {self._failure}")

    @property
    def latencies(self):
        return Latencies(
            count=len(self._taken),
            p50_microseconds=percentile(self._taken, 50) * 1_000_000,
            p99_microseconds=percentile(self._taken, 99) * 1_000_000,
        )

    def _poll(self):
        try:
            with Connection(self._port) as connection:
                while not self._ended.is_set():
                    began = time.perf_counter()
                    status = connection.get(self._path).status
                    taken = time.perf_counter() - began
                    if status != 200:
                        raise ValueError(f"status {status}")
                    self._taken.append(taken)
                    time.sleep(max(0, INTERVAL_SECONDS - taken))
        except (OSError, ValueError) as error:
            self._failure = error
