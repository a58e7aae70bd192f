"""The Python that the grader's tools run with, its modules, and libclang, which reads the syntax tree."""

from __future__ import annotations

from typing import Iterator

from grader.doctor.finding import Finding, grader_python, note, ok, problem, run

VERSION = "import sys; print(*sys.version_info[:3], sep='.'); sys.exit(sys.version_info < (3, 11))"
IMPORT = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        print(name if isinstance(error, ModuleNotFoundError) else f"{name} ({error})")
"""
# A header of the C++ library and one of clang's own: the one is looked for beside g++, the other beside libclang.
PARSE = """
from pathlib import Path
from grader.legality import clang_setup
text = "#include <cmath>\\n#include <cstddef>\\nint one() { return std::abs(-1); }\\n"
unit = clang_setup.parse(Path("trial.cpp"), text, ["-std=c++17"], None)
errors = [found.spelling for found in unit.diagnostics if found.severity >= found.Error]
if errors:
    raise SystemExit(f"error: libclang cannot read a tiny file: {errors[0]}")
mapped = [line.split()[-1] for line in open("/proc/self/maps") if "libclang" in line]
print(clang_setup.library_version(), mapped[0])
"""


def check_python() -> Iterator[Finding]:
    python = grader_python()
    version = run([python, "-c", VERSION])
    if version.code != 0:
        yield problem("Python", f"the grader needs 3.11 or newer; {python} is {version.output.strip() or 'broken'}")
        return
    lists = run(["sh", "grader/find_python", "--modules"]).output.splitlines()
    needed, for_tests = (words.split() for words in lists)
    missing = run([python, "-c", IMPORT, *needed]).output.splitlines()
    if missing:
        yield problem("Python", f"{python} ({version.output.strip()}) does not import {', '.join(missing)}")
    else:
        yield ok("Python", f"{python} ({version.output.strip()}) imports {', '.join(needed)}")
    if run([python, "-c", IMPORT, *for_tests]).output:
        yield note("Python", f"the tests of the lab need {', '.join(for_tests)} as well", "Type: make setup test")
    if not any(name.startswith("clang") for name in missing):
        yield libclang(python)


def libclang(python: str) -> Finding:
    parsed = run([python, "-c", PARSE])
    if parsed.code != 0:
        return problem("libclang", f"the grader could not inspect any file: {parsed.reason}")
    version, file = parsed.output.split(maxsplit=1)
    return ok("libclang", f"{version} reads C++: {file.strip()}")
