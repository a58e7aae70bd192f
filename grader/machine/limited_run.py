"""Runs one program of the grader on a submission's file, the compiler for one, within limits of time and size.

Called by grade/compiling.py; what the program prints is kept to what is worth reading."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from grader.common.build_facts import ROOT
from grader.common.language import _
from grader.common.tool import UserError
from grader.machine import sandbox

CPU_SECONDS = 30
WALL_SECONDS = 120
MEMORY = 4 << 30
LARGEST_OUTPUT = 64 << 20
KEPT_ERRORS = 64 << 10
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
PASSED_ON = ("LD_LIBRARY_PATH", "LIBRARY_PATH")  # where libraries are that are not the system's


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


def end_all_on_signals() -> None:
    """Where this process is ended by a signal, all that it runs is ended before."""

    def end_with_all(number: int, _: object) -> None:
        end_all()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # by nohup
            signal.signal(number, end_with_all)


def limits(cpu_seconds: int | None = None) -> dict[str, int]:
    """By their names. The lower of both where the machine has set a limit already: raising it would be refused."""
    wanted = {"cpu": cpu_seconds or CPU_SECONDS, "as": MEMORY, "fsize": LARGEST_OUTPUT, "core": 0}
    hard = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name.upper()}"))[1] for name in wanted}
    free = resource.RLIM_INFINITY
    return {name: most if hard[name] == free else min(most, hard[name]) for name, most in wanted.items()}


def environment(program: str) -> dict[str, str]:
    """What a program of the grader gets of the user's environment: where things are, and nothing else. One that is not
    the system's has its own tools beside it; one that is Python's imports what this Python imports, from the same."""
    return {
        "PATH": f"{os.path.dirname(program)}:{SYSTEM_PATH}",
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",  # as in a worker: what `make try` times is what a grade would
        **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
    }


def prlimit() -> str:
    found = shutil.which("prlimit", path=SYSTEM_PATH) or shutil.which("prlimit")
    if found is None:
        raise UserError(_("prlimit, which sets limits, is not on the PATH. Type: make setup"))
    return found


def run(command: list[str], reach: Reach, shut_in: bool, cpu_seconds: int | None = None) -> Result:
    """Runs `command`. A program that takes too long is ended, with all that it started, and counts as failed."""
    limited = [prlimit(), *(f"--{name}={most}" for name, most in limits(cpu_seconds).items()), "--", *command]
    if shut_in:
        limited = (
            sandbox.wrap([*reach.readable, *sandbox.libraries(), reach.folder], list(reach.writable), reach.folder)
            + limited
        )
    variables = environment(command[0])
    if reach.writable and not shut_in:
        # A compiler that is killed leaves its temporary files: there they go with the folder.
        variables["TMPDIR"] = str(reach.writable[0])
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            limited,
            cwd=reach.folder,
            env=variables,
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
            except BaseException:  # Ctrl-C
                end(process.pid)
                process.wait()
                raise
        return result(code, output, errors)


def result(code: int, output: IO[bytes], errors: IO[bytes]) -> Result:
    """The output is for programs, which need all of it; the errors are for people."""
    return Result(code, _kept(output, LARGEST_OUTPUT), _kept(errors, KEPT_ERRORS))


def _kept(file: IO[bytes], most: int) -> str:
    file.seek(0)
    return file.read(most).decode(errors="replace")
