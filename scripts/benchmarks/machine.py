"""What the figures were measured on and with."""

import json
import os
import platform
import re
import resource
import subprocess
from pathlib import Path

from .postgresql_cluster import BINARIES


def facts(directory):
    """Names and values; `directory` is where the journals were."""
    return [
        ("CPU", f"{_value('/proc/cpuinfo', 'model name')}, {len(os.sched_getaffinity(0))} cores"),
        ("memory", f"{int(_value('/proc/meminfo', 'MemTotal').split()[0]) / 1_048_576:.0f} GiB"),
        ("disk", disk(directory)),
        ("kernel", f"{platform.system()} {platform.release()}"),
        ("system", _value("/etc/os-release", "PRETTY_NAME", "=").strip('"')),
    ]


def versions(repository):
    pins = json.loads((repository / "Package.resolved").read_text(encoding="utf-8"))["pins"]
    packages = {pin["identity"]: pin["state"]["version"] for pin in pins}
    return [
        ("chequebook", _commit(repository)),
        ("Swift", re.search(r"Swift version (\S+)", _output("swift", "--version"))[1]),
        ("swift-nio", packages["swift-nio"]),
        ("simdjson", _output("dpkg-query", "--show", "--showformat=${Version}", "libsimdjson-dev")),
        ("nginx", re.search(r"nginx/(\S+)", _output("nginx", "-v"))[1]),
        ("PostgreSQL", re.search(r"\) (\S+)", _output(f"{BINARIES}/postgres", "--version"))[1]),
        ("wrk", re.search(r"wrk (\S+)", _output("wrk", "-v"))[1]),
        ("Python", platform.python_version()),
    ]


def disk(directory):
    """File system, device, its size and whether it says that it has a write cache."""
    device, file_system = _mount(directory)
    block = Path("/sys/dev/block") / "{}:{}".format(*_device_number(directory))
    if not (block / "queue").exists():
        block = block.resolve().parent
    try:
        size = int((block / "size").read_text()) * 512 / 2**30
        cache = (block / "queue/write_cache").read_text().strip()
        return f"{file_system} on {Path(device).name}, {size:.0f} GiB, write cache: {cache}"
    except OSError:
        return f"{file_system} on {device}"


def is_in_memory(directory):
    """Whether syncs there cost nothing and mean nothing."""
    return _mount(directory)[1] in ("tmpfs", "ramfs")


class Watch:
    """How disturbed the machine is from now on, in shares of all its processor time."""

    def __init__(self):
        self._ticks, self._own_seconds = _processor_ticks(), _own_seconds()

    def ended(self):
        """What the host took, and what other programs took; to be asked when all children have ended."""
        passed = [now - then for now, then in zip(_processor_ticks(), self._ticks)]
        user, nice, system, *_, steal = passed
        own = (_own_seconds() - self._own_seconds) * os.sysconf("SC_CLK_TCK")
        return steal / sum(passed), max(0, user + nice + system - own) / sum(passed)


def _own_seconds():
    usages = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _processor_ticks():
    """user, nice, system, idle, iowait, irq, softirq, steal, as proc_stat(5) has them."""
    line = Path("/proc/stat").read_text().partition("\n")[0]
    return [int(ticks) for ticks in line.split()[1:9]]


def _device_number(directory):
    device = os.stat(directory).st_dev
    return os.major(device), os.minor(device)


def _mount(directory):
    """Device and file system of the longest mount point above the directory."""
    path = Path(directory).resolve()
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    above = [mount for mount in mounts if Path(mount[1]) in (path, *path.parents)]
    # Of two mounts on one point the later hides the earlier.
    found = max(enumerate(above), key=lambda numbered: (len(numbered[1][1]), numbered[0]))[1]
    return found[0], found[2]


def _value(path, name, separator=":"):
    for line in Path(path).read_text().splitlines():
        found, _, value = line.partition(separator)
        if found.strip() == name:
            return value.strip()
    return "unknown"


def _commit(repository):
    commit = _output("git", "-C", str(repository), "rev-parse", "--short", "HEAD").strip()
    # The report itself is left out: it changes with every run.
    changes = _output("git", "-C", str(repository), "status", "--porcelain", "--", "Sources", "Package.swift")
    return f"commit {commit}" + (", with changes" if changes else "")


def _output(*command):
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr
