"""A PostgreSQL cluster that lasts as long as its `with` block, and what is asked of it."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[1] / "peers" / "postgresql"
BINARIES = "/usr/lib/postgresql/15/bin"
SUPERUSER = "bench"
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 60
COMMAND_SECONDS_MAX = 300


class Cluster:
    """A server that listens on a socket in its directory, run by somebody who is not root."""

    def __init__(self, directory):
        self._directory = directory
        self._log = directory / "postgresql.log"
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self._environment.update(PGHOST=str(directory), PGUSER=SUPERUSER)
        self._runs_as = {}

    def __enter__(self):
        if os.geteuid() == 0:
            # It refuses to be run by root; Debian makes a user for it.
            user = pwd.getpwnam("postgres")
            self._runs_as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            self._directory.parent.chmod(0o711)
            os.chown(self._directory, user.pw_uid, user.pw_gid)
        data = self._directory / "data"
        self._run([f"{BINARIES}/initdb", "-D", data, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C"],
                  **self._runs_as)
        with open(data / "postgresql.conf", "ab") as configuration:
            configuration.write((SCRIPTS / "postgresql.conf").read_bytes())
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                [f"{BINARIES}/postgres", "-D", str(data), "-k", str(self._directory)], cwd=self._directory,
                env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._runs_as)
        try:
            self._wait_until_ready()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_):
        self._stop()

    def create(self, database):
        self._run([f"{BINARIES}/createdb", database])
        self.run_script(database, "schema.sql")

    def run_script(self, database, script, **variables):
        given = [f"--set={name}={value}" for name, value in variables.items()]
        self._run([*_psql(database), *given, "-f", SCRIPTS / script])

    def ask(self, database, query):
        return self._run([*_psql(database), "-At", "-c", query]).strip()

    def run_files(self, database, files):
        """Runs each file over a connection of its own, all at once; the seconds until the last is through."""
        began = time.perf_counter()
        running = [subprocess.Popen(
            [*_psql(database), "-o", os.devnull, "-f", str(file)], env=self._environment) for file in files]
        try:
            codes = [process.wait(COMMAND_SECONDS_MAX) for process in running]
        finally:
            for process in running:
                process.kill()
                process.wait()
        if any(codes):
            raise SystemExit(f"bench: psql failed:\n{self._log.read_text()}")
        return time.perf_counter() - began

    def pgbench(self, database, script, seconds, connections, **variables):
        """Transactions a second of the script, prepared, over as many connections."""
        given = [f"--define={name}={value}" for name, value in variables.items()]
        said = self._run([
            f"{BINARIES}/pgbench", "--no-vacuum", "--protocol=prepared", f"--client={connections}",
            f"--time={seconds}", *given, "-f", SCRIPTS / script, database])
        return float(re.search(r"^tps = ([0-9.]+)", said, re.MULTILINE)[1])

    def _run(self, command, **others):
        ran = subprocess.run(
            [str(word) for word in command], cwd=self._directory, env=self._environment, capture_output=True,
            text=True, check=False, timeout=COMMAND_SECONDS_MAX, **others)
        if ran.returncode != 0:
            raise SystemExit(f"bench: {Path(command[0]).name} failed:\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def _wait_until_ready(self):
        began = time.monotonic()
        asking = [f"{BINARIES}/pg_isready", "--quiet"]
        while subprocess.run(asking, env=self._environment, check=False, timeout=START_SECONDS_MAX).returncode != 0:
            if self._process.poll() is not None or time.monotonic() - began > START_SECONDS_MAX:
                raise SystemExit(f"bench: PostgreSQL did not start:\n{self._log.read_text()}")
            time.sleep(0.05)

    def _stop(self):
        # The signal of a fast shutdown: the server ends its connections and its other processes itself.
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._directory, ignore_errors=True)


def _psql(database):
    return [f"{BINARIES}/psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "-d", database]
