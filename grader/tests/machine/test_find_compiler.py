"""A g++ is found: by grader/find_compiler, which CMake and the doctor ask, whatever c++ and CXX are."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT, read_build
from grader.machine.doctor import compiler
from grader.tests.support.corpus_support import build_folder

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
GXX = shutil.which("g++") or ""
CLANG = shutil.which("clang++") or ""
needs_clang = pytest.mark.skipif(not CLANG, reason="clang++ is not here")
pytestmark = pytest.mark.skipif(not GXX, reason="g++ is here under another name")


def find(*given: str, **environment: str) -> str:
    command = ["sh", "grader/find_compiler", *given]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True).stdout.strip()


def program(file: Path, script: str) -> Path:
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def configure(build: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["cmake", "-S", str(ROOT), "-B", str(build), *options]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder of programs, with what find_compiler calls and no compiler."""
    for name in ("sh", "sed", "readlink"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    return tmp_path


@needs_clang
def test_clang_as_the_systems_compiler_is_passed_over(tools: Path) -> None:
    (tools / "c++").symlink_to(CLANG)
    (tools / "g++-12").symlink_to(GXX)
    assert find(PATH=str(tools)) == str(tools / "g++-12")
    assert find(PATH=SYSTEM_PATH, CXX="clang++") in (GXX, shutil.which("c++"))


def test_a_gxx_that_is_named_comes_first(tools: Path) -> None:
    mine = program(tools / "mine", f'exec {GXX} "$@"')
    assert find(PATH=SYSTEM_PATH, CXX=str(mine)) == str(mine)
    assert find(str(mine), PATH=SYSTEM_PATH, CXX=GXX) == str(mine)


def test_the_newest_is_taken_where_only_versions_have_names(tools: Path) -> None:
    for version in (11, 12, 13):
        (tools / f"g++-{version}").symlink_to(GXX)
    program(tools / "g++-14", "exit 1")  # is broken
    assert find(PATH=str(tools)) == str(tools / "g++-13")


def test_the_compiler_behind_a_launcher(tools: Path) -> None:
    launcher = program(tools / "ccache", f'case "$0" in */ccache) exec "$@" ;; *) exec {GXX} "$@" ;; esac')
    assert find(PATH=SYSTEM_PATH, CXX=f"{launcher} {GXX}") == GXX
    (tools / "c++").symlink_to(launcher)
    assert find(PATH=f"{tools}:{SYSTEM_PATH}") == GXX


def test_without_any_the_build_says_what_to_do(tools: Path, tmp_path: Path) -> None:
    assert find(PATH=str(tools)) == ""
    done = subprocess.run(
        [shutil.which("cmake") or "", "-S", str(ROOT), "-B", str(tmp_path / "build")],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0 and "Type: make setup" in " ".join(done.stderr.split())


@needs_clang
@pytest.mark.thorough
@pytest.mark.parametrize("way", ["CXX", "-DCMAKE_CXX_COMPILER"])
def test_cmake_builds_with_it_and_goes_on_doing_so(way: str, tmp_path: Path) -> None:
    options = [f"{way}={CLANG}"] if way.startswith("-D") else []
    for _ in range(2):
        done = configure(tmp_path, *options, CXX=CLANG)
        assert done.returncode == 0, done.stderr
        assert read_build(tmp_path).compiler == find(PATH=os.environ["PATH"], CXX=CLANG)
        options = []
    assert read_build(tmp_path).diagnostics == read_build(build_folder()).diagnostics != ()


@needs_clang
def test_the_doctor_takes_the_same_one_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXX", CLANG)
    note, found = compiler.check_compiler(tmp_path)
    assert (note.status, found.status) == ("note", "OK") and f"not with CXX={CLANG}" in note.says
    monkeypatch.setenv("CXX", GXX)
    assert [found.status for found in compiler.check_compiler(tmp_path)] == ["OK"]


def test_the_doctor_compiles_with_the_graders_flags(tmp_path: Path) -> None:
    build = read_build(build_folder())
    flags = [*build.flags, *build.diagnostics]
    of_build, of_none = compiler.toolchain(build_folder()), compiler.toolchain(tmp_path)
    assert (of_build.program, of_build.flags, of_build.clang_flags) == (build.compiler, flags, [*build.clang_flags])
    assert (of_none.flags, of_none.clang_flags) == (flags, [*build.clang_flags])
