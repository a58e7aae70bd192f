"""Has one file inspected by grader.legality, within limits: in a fork of one process, or in a process of its own.

Called by compiling.py. legality/serving.py is that process; the sandbox needs one of its own for each file."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.machine import limited_run, sandbox
from grader.machine.limited_run import Reach, Result

MODULE = "grader.legality"
_starting = threading.Lock()


def inspect(arguments: list[str], reach: Reach, shut_in: bool) -> Result:
    """What `python3 -m grader.legality arguments` says in the folder that is reached."""
    if not shut_in and (result := forked(MODULE, arguments, reach.folder)):
        return result
    own = (ROOT / "grader", *sandbox.python_files())
    alone = Reach(reach.folder, (*reach.readable, *own))
    return limited_run.run([sys.executable, "-m", MODULE, *arguments], alone, shut_in)


@cache
def _start(module: str) -> socket.socket:
    """The line to a process that has loaded libclang. It ends when this process does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        subprocess.Popen(
            [sys.executable, "-m", module, "--serve"],
            cwd=ROOT,
            env=limited_run.environment(sys.executable),
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    return ours


def forked(module: str, arguments: list[str], folder: Path) -> Result | None:
    """The same in a fork of the process that serves; None when there is no such process."""
    request = json.dumps({"arguments": arguments, "folder": str(folder), "limits": limited_run.limits()}).encode()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs, tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        try:
            with _starting:
                line = _start(module)
            socket.send_fds(line, [request], [output.fileno(), errors.fileno(), theirs.fileno()])
            theirs.close()
            group = ours.recv(32)
        except OSError:
            return None
        if not group:
            return None
        code = _wait(ours, int(group))
        found = limited_run.result(-1 if code is None else code, output, errors)
        # What it has said stays: by it one knows that the file was reached, and whose fault the time is.
        return found if code is not None else Result(-1, found.output, f"took longer than {limited_run.WALL_SECONDS} s")


def _wait(line: socket.socket, group: int) -> int | None:
    """The exit code of the fork that leads `group`, or None when it took too long. Nothing of the group stays."""
    line.settimeout(limited_run.WALL_SECONDS)
    with limited_run.endable(group):
        try:
            code = line.recv(32)
        except TimeoutError:
            limited_run.end(group)
            return None
        if not code:  # all of it was killed
            limited_run.end(group)
        return int(code) if code else -signal.SIGKILL
