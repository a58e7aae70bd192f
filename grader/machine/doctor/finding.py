"""What a check of the doctor says, and how the checks run other programs. Used by every file of this folder.

This folder has to work where nothing else does: with Python 3.8, no third-party module, and no build."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

from grader.common.language import NO_BREAK, _, marked
from grader.common.wrap import fill

ROOT = Path(__file__).resolve().parents[3]
SETUP = marked("Type: make setup")
STATUSES = (marked("OK"), marked("note"), marked("PROBLEM"))
# What compiler, linker and Python write in the line that matters, the surest first.
TELLING = ("cannot find", "undefined reference", "error: ", "Error: ")
NOT_STARTED = -1  # the code of a program that did not start, or did not end
SECONDS = 120  # for one program, on a slow machine


@dataclass(frozen=True)
class Finding:
    status: str  # OK, note, or PROBLEM: something that the lab needs; in English
    what: str  # in English
    says: str
    remedy: str = ""

    def __str__(self) -> str:
        width = max(len(_(status)) for status in STATUSES)
        head = f"{_(self.status):{width}}  {_(self.what):11}  "
        indent = " " * (width + 15)
        says = "".join(c if c.isprintable() or c == NO_BREAK else " " for c in self.says)
        remedy = [fill("-> " + self.remedy, first=indent, rest=indent + "   ")] if self.remedy else []
        return "\n".join([fill(head + says, rest=indent), *remedy])


def ok(what: str, says: str) -> Finding:
    return Finding("OK", what, says)


def note(what: str, says: str, remedy: str = "") -> Finding:
    return Finding("note", what, says, remedy)


def problem(what: str, says: str, remedy: str = "") -> Finding:
    return Finding("PROBLEM", what, says, remedy or _(SETUP))


@dataclass(frozen=True)
class Ran:
    """How a program ended."""

    code: int
    output: str
    errors: str

    @property
    def reason(self) -> str:
        """The line of its errors that is most worth reading."""
        lines = [line.strip() for line in self.errors.splitlines() if line.strip()]
        telling = [line for sign in TELLING for line in lines if sign in line]
        return (telling or lines[-1:] or [_("it gave no reason")])[0][:300]


def run(command: list[str], feed: str = "") -> Ran:
    """Runs a program that may be missing, broken or endless; never raises."""
    try:
        done = subprocess.run(
            command,
            input=feed.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Ran(
            NOT_STARTED,
            "",
            _("{program} does not end (it had {seconds} s)").format(program=command[0], seconds=SECONDS),
        )
    except OSError as error:
        return Ran(
            NOT_STARTED, "", _("{program} does not start ({reason})").format(program=command[0], reason=error.strerror)
        )
    return Ran(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


@contextmanager
def trial_folder(build: Path) -> Iterator[str]:
    """Where to make and run a small program: beside what CMake builds, which must run there, too. /tmp may be noexec."""
    places = [place for place in (build, build.parent) if os.access(place, os.W_OK)]
    with tempfile.TemporaryDirectory(dir=next(iter(places), None)) as folder:
        yield folder


def grader_python() -> str:
    """The Python that the grader's tools run with; the doctor itself may run with a lesser one."""
    return run(["sh", "grader/find_python"]).output.strip() or "python3"
