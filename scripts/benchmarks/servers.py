"""The servers that are measured, each a process of its own that ends with its `with` block."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from .wire import Connection

START_SECONDS_MAX = 300
STOP_SECONDS_MAX = 20
CLOCK_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, name, command, port, directory, ready_path="/", stdin=b""):
        self.name = name
        self.port = port
        self.ready_path = ready_path
        self.command = [str(word) for word in command]
        self.directory = directory
        self.stdin = stdin
        self.log = directory / f"{name.replace(' ', '-')}-{port}.log"
        self.seconds_to_ready = None

    def __enter__(self):
        # Settings of whoever runs the benchmarks must not reach the measured service.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CHEQUEBOOK_")}
        given = self.directory / f"{self.log.stem}.stdin"
        given.write_bytes(self.stdin)
        with open(given, "rb") as stdin, open(self.log, "ab") as log:
            began = time.perf_counter()
            self.process = subprocess.Popen(
                self.command, cwd=self.directory, env=environment, stdin=stdin, stdout=log, stderr=log
            )
        try:
            self._wait_until_ready(began)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def _wait_until_ready(self, began):
        while True:
            if self.process.poll() is not None:
                raise SystemExit(f"bench: {self.name} ended by itself:\n{self.output}")
            try:
                with Connection(self.port) as connection:
                    ready = connection.get(self.ready_path).status < 500
            except ConnectionError:
                ready = False
            seconds = time.perf_counter() - began
            if ready:
                self.seconds_to_ready = seconds
                return
            if seconds > START_SECONDS_MAX:
                raise SystemExit(f"bench: {self.name} was not ready after {seconds:.0f} s:\n{self.output}")
            time.sleep(0.001)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """Ends it as a crash would, without its own last words."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    @property
    def output(self):
        return self.log.read_text(errors="replace")

    def cpu_seconds(self):
        """Processor time that the process and its children have used."""
        ticks = 0
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in [pid, *children]:
            fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / CLOCK_TICKS_PER_SECOND

    def running_seconds(self):
        """As `cpu_seconds`, of the process alone and by the nanosecond, for what is too short for ticks."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1_000_000_000

    def peak_memory_bytes(self):
        """The most that the process has had in memory at once."""
        return self._memory_bytes("VmHWM")

    def resident_memory_bytes(self):
        """What it has in memory, the pages of its files included."""
        return self._memory_bytes("VmRSS")

    def anonymous_memory_bytes(self):
        """What it has in memory that no file backs."""
        return self._memory_bytes("RssAnon")

    def _memory_bytes(self, name):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split(f"{name}:")[1].split()[0]) * 1024


# Timers go on as they are. Without a name for its shared memory the library would set one, which moves the environment,
# and that is where Swift looks for the program's arguments.
_BEHIND = ("LD_PRELOAD=/usr/$LIB/faketime/libfaketime.so.1", "DONT_FAKE_MONOTONIC=1", "FAKETIME_SHARED=/none /none")


def chequebook(binaries, directory, data, threads, days_behind=0):
    """`days_behind`: how far its clock is behind the machine's."""
    port = free_port()
    clock = ["env", *_BEHIND, f"FAKETIME=-{days_behind}d"] if days_behind else []
    flags = ["--host", "127.0.0.1", "--port", port, "--data", data, "--threads", threads]
    command = [*clock, binaries / "chequebook", "serve", *flags]
    return Server("chequebook", command, port, directory, ready_path="/_status")


def remove_checkpoints(data):
    """So that the next start has the journal alone."""
    for checkpoint in data.glob("*.checkpoint*"):
        checkpoint.unlink()


def constant_peer(binaries, directory, answer, threads):
    port = free_port()
    command = [binaries / "constant-peer", port, threads]
    return Server("constant peer", command, port, directory, stdin=answer.head + answer.body)


def nginx(directory, answer, threads):
    port = free_port()
    configuration = directory / f"nginx-{port}.conf"
    configuration.write_text(_nginx_configuration(directory, answer, port, threads))
    errors = directory / f"nginx-{port}-errors.log"
    return Server("nginx", ["nginx", "-p", directory, "-e", errors, "-c", configuration], port, directory)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


# nginx writes these of itself, or has a word of its own for them.
_NGINX_OWN_FIELDS = {"date", "content-length", "content-type", "connection", "x-request-id", "x-correlation-id"}


def _nginx_configuration(directory, answer, port, threads):
    fields = [f"add_header {name} {_quoted(value)};" for name, value in answer.fields
              if name.lower() not in _NGINX_OWN_FIELDS]
    paths = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "\n".join([
        "daemon off;",
        f"worker_processes {threads};",
        f"pid {directory}/nginx-{port}.pid;",
        "events { worker_connections 1024; }",
        "http {",
        "access_log off;",
        "server_tokens off;",
        "keepalive_requests 1000000000;",
        "default_type application/json;",
        *[f"{path}_temp_path {directory}/nginx-{path};" for path in paths],
        f"server {{ listen 127.0.0.1:{port} reuseport;",
        "location / {",
        *fields,
        "add_header X-Request-ID $request_id;",
        "add_header X-Correlation-ID $request_id;",
        f"return {answer.status} {_quoted(answer.body.decode())};",
        "} } }",
        "",
    ])


def _quoted(text):
    if "$" in text:
        raise SystemExit("bench: nginx would read the $ of an answer as a variable")
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
