"""Programs in C and C++ that the measurements need, compiled where they are measured."""

import shutil
import subprocess

# Swift brings clang with it where there is no other compiler.
COMPILERS = {".c": ("cc", "clang"), ".cpp": ("c++", "clang++")}


def program(source, directory, *options):
    """The executable of one source file."""
    compiler = next(filter(None, map(shutil.which, COMPILERS[source.suffix])), None)
    if compiler is None:
        raise SystemExit(f"bench: there is no compiler for {source.name}")
    executable = directory / source.stem
    subprocess.run([compiler, "-O3", "-o", executable, source, *options], check=True, timeout=120)
    return executable
