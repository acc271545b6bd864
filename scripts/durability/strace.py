"""Faults that the kernel is made to report to the service, by strace: a call fails, or the process ends at it."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from .run import Broken, Skipped

SECONDS_MAX = 20
KILL = "KILL"


class Injection(NamedTuple):
    call: str
    # The name of an errno, or KILL for the end of the process at this call.
    effect: str
    # Which call of its kind, counted from 1 in each thread.
    nth: int

    def __str__(self):
        return f"{self.call} {self.nth} {self.effect}"

    def words(self, output, paths=()):
        what = f"signal={KILL}" if self.effect == KILL else f"error={self.effect}"
        # With -I1 it can be told to let go; by itself it heeds no signal while the program runs.
        words = ["strace", "-f", "-y", "-I1", "-o", str(output), "-e", f"trace={self.call}",
                 "-e", f"inject={self.call}:{what}:when={self.nth}"]
        for path in paths:
            words += ["-P", str(path)]
        return words


class Attached:
    """From when the service runs; `with` detaches if it has not ended."""

    def __init__(self, injection, process, output):
        self.output = output
        self.messages = output.with_suffix(".messages")
        with open(self.messages, "wb") as messages:
            self.process = subprocess.Popen(
                [*injection.words(output), "-p", str(process.pid)], stdout=messages, stderr=messages)

    def __enter__(self):
        deadline = time.monotonic() + SECONDS_MAX
        while "attached" not in self.messages.read_text():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Skipped(f"strace cannot attach here: {self.messages.read_text().strip()}")
            time.sleep(0.002)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()


def detach(process):
    """Lets go of a process that strace has started with -D, so that no more calls of it fail."""
    tracer = _tracer(process.pid)
    if tracer:
        os.kill(tracer, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_MAX
    while _tracer(process.pid):
        if time.monotonic() > deadline:
            raise Broken("strace does not let go of the service")
        time.sleep(0.002)


def _tracer(pid):
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"^TracerPid:\s+(\d+)$", status, re.MULTILINE)[1])


def was_reached(output, injection):
    """Whether the call came that was to fail."""
    text = output.read_text(errors="replace") if output.exists() else ""
    return ("killed by SIGKILL" if injection.effect == KILL else "(INJECTED)") in text


def was_beside_writing(output):
    """Whether what failed was a checkpoint's affair alone, its file or the look for old ones: writing goes on then."""
    lines = [line for line in output.read_text(errors="replace").splitlines() if "(INJECTED)" in line]
    return bool(lines) and all("O_DIRECTORY" in line or ".checkpoint" in line for line in lines)


def require():
    if shutil.which("strace") is None:
        raise Skipped("strace is not there")
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        raise Skipped(f"strace is not allowed here: {tried.stderr.strip()}")
