"""Compiler, libraries, the BLAS that is really linked: checked by compiling and running a small Armadillo program."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List

from grader.common.language import _
from grader.common.tool import UserError
from grader.machine.blas import Blas, fastest
from grader.machine.doctor.finding import (
    NOT_STARTED,
    ROOT,
    Finding,
    Ran,
    note,
    ok,
    problem,
    run,
    trial_folder,
)

FIND_COMPILER = "grader/find_compiler"
PROBE = ROOT / "grader" / "machine" / "blas_probe.cpp"
# The headers that the build needs, by the library's name; "|" where versions differ.
HEADERS = {
    "Armadillo": "armadillo",
    "zlib": "zlib.h",
    "Catch2": "catch2/catch.hpp|catch2/catch_all.hpp",
    "nlohmann-json": "nlohmann/json.hpp",
}
PROGRAMS = ("cmake", "pkg-config", "gprof", "prlimit")


@dataclass(frozen=True)
class Toolchain:
    """The compiler that the grader uses, with the flags that it gives it."""

    program: str  # empty where there is none
    flags: List[str]
    libraries: List[str]  # Armadillo's
    clang_flags: List[str]  # by which libclang reads the compiler's headers


def toolchain(build: Path) -> Toolchain:
    """That of the build, or else the one that CMake would take."""
    with suppress(OSError, ValueError, KeyError):
        facts = json.loads((build / "lab.json").read_text())
        flags = [*facts["flags"], *facts["diagnostics"]]
        return Toolchain(facts["compiler"], flags, facts["libraries"], facts["clang_flags"])
    program = run(["sh", FIND_COMPILER]).output.strip()
    flags = run(["sh", FIND_COMPILER, "--flags"]).output.split()
    clang_flags = run(["sh", FIND_COMPILER, "--clang", program]).output.splitlines()
    prefixes = list(filter(None, os.environ.get("CMAKE_PREFIX_PATH", "").split(os.pathsep)))
    flags += [f"-I{prefix}/include" for prefix in prefixes]
    folders = [option for prefix in prefixes for option in (f"-L{prefix}/lib", f"-Wl,-rpath,{prefix}/lib")]
    return Toolchain(program, flags, [*folders, "-larmadillo"], clang_flags)


def check_programs() -> Iterator[Finding]:
    """What the build and the grader call beside the compiler."""
    if missing := [name for name in PROGRAMS if shutil.which(name) is None]:
        yield problem("programs", _("these are not on the PATH: {names}").format(names=", ".join(missing)))
    else:
        yield ok("programs", _("{names} are on the PATH").format(names=", ".join(PROGRAMS)))


def check_compiler(build: Path) -> Iterator[Finding]:
    tools = toolchain(build)
    if not tools.program:
        yield problem("compiler", _("there is no g++ 11 or newer on the PATH, and CXX names none"))
        return
    yield from check_choice(tools.program)
    source = "#include <vector>\n#include <string_view>\nint main() { if (std::vector v{1}; v.empty()) return 1; }\n"
    with trial_folder(build) as folder:
        made = run([tools.program, *tools.flags, "-x", "c++", "-", "-o", f"{folder}/trial"], feed=source)
        ran = run([f"{folder}/trial"]) if made.code == 0 else made
    if ran.code == 0:
        version = run([tools.program, "--version"]).output.splitlines()[0]
        yield ok("compiler", _("{version}: compiles and links C++17").format(version=version))
        return
    says = _("{program} does not make a program of C++17: {reason}")
    yield problem("compiler", says.format(program=tools.program, reason=ran.reason), may_not_run(ran, folder))


def check_choice(program: str) -> Iterator[Finding]:
    """CXX names another compiler, which was passed over."""
    wished = os.environ.get("CXX", "")
    if wished and program not in map(shutil.which, wished.split()):
        says = _("the grader compiles with {program}, a g++, and not with CXX={wished}")
        yield note("compiler", says.format(wished=wished, program=program))


def may_not_run(ran: Ran, folder: str) -> str:
    """What to do where the file system forbids to run programs; nothing in other cases."""
    if ran.code != NOT_STARTED:
        return ""
    says = _("If {folder} is mounted noexec, copy the lab to where programs may run")
    return says.format(folder=os.path.dirname(folder))


def missing_headers(tools: Toolchain) -> list[str]:
    """The libraries whose headers the compiler does not find."""
    lines = []
    for name, headers in HEADERS.items():
        condition = " || ".join(f"__has_include(<{header}>)" for header in headers.split("|"))
        lines += [f"#if !({condition})", f"missing {name}", "#endif"]
    made = run([tools.program, *tools.flags, "-E", "-P", "-x", "c++", "-"], feed="\n".join(lines) + "\n")
    return [line.split(" ", 1)[1] for line in made.output.splitlines() if line.startswith("missing ")]


def check_libraries(build: Path) -> Iterator[Finding]:
    tools = toolchain(build)
    if not tools.program:
        yield problem("libraries", _("not checked: that takes a compiler"))
        return
    missing = missing_headers(tools)
    if missing:
        says = _("the compiler does not find the headers of {names}")
        yield problem("libraries", says.format(names=", ".join(missing)))
    else:
        yield ok("libraries", _("the compiler finds {names}").format(names=", ".join(HEADERS)))
    if "Armadillo" in missing:
        return
    with trial_folder(build) as folder:
        trial = f"{folder}/trial"
        made = run([tools.program, *tools.flags, str(PROBE), *tools.libraries, "-ldl", "-o", trial])
        if made.code != 0:
            says = _("a small program with it does not compile and link: {reason}")
            yield problem("Armadillo", says.format(reason=made.reason))
            return
        ran = run([trial])
        if ran.code != NOT_STARTED:
            try:
                chosen = fastest(trial)
            except UserError as error:
                yield Finding("PROBLEM", "BLAS", str(error))
                return
            ran = run(["env", *(f"{name}={value}" for name, value in chosen.environment().items()), trial])
    if ran.code != 0:
        says = _("a small program with it does not run: {reason}")
        yield problem("Armadillo", says.format(reason=ran.reason), may_not_run(ran, folder))
        return
    facts = dict(line.split(" ", 1) for line in ran.output.splitlines())
    says = _("{version}: a small program compiles, links and runs")
    yield ok("Armadillo", says.format(version=facts["armadillo"]))
    yield blas(facts, chosen)


def blas(facts: dict[str, str], chosen: Blas) -> Finding:
    """What the small program says of its BLAS, and how a grade uses it."""
    file = os.path.realpath(facts["file"])
    if "/blas/" in file or "refblas" in file:
        return slow_blas(file)
    if not facts["config"]:
        return ok("BLAS", _("{file}; how fast it is, the lines under the grade's table show").format(file=file))
    return ok("BLAS", f"{chosen.describe()}, {file}")


def slow_blas(file: str) -> Finding:
    says = _("the slow reference BLAS: right, but the speeds of a grade mean little with it; {file}").format(file=file)
    fast = sorted(Path("/usr/lib").glob("*/openblas*/libblas.so.3"))
    if not fast:
        return note("BLAS", says, _("Install libopenblas-dev: make setup"))
    if os.environ.get("LD_LIBRARY_PATH"):
        hidden = _("OpenBLAS is installed, but LD_LIBRARY_PATH may hide it. Type: unset LD_LIBRARY_PATH")
        return note("BLAS", says, hidden)
    link = f"libblas.so.3-{fast[0].parent.parent.name}"
    choose = _("OpenBLAS is installed but not chosen. Type: sudo update-alternatives --auto {link}")
    return note("BLAS", says, choose.format(link=link))
