"""The conditions under which reliability.py measures: nothing, or stress-ng taking the processors or the memory."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from grader.common.tool import UserError

CONDITIONS = {
    "idle": [],
    "two CPU hogs": ["--cpu", "2", "--cpu-method", "matrixprod"],
    "two memory hogs": ["--stream", "2"],
    "bursty mixture": ["--cpu", "1", "--stream", "1", "--vm", "1", "--vm-bytes", "256M"],
}


def _toggle(process: subprocess.Popen, ended: threading.Event) -> None:
    """Stops and continues the hogs at random, between a twentieth of a second and a second."""
    going = True
    while not ended.wait(random.uniform(0.05, 1.0)):
        going = not going
        os.killpg(process.pid, signal.SIGCONT if going else signal.SIGSTOP)
    os.killpg(process.pid, signal.SIGCONT)


def require_hogs(conditions: list[str]) -> None:
    """Says what is missing before hours are spent on the conditions that need nothing."""
    unknown = [condition for condition in conditions if condition not in CONDITIONS]
    if unknown:
        raise UserError(f"no condition {unknown[0]}; there are {', '.join(CONDITIONS)}")
    if any(CONDITIONS[condition] for condition in conditions) and shutil.which("stress-ng") is None:
        raise UserError("stress-ng is missing. Install it: apt-get install stress-ng")


@contextmanager
def hogs(condition: str) -> Iterator[None]:
    """Keeps the machine busy in this way while the block runs."""
    options = CONDITIONS[condition]
    if not options:
        yield
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    # The timeout ends the hogs even if this program is killed.
    process = subprocess.Popen(["stress-ng", *options, "--timeout", "7200"], start_new_session=True, **quiet)
    ended = threading.Event()
    toggler = threading.Thread(target=_toggle, args=(process, ended))
    if condition.startswith("bursty"):
        toggler.start()
    try:
        yield
    finally:
        ended.set()
        if toggler.ident:
            toggler.join()
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
