"""One `chequebook serve` after the other on the same directory."""

import json
import os
import re
import signal
import subprocess
import time

from benchmarks.wire import Connection

from .run import Broken

START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 30
LISTENS = re.compile(r"listens on http://127\.0\.0\.1:(\d+)\n")
# What it leaves with after it has said why on its standard error.
REFUSED = 1


class Service:
    """Ends with its `with` block, however that ends."""

    def __init__(self, run, data, prefix=()):
        self.data = data
        self.log = run.directory / f"{data.name}.log"
        flags = ["--host", "127.0.0.1", "--port", "0", "--data", data, "--threads", "2"]
        self.command = [str(word) for word in (*prefix, run.binary, "serve", *flags)]
        self.port = None
        self.process = None

    def __enter__(self):
        self.spawn()
        if not self.becomes_ready():
            raise Broken(f"the service ended with {self.process.returncode} in place of starting:\n{self.printed}")
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()

    def spawn(self):
        # Settings of whoever runs this must not reach the service.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CHEQUEBOOK_")}
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.data.parent, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def becomes_ready(self):
        """Whether it serves; else it has ended. It says where it listens when the journal has been replayed."""
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            ended = self.process.poll() is not None
            found = LISTENS.search(self.printed)
            if ended:
                return False
            if found:
                self.port = int(found[1])
                return True
            time.sleep(0.002)
        raise Broken(f"the service was not ready after {START_SECONDS_MAX} s:\n{self.printed}")

    def expect_reason(self):
        """It has refused to start: that has to be with a reason, never a crash."""
        code = self.process.wait(STOP_SECONDS_MAX)
        if code != REFUSED or "chequebook: " not in self.printed:
            raise Broken(f"the service ended with {code} and without a reason:\n{self.printed}")

    def kill(self):
        """As a crash ends it: no handler runs, nothing is flushed."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        code = self.process.wait(STOP_SECONDS_MAX)
        if code != 0:
            raise Broken(f"asked to stop, the service ended with {code}:\n{self.printed}")

    @property
    def printed(self):
        return self.log.read_text(errors="replace")

    def connect(self):
        return Connection(self.port)

    def journal_status(self):
        """Of `/_status`: the answer's status, the service's word, the journal's word and detail."""
        with self.connect() as connection:
            answer = connection.get("/_status")
        said = json.loads(answer.body)
        journal = said["checks"]["journal"]
        return answer.status, said["status"], journal["status"], journal["detail"]
