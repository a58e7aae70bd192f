"""Reads the contract header once for each build: for the compiler, for the preprocessor and for the inspection.

Called by grade.py before the files of a submission are compiled. `fingerprint` tells when any of it is stale."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT, Build
from grader.common.files import replace_whole, replacing, state_of
from grader.common.language import _, shown
from grader.common.tool import UserError
from grader.explain import compiler
from grader.grade import trial

HEADERS = ("softmax_reg_vec.hpp", "vec_exos.hpp", "softmax_reg.hpp")
CONTRACT = ROOT / "reference"
_one_at_a_time = threading.Lock()
ROOMS = ("common", "explain", "grade", "legality", "machine")  # whose code decides what comes of a file


@cache
def fingerprint(build: Build) -> bytes:
    """Changes with all that a result depends on, the exercise and the submission's file apart."""
    tools = _tools(build)
    read = tools.read_text().splitlines() if tools.exists() else []
    digest = hashlib.sha256()
    sources = [CONTRACT / header for header in HEADERS]
    sources += [build.folder / "lab.json", ROOT / "grader" / "legality" / "allowed.toml"]
    sources += [file for room in ROOMS for file in sorted((ROOT / "grader" / room).glob("*.py"))]
    for source in sources:
        digest.update(source.read_bytes())
    for file in [build.compiler, sys.executable, *read]:
        digest.update(state_of(file).encode())
    return digest.digest()


def _tools(build: Build) -> Path:
    """Lists the files beside the lab's own that the compiler and the inspection read: Armadillo, libclang and so on."""
    return build.folder / "pch" / "tools"


def for_legality(build: Build) -> Path:
    """The contract header as libclang has precompiled it."""
    return build.folder / "pch" / "legality.pch"


def macros(build: Build) -> Path:
    return build.folder / "pch" / "macros.hpp"


def legality_flags(build: Build) -> list[str]:
    return [*build.flags, *build.clang_flags, "-I", str(CONTRACT)]


def make_headers(build: Build) -> None:
    with _one_at_a_time:
        stamp = build.folder / "pch" / "stamp"
        if not stamp.exists() or stamp.read_text() != fingerprint(build).hex():
            _make_headers(build, stamp)


def _make_headers(build: Build, stamp: Path) -> None:
    folder = stamp.parent
    # Here, because loading libclang takes as long as all that a grade loads otherwise.
    from grader.legality.clang_setup import files_of_libclang, make_pch

    folder.mkdir(exist_ok=True)
    _tools(build).touch()  # where the folder takes no files this says so, and g++ would not
    header = CONTRACT / HEADERS[0]
    with ThreadPoolExecutor(2) as pool:
        headers = pool.submit(precompile, header, folder, build)
        inspection = pool.submit(make_pch, header, for_legality(build), legality_flags(build))
        try:
            files = headers.result()
            inspection.result()
            list_macros(build, header)
        except Exception:
            if reason := trial.no_room(folder):
                raise UserError(shown(reason)) from None
            raise
    replace_whole(_tools(build), "\n".join([*files, *files_of_libclang()]))
    fingerprint.cache_clear()
    replace_whole(stamp, fingerprint(build).hex())


def precompile(header: Path, folder: Path, build: Build) -> list[str]:
    """Returns the files that g++ read. Each file appears in one step: `make watch` and `make grade` may both be at this,
    and read what is there."""
    with replacing(folder / f"{header.name}.gch") as compiled, tempfile.NamedTemporaryFile("r") as rule:
        command = [build.compiler, *build.flags, "-x", "c++-header", str(header), "-o", str(compiled)]
        # -MD, because -MMD would leave Armadillo out, and -M would not compile.
        result = subprocess.run([*command, "-MD", "-MF", rule.name], capture_output=True, text=True)
        _target, *names = re.findall(r"(?:[^\\\s]|\\.)+", Path(rule.name).read_text()) or [""]
        if result.returncode != 0:
            error = compiler.first_error(result.stderr, header.name).message
            raise UserError(_("the contract header does not compile: {error}").format(error=error))
    # g++ reads it when a file includes the header that it has already.
    replace_whole(folder / header.name, header.read_text(encoding="utf-8"))
    return [re.sub(r"\\(.)", r"\1", name) for name in names]


def list_macros(build: Build, header: Path) -> None:
    """Keeps all macros of the contract header: to preprocess a file with them alone takes a tenth of the time."""
    command = [build.compiler, *build.flags, "-E", "-dM", "-x", "c++", str(header)]
    replace_whole(macros(build), subprocess.run(command, capture_output=True, text=True, check=True).stdout)
