"""What all parts of a run share: the binary, a directory to work in, and the seed that everything is drawn from."""

import random
import sys
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    binary: Path
    directory: Path
    seed: int

    def random(self, *words):
        """A generator that the seed and these words repeat."""
        return random.Random(" ".join(str(word) for word in (self.seed, *words)))

    def new_directory(self, name):
        directory = self.directory / name
        directory.mkdir()
        return directory

    def say(self, line):
        print(line, flush=True)


class Broken(Exception):
    """A promise that was not kept, in words that tell what was promised and what was found."""


class Skipped(Exception):
    """Why a part cannot be run on this machine."""


def progress(line):
    """One line that the next one takes the place of, for whoever watches."""
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
