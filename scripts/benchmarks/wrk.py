"""Runs wrk against one server and takes in what it saw."""

import json
import resource
import subprocess
from pathlib import Path
from typing import NamedTuple

SCRIPT = Path(__file__).with_name("load.lua")


class Load(NamedTuple):
    requests: int
    seconds: float
    p50_microseconds: int
    p99_microseconds: int
    cpu_microseconds_each: float
    wrk_busy_share: float

    @property
    def per_second(self):
        return self.requests / self.seconds


def run(server, path, connections, seconds, script_arguments=()):
    """Keeps `connections` busy from one thread. `script_arguments` are those of load.lua.

    A request without an answer ends the benchmarks, and so does an error, or to a post anything but a 201.
    """
    url = f"http://127.0.0.1:{server.port}{path}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s", SCRIPT, url]
    before, wrk_before = server.cpu_seconds(), _cpu_seconds_of_ended_children()
    ran = subprocess.run([*map(str, command), "--", *map(str, script_arguments)], capture_output=True, text=True,
                         check=False, timeout=seconds + 60)
    cpu_seconds = server.cpu_seconds() - before
    wrk_seconds = _cpu_seconds_of_ended_children() - wrk_before
    line = next((line for line in ran.stdout.splitlines() if line.startswith("JSON ")), None)
    if ran.returncode != 0 or line is None:
        raise SystemExit(f"bench: wrk against {server.name} failed:\n{ran.stdout}{ran.stderr}")
    seen = json.loads(line.removeprefix("JSON "))
    if seen["refused"] or seen["broken"] or not seen["requests"]:
        raise SystemExit(f"bench: {server.name} did not answer all requests well: {seen}\n{server.output}")
    seconds = seen["microseconds"] / 1_000_000
    return Load(
        requests=seen["requests"],
        seconds=seconds,
        p50_microseconds=seen["p50"],
        p99_microseconds=seen["p99"],
        cpu_microseconds_each=cpu_seconds * 1_000_000 / seen["requests"],
        wrk_busy_share=wrk_seconds / seconds,
    )


def _cpu_seconds_of_ended_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
