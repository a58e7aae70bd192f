"""A grade in a process of its own, which the watcher can end at any time. Called by watch.py.

The process is a fork of the watcher: all modules are loaded, so that a small grade starts at once."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback

from grader.common.tool import UserError, complain
from grader.grade.grade import Request, grade
from grader.machine import limited_run
from grader.common.files import alone_in
from grader.report.report_json import Report, load, save

PR_SET_PDEATHSIG = 1
FAULT = 3  # what the process exits with when the grader itself failed


class Grading:
    """A grade that is under way."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.only = request.only.split(",")
        self._report = request.out / "report.json"
        sys.stdout.flush()
        self._process = os.fork()
        if self._process == 0:
            os._exit(_in_child(request))
        # A group of its own, with the judge in it: made here, so that it is there whenever stop() comes.
        os.setpgid(self._process, self._process)

    def finished(self) -> bool:
        if self._process and os.waitpid(self._process, os.WNOHANG)[0]:
            self._process = 0
        return not self._process

    def report(self) -> Report | None:
        """What the grade found; None when it could not be made, which it has said on the terminal."""
        return load(self._report) if self._report.exists() else None

    def stop(self) -> None:
        """Ends it with all that it started."""
        if self._process:
            os.kill(self._process, signal.SIGTERM)
            os.waitpid(self._process, 0)
            self._process = 0


def _end(*_: object) -> None:
    limited_run.end_all()  # compilers are in groups of their own
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _in_child(request: Request) -> int:
    signal.signal(signal.SIGTERM, _end)
    # No life without the watcher.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    try:
        with alone_in(request.out):
            (request.out / "report.json").unlink(missing_ok=True)
            save(grade(request), request.out)
        return 0
    except UserError as error:
        return complain("watch", error)
    except BaseException:
        traceback.print_exc()
        return FAULT
