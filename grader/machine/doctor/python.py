"""The Python that the grader's tools run with, its modules, and libclang, which reads the syntax tree."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator, List

from grader.common.language import _
from grader.machine.doctor.compiler import toolchain
from grader.machine.doctor.finding import Finding, grader_python, note, ok, problem, run

VERSION = "import sys; print(*sys.version_info[:3], sep='.'); sys.exit(sys.version_info < (3, 11))"
IMPORT = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        print(name if isinstance(error, ModuleNotFoundError) else f"{name} ({error})")
"""
# A header of the C++ library and one of clang's own: the one is g++'s, the other is looked for beside libclang.
PARSE = """
import sys
import tempfile
from pathlib import Path
from grader.legality import clang_setup
text = "#include <cmath>\\n#include <cstddef>\\nint one() { return std::abs(-1); }\\n"
with tempfile.NamedTemporaryFile("w", suffix=".cpp") as file:
    file.write(text)
    file.flush()
    unit = clang_setup.parse(Path(file.name), ["-std=c++17", *sys.argv[1:]], None)
errors = [found.spelling for found in unit.diagnostics if found.severity >= found.Error]
if errors:
    raise SystemExit(f"error: libclang cannot read a tiny file: {errors[0]}")
mapped = [line.split()[-1] for line in open("/proc/self/maps") if "libclang" in line]
print(clang_setup.library_version(), mapped[0])
"""


def check_python(build: Path) -> Iterator[Finding]:
    python = grader_python()
    version = run([python, "-c", VERSION])
    if version.code != 0:
        says = _("the grader needs 3.11 or newer; {python} is {version}")
        yield problem("Python", says.format(python=python, version=version.output.strip() or _("broken")))
        return
    lists = run(["sh", "grader/find_python", "--modules"]).output.splitlines()
    needed, for_tests = (words.split() for words in lists)
    missing = run([python, "-c", IMPORT, *needed]).output.splitlines()
    known = {"python": python, "version": version.output.strip()}
    if missing:
        says = _("{python} ({version}) does not import {names}").format(names=", ".join(missing), **known)
        yield problem("Python", says)
    else:
        yield ok("Python", _("{python} ({version}) imports {names}").format(names=", ".join(needed), **known))
    if run([python, "-c", IMPORT, *for_tests]).output:
        says = _("the tests of the lab need {names} as well").format(names=", ".join(for_tests))
        yield note("Python", says, _("Type: make setup test"))
    if not any(name.startswith("clang") for name in missing):
        yield libclang(python, toolchain(build).clang_flags)


def libclang(python: str, flags: List[str]) -> Finding:
    parsed = run([python, "-c", PARSE, *flags])
    if parsed.code != 0:
        return problem("libclang", _("the grader could not inspect any file: {reason}").format(reason=parsed.reason))
    version, file = parsed.output.split(maxsplit=1)
    return ok("libclang", _("{version} reads C++: {file}").format(version=version, file=file.strip()))
