"""What shuts a submission in: seccomp in every worker, and bubblewrap for SANDBOX=1. Students need neither."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Iterator

from grader.common.language import _
from grader.machine.doctor.finding import Finding, grader_python, note, ok, run

# A filter that allows everything: is libseccomp there, and does the kernel take filters?
FILTER = """
import ctypes
library = ctypes.CDLL("libseccomp.so.2")
library.seccomp_init.restype = ctypes.c_void_p
allow = library.seccomp_init(0x7FFF0000)
code = library.seccomp_load(ctypes.c_void_p(allow))
raise SystemExit(f"error: the kernel refuses a filter ({-code})" if code else 0)
"""
SANDBOX = """
import sys
from pathlib import Path
from grader.common import language
from grader.machine import sandbox
language.start(Path(sys.argv[1]))
try:
    sandbox.require_bubblewrap()
except sandbox.UserError as error:
    raise SystemExit(str(error))
"""


def check_seccomp(build: Path) -> Iterator[Finding]:
    tried = run([sys.executable, "-c", FILTER])
    if tried.code != 0:
        says = _("the worker cannot shut itself in: {reason}").format(reason=tried.reason)
        yield note("seccomp", says, _("Type: make setup clean grade"))
        return
    try:
        built_with = json.loads((build / "lab.json").read_text())["seccomp"]
    except (OSError, ValueError, KeyError):
        built_with = True  # nothing is built yet
    if built_with:
        yield ok("seccomp", _("the kernel takes filters: each worker shuts itself in"))
    else:
        says = _("works here, but the grader was built without it")
        yield note("seccomp", says, _("Type: make setup clean grade"))


def check_bubblewrap(build: Path) -> Iterator[Finding]:
    if shutil.which("bwrap") is None:
        yield note("bubblewrap", _("is not installed: SANDBOX=1 does not work"), _("Type: make setup"))
        return
    python = grader_python()
    tried = run([python, "-c", SANDBOX, str(build)])
    if tried.code == 0:
        yield ok("bubblewrap", _("works, with user namespaces: you can grade with SANDBOX=1"))
    else:
        yield note("bubblewrap", tried.errors.strip().splitlines()[-1] if tried.errors.strip() else _("does not work"))
