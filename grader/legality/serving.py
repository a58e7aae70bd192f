"""Inspects file after file, each in a fork of this process, which has loaded libclang already.

To start Python and to load libclang takes half of the time of an inspection. A fork has the limits, the session and the
folder that a process of its own would have, and dies alone. grade/inspecting.py starts this process and asks it."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable

LONGEST_REQUEST = 1 << 16


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
    for name, most in request["limits"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name.upper()}"), (most, most))
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
