"""Runs an inspection as limited_run.py would, in a fork of a Python that has loaded libclang already.

To start Python and to load libclang takes half of the time of an inspection, so one process does that once and forks for
each file. A fork has the limits, the environment, the session and the folder that a process of its own would have. The
sandbox needs such a process, and gets one from limited_run.py. Called by compiling.py."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.machine import limited_run
from grader.machine.limited_run import Result

LONGEST_REQUEST = 1 << 16
_starting = threading.Lock()


# --- the side of the grader --------------------------------------------------------------------------------------------
@cache
def _start(module: str) -> socket.socket:
    """The line to a process that has loaded `module`. It ends when this process does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        subprocess.Popen(
            [sys.executable, "-m", module, "--serve"],
            cwd=ROOT,
            env=limited_run.ENVIRONMENT,
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    return ours


def run(module: str, arguments: list[str], folder: Path) -> Result | None:
    """What `python3 -m module arguments` says in `folder`; None when there is no process that could fork for it."""
    limits = [limited_run.CPU_SECONDS, limited_run.MEMORY, limited_run.LARGEST_OUTPUT]
    request = json.dumps({"arguments": arguments, "folder": str(folder), "limits": limits}).encode()
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
        if code is None:
            return Result(-1, "", f"took longer than {limited_run.WALL_SECONDS} s")
        return limited_run.result(code, output, errors)


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


# --- the side of the process that forks --------------------------------------------------------------------------------
def serve(main: Callable[[list[str]], None]) -> None:
    """Forks for each request that comes in on standard input, until the grader has gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait
    line = socket.socket(fileno=0)
    while True:
        request, descriptors, _, _ = socket.recv_fds(line, LONGEST_REQUEST, 3)
        if not request:
            return
        if os.fork() == 0:
            line.close()
            _attend(main, json.loads(request), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _attend(main: Callable[[list[str]], None], request: dict, output: int, errors: int, answer: int) -> None:
    """Leads a group of its own, starts the inspection in it, and says how it ended."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    line = socket.socket(fileno=answer)
    line.send(str(os.getpid()).encode())
    child = os.fork()
    if child == 0:
        line.close()
        _inspect(main, request, output, errors)
    _, status = os.waitpid(child, 0)
    line.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _inspect(main: Callable[[list[str]], None], request: dict, output: int, errors: int) -> None:
    """What `python3 -m` would do with a module, within limits; does not return."""
    os.chdir(request["folder"])
    for source, target in ((os.open(os.devnull, os.O_RDONLY), 0), (output, 1), (errors, 2)):
        os.dup2(source, target)
    os.closerange(3, 64)
    limits = [*zip((resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE), request["limits"], strict=True)]
    for limit, most in [*limits, (resource.RLIMIT_CORE, 0)]:
        resource.setrlimit(limit, (most, most))
    code = 1
    try:
        code = _code_of(main, request["arguments"])
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        os._exit(code)


def _code_of(main: Callable[[list[str]], None], arguments: list[str]) -> int:
    try:
        main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
