"""How long and how often everything is measured, and where."""

import sys
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    binaries: Path
    directory: Path
    round_count: int
    seconds: int
    warm_up_seconds: int

    def rounds(self, what):
        """Numbers from 1; says what is being measured."""
        for number in range(1, self.round_count + 1):
            self.say(f"{what}: round {number} of {self.round_count}")
            yield number

    def say(self, line):
        print(line, file=sys.stderr, flush=True)

    def new_directory(self, name):
        directory = self.directory / name
        directory.mkdir()
        return directory
