"""Tells a fault of the machine from one of a submission: what fails for a file is tried with a trivial one.

Called by building.py where a program has failed and names no line of the file. Nothing that a submission can print
makes the machine guilty."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from grader.common.language import Text, tr
from grader.common.tool import fault_of_machine
from grader.explain import compiler
from grader.grade.staging import Staged
from grader.machine.limited_run import Result

ROOM = 32 << 20  # what the files of a few compilers may take at a time
TRIVIAL = '#include "softmax_reg_vec.hpp"\n'
one_at_a_time = threading.Lock()  # because what each of them needs may be there for one only


def no_room(folder: Path) -> Text | None:
    """Why the folder takes no more files, or None."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            os.posix_fallocate(file.fileno(), 0, ROOM)
    except OSError as error:
        error.filename = None  # that of the trial
        return fault_of_machine(error, folder)
    return None


def fairly(
    staged: Staged, run: Callable[[Staged], Result], is_clear: Callable[[Result], bool]
) -> tuple[Result, Text | None]:
    """What `run` says of a file, and what is wrong with the machine where that made it fail."""
    result = run(staged)
    if is_clear(result):
        return result, None
    with one_at_a_time:
        fault = _fault(staged, run)
        # Clang aborts where it can start no thread.
        if fault is None and (not result.cut_short or result.code == -signal.SIGABRT):
            result = run(staged)  # what was missing a moment ago is there again
    return result, fault


def _fault(staged: Staged, run: Callable[[Staged], Result]) -> Text | None:
    folder = staged.copy.parent
    for place in (folder, Path(tempfile.gettempdir())):
        if reason := no_room(place):
            return reason
    with tempfile.TemporaryDirectory(dir=folder) as other:
        trivial = Path(other) / staged.copy.name
        trivial.write_text(TRIVIAL)
        result = run(replace(staged, copy=trivial))
    if result.code == 0:
        return None
    reason = compiler.first_error(result.errors, trivial.name).message
    return tr("nor can this machine do it for a trivial file ({reason}). Type: make doctor", reason=reason)


def names_a_line(output: str, file: str) -> bool:
    """Whether the compiler has read the file and found fault with it. What ends it at once, but for a header that is
    not there, may be the machine's: it cannot write, for one."""
    is_fatal = re.search(r"fatal error: (?!.*: No such file or directory$)", output, re.MULTILINE)
    error = compiler.ERROR.search(output)
    is_in_a_file = bool(error and error["file"])  # not in the assembler or the linker, after a warning
    return is_in_a_file and compiler.first_error(output, file).message.startswith(f"{file}:") and not is_fatal
