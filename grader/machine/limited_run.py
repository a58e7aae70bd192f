"""Runs one program of the grader on a submission's file, the compiler for one, within limits of time and size.

Called by compiling.py; what the program prints is kept to what is worth reading."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from grader.common.build_facts import ROOT
from grader.machine import sandbox

CPU_SECONDS = 30
WALL_SECONDS = 120
MEMORY = 4 << 30
LARGEST_OUTPUT = 64 << 20
KEPT_ERRORS = 64 << 10
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONPATH": str(ROOT),
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True)
class Result:
    code: int
    output: str
    errors: str

    @property
    def cut_short(self) -> bool:
        """A signal ended it: for its limits, or because the machine had no memory left. Another time it may not."""
        return self.code < 0 or self.code > 128 or "terminated program" in self.errors


@dataclass(frozen=True)
class Reach:
    """What a program may see when it is shut in; without the sandbox only `folder` counts."""

    folder: Path  # where it runs
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()


_running: set[int] = set()  # groups of processes
_ending = threading.Event()


def end_all() -> None:
    """Ends all programs that are running, with all that they started; what is still to run will be ended, too."""
    _ending.set()
    for group in list(_running):
        end(group)


def end(group: int) -> None:
    with suppress(ProcessLookupError):  # it has ended by itself just now
        os.killpg(group, signal.SIGKILL)


@contextmanager
def endable(group: int) -> Iterator[None]:
    """While this lasts, end_all() ends the group, too."""
    _running.add(group)
    try:
        if _ending.is_set():
            end(group)
        yield
    finally:
        _running.discard(group)


def limits() -> dict[str, int]:
    """By their names. The lower of both where the machine has set a limit already: raising it would be refused."""
    wanted = {"cpu": CPU_SECONDS, "as": MEMORY, "fsize": LARGEST_OUTPUT, "core": 0}
    hard = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name.upper()}"))[1] for name in wanted}
    free = resource.RLIM_INFINITY
    return {name: most if hard[name] == free else min(most, hard[name]) for name, most in wanted.items()}


def run(command: list[str], reach: Reach, shut_in: bool) -> Result:
    """Runs `command`. A program that takes too long is ended, with all that it started, and counts as failed."""
    limited = ["prlimit", *(f"--{name}={most}" for name, most in limits().items()), "--", *command]
    if shut_in:
        limited = sandbox.wrap([*reach.readable, reach.folder], list(reach.writable), reach.folder) + limited
    environment = dict(ENVIRONMENT)
    if reach.writable and not shut_in:
        # A compiler that is killed leaves its temporary files: there they go with the folder.
        environment["TMPDIR"] = str(reach.writable[0])
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            limited,
            cwd=reach.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        with endable(process.pid):
            try:
                code = process.wait(WALL_SECONDS)
            except subprocess.TimeoutExpired:
                end(process.pid)
                process.wait()
                return Result(-1, _kept(output, LARGEST_OUTPUT), f"took longer than {WALL_SECONDS} s")
        return result(code, output, errors)


def result(code: int, output: IO[bytes], errors: IO[bytes]) -> Result:
    """The output is for programs, which need all of it; the errors are for people."""
    return Result(code, _kept(output, LARGEST_OUTPUT), _kept(errors, KEPT_ERRORS))


def _kept(file: IO[bytes], most: int) -> str:
    file.seek(0)
    return file.read(most).decode(errors="replace")
