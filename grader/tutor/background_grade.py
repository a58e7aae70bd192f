"""A grade in a process of its own, which the watcher can end at any time. Called by watch.py.

The process is a fork of the watcher: all modules are loaded, so that a small grade starts at once."""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
import traceback
from pathlib import Path

from grader.common.tool import UserError, complain
from grader.grade.grade import grade
from grader.machine import limited_run
from grader.report.report_json import alone_in, save

PR_SET_PDEATHSIG = 1
FAULT = 3  # what the process exits with when the grader itself failed


class Grading:
    """Grades the exercises that `only` names into the folder `out`."""

    def __init__(self, submission: Path, build: Path, out: Path, only: list[str], measure_speed: bool) -> None:
        self.only = only
        self.measure_speed = measure_speed
        self._report = out / "report.json"
        arguments = argparse.Namespace(
            submission=submission,
            build=build,
            out=out,
            only=",".join(only),
            seed="",
            sandbox=False,
        )
        sys.stdout.flush()
        self._process = os.fork()
        if self._process == 0:
            os._exit(_in_child(arguments, measure_speed))
        # A group of its own, with the judge in it: made here, so that it is there whenever stop() comes.
        os.setpgid(self._process, self._process)

    def finished(self) -> bool:
        if self._process and os.waitpid(self._process, os.WNOHANG)[0]:
            self._process = 0
        return not self._process

    def items(self) -> list[dict] | None:
        """What the grade found; None when it could not be made, which it has said on the terminal."""
        return json.loads(self._report.read_text())["items"] if self._report.exists() else None

    def stop(self) -> None:
        """Ends it with all that it started."""
        if self._process:
            os.kill(self._process, signal.SIGTERM)
            os.waitpid(self._process, 0)
            self._process = 0


def _end(*_: object) -> None:
    limited_run.end_all()  # compilers are in groups of their own
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _in_child(arguments: argparse.Namespace, measure_speed: bool) -> int:
    signal.signal(signal.SIGTERM, _end)
    # No life without the watcher.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    try:
        with alone_in(arguments.out):
            (arguments.out / "report.json").unlink(missing_ok=True)
            save(grade(arguments, measure_speed), arguments.out)
        return 0
    except UserError as error:
        return complain("watch", error)
    except BaseException:
        traceback.print_exc()
        return FAULT
