"""Compiler, libraries, the BLAS that is really linked: checked by compiling and running a small Armadillo program."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Iterator

from grader.common.language import _
from grader.common.tool import UserError
from grader.machine.blas import Blas, fastest
from grader.machine.doctor.finding import ROOT, Finding, note, ok, problem, run

STANDARD = "-std=c++17"
PROBE = ROOT / "grader" / "machine" / "blas_probe.cpp"
# The headers that the build needs, by the library's name; "|" where versions differ.
HEADERS = {
    "Armadillo": "armadillo",
    "zlib": "zlib.h",
    "Catch2": "catch2/catch.hpp|catch2/catch_all.hpp",
    "nlohmann-json": "nlohmann/json.hpp",
}
PROGRAMS = ("cmake", "pkg-config", "gprof", "prlimit")


def compiler() -> str:
    """The one that CMake would take; empty where there is none."""
    names = [os.environ.get("CXX", ""), "c++", "g++", "clang++"]
    return next((found for name in names if name and (found := shutil.which(name))), "")


def check_programs() -> Iterator[Finding]:
    """What the build and the grader call beside the compiler."""
    if missing := [name for name in PROGRAMS if shutil.which(name) is None]:
        yield problem("programs", _("these are not on the PATH: {names}").format(names=", ".join(missing)))
    else:
        yield ok("programs", _("{names} are on the PATH").format(names=", ".join(PROGRAMS)))


def check_compiler() -> Iterator[Finding]:
    program = compiler()
    if not program:
        yield problem("compiler", _("there is no C++ compiler on the PATH: no c++, g++ or clang++"))
        return
    version = run([program, "--version"])
    source = "#include <vector>\n#include <string_view>\nint main() { if (std::vector v{1}; v.empty()) return 1; }\n"
    with tempfile.TemporaryDirectory() as folder:
        made = run([program, STANDARD, "-x", "c++", "-", "-o", f"{folder}/trial"], feed=source)
        if made.code == 0 and run([f"{folder}/trial"]).code == 0:
            says = _("{version}: compiles and links C++17")
            yield ok("compiler", says.format(version=version.output.splitlines()[0]))
        else:
            says = _("{program} does not make a program of C++17: {reason}")
            yield problem("compiler", says.format(program=program, reason=made.reason))


def missing_headers(program: str) -> list[str]:
    """The libraries whose headers the compiler does not find."""
    lines = []
    for name, headers in HEADERS.items():
        condition = " || ".join(f"__has_include(<{header}>)" for header in headers.split("|"))
        lines += [f"#if !({condition})", f"missing {name}", "#endif"]
    made = run([program, STANDARD, "-E", "-P", "-x", "c++", "-"], feed="\n".join(lines) + "\n")
    return [line.split(" ", 1)[1] for line in made.output.splitlines() if line.startswith("missing ")]


def check_libraries() -> Iterator[Finding]:
    program = compiler()
    if not program:
        yield problem("libraries", _("not checked: that takes a compiler"))
        return
    missing = missing_headers(program)
    if missing:
        says = _("the compiler does not find the headers of {names}")
        yield problem("libraries", says.format(names=", ".join(missing)))
    else:
        yield ok("libraries", _("the compiler finds {names}").format(names=", ".join(HEADERS)))
    if "Armadillo" in missing:
        return
    with tempfile.TemporaryDirectory() as folder:
        trial = f"{folder}/trial"
        made = run([program, STANDARD, str(PROBE), "-larmadillo", "-ldl", "-o", trial])
        if made.code != 0:
            says = _("a small program with it does not compile and link: {reason}")
            yield problem("Armadillo", says.format(reason=made.reason))
            return
        try:
            chosen = fastest(trial)
        except UserError as error:
            yield Finding("PROBLEM", "BLAS", str(error))
            return
        ran = run(["env", *(f"{name}={value}" for name, value in chosen.environment().items()), trial])
    if ran.code != 0:
        yield problem("Armadillo", _("a small program with it does not run: {reason}").format(reason=ran.reason))
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
    return ok("BLAS", f"{chosen.describe()}; {file}")


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
