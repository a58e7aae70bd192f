"""Nothing stale is used: neither a program, nor a precompiled header, nor the BLAS that was chosen.

What builds here is a copy of the lab, with a compiler and an Armadillo of its own, which can be replaced."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.common.build_facts import Build, read_build
from grader.grade import headers
from grader.legality import clang_setup
from grader.machine import blas
from grader.tests.support.copy_support import copy_of_the_lab
from grader.tests.support.corpus_support import build_folder
from grader.tests.support.program_support import LONG_AGO, program


# --- what is built ----------------------------------------------------------------------------------------------------


class Lab:
    """A copy of the lab: its build folder, a compiler that is a script, and an Armadillo whose headers can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = copy_of_the_lab(folder / "lab")
        self.build = self.folder / "build"
        self.compiler = folder / "bin" / "c++"
        self.install_compiler("first")
        self.headers = folder / "include"
        self.headers.mkdir()
        shutil.copy2("/usr/include/armadillo", self.headers)
        shutil.copytree("/usr/include/armadillo_bits", self.headers / "armadillo_bits")
        ninja = ["-G", "Ninja"] if shutil.which("ninja") else []
        options = [f"-DARMADILLO_INCLUDE_DIR={self.headers}", f"-DCMAKE_CXX_COMPILER={self.compiler}"]
        subprocess.run(
            ["cmake", *ninja, "-S", self.folder, "-B", self.build, *options], check=True, capture_output=True
        )
        self.compiled()

    def install_compiler(self, version: str) -> None:
        program(self.compiler, f'# {version}\nexec /usr/bin/c++ "$@"')

    def compiled(self, *targets: str) -> set[str]:
        """Builds a part that is quick to build: the contract's library and a library of the judge. What was compiled?"""
        command = ["cmake", "--build", self.build, "--target", *(targets or ("lab_batches", "lab_statistics"))]
        said = subprocess.run(command, capture_output=True, text=True)
        assert said.returncode == 0, said.stdout
        return {Path(file).name for file in re.findall(r"Building CXX object (\S+)", said.stdout)}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    if not Path("/usr/include/armadillo_bits").is_dir():
        pytest.skip("Armadillo is not where Debian has it")
    return Lab(tmp_path_factory.mktemp("front-door"))


@pytest.fixture
def built(lab: Lab) -> Iterator[Lab]:
    assert lab.compiled() == set()
    time.sleep(0.02)  # ... so that what is written now is newer, also by a coarse clock
    yield lab


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_changed_source_of_the_judge_is_compiled(built: Lab) -> None:
    append(built.folder / "grader" / "judge" / "speed" / "statistics.cpp", "// changed\n")
    assert built.compiled() == {"statistics.cpp.o"}


def test_a_changed_contract_header_is_read(built: Lab) -> None:
    append(built.folder / "reference" / "softmax_reg_vec.hpp", "// changed\n")
    assert built.compiled() == {"batches.cpp.o"}


def test_a_changed_catalogue_is_compiled(built: Lab) -> None:
    catalogue = built.folder / "grader" / "common" / "locale" / "fr.po"
    catalogue.write_text(catalogue.read_text().replace('msgstr "le correcteur"', 'msgstr "le nouveau correcteur"'))
    built.compiled()
    made = built.build / "locale" / "fr" / "LC_MESSAGES" / "lab.mo"
    assert "le nouveau correcteur" in made.read_text(errors="replace")


def test_a_header_of_the_system_that_was_edited_is_read(built: Lab) -> None:
    append(built.headers / "armadillo_bits" / "config.hpp", "// changed\n")
    assert {"batches.cpp.o", "statistics.cpp.o", "cmake_pch.hxx.gch"} <= built.compiled()


def test_another_armadillo_is_read_though_its_package_is_old(built: Lab) -> None:
    header = built.headers / "armadillo_bits" / "config.hpp"
    new = shutil.copy2(header, header.with_suffix(".dpkg-new"))
    append(new, "// another version\n")
    os.utime(new, LONG_AGO)
    new.replace(header)
    assert {"batches.cpp.o", "statistics.cpp.o", "cmake_pch.hxx.gch"} <= built.compiled()


def test_another_compiler_compiles_everything(built: Lab) -> None:
    built.install_compiler("second")
    os.utime(built.compiler)
    assert {"batches.cpp.o", "statistics.cpp.o", "cmake_pch.hxx.gch"} <= built.compiled()


@pytest.mark.skipif(shutil.which("ninja") is None, reason="only ninja builds a single object")
def test_an_older_exercise_that_is_moved_in_is_compiled(built: Lab) -> None:
    file = built.folder / "exercises" / "softmax_batch.cpp"
    made = f"grader/experiments/CMakeFiles/train_vec.dir/__/__/exercises/{file.name}.o"
    assert f"{file.name}.o" in built.compiled(made) and built.compiled(made) == set()
    os.utime(file)
    built.compiled(made)
    older = file.with_suffix(".old")
    older.write_text(file.read_text() + "// another one\n")
    os.utime(older, LONG_AGO)
    older.replace(file)
    assert built.compiled(made) == {f"{file.name}.o"}
    assert built.compiled(made) == set()


# --- what a grade keeps -----------------------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Build, list[str]]]:
    """A build folder where precompiling takes no time; what was precompiled, in order."""
    real = read_build(build_folder())
    (tmp_path / "lab.json").write_text("{}")
    compiler, header, library = (program(tmp_path / name, "exit 0") for name in ("c++", "armadillo.hpp", "libclang.so"))
    made: list[str] = []
    monkeypatch.setattr(headers, "list_macros", lambda *_: None)
    monkeypatch.setattr(headers, "precompile", lambda *_: made.append("g++") or [str(header)])
    monkeypatch.setattr("grader.legality.clang_setup.make_pch", lambda *_: made.append("clang"))
    monkeypatch.setattr("grader.legality.clang_setup.files_of_libclang", lambda: [str(library)])
    headers.fingerprint.cache_clear()
    yield replace(real, folder=tmp_path, compiler=str(compiler)), made
    headers.fingerprint.cache_clear()


def make_headers(build: Build) -> None:
    headers.fingerprint.cache_clear()  # as in another process
    headers.make_headers(build)


def test_headers_are_precompiled_once(kept: tuple[Build, list[str]]) -> None:
    build, made = kept
    for _ in range(3):
        make_headers(build)
    assert sorted(made) == ["clang", "g++"]


@pytest.mark.parametrize("name", ["c++", "armadillo.hpp", "libclang.so"])
def test_what_compiler_and_inspection_read_is_part_of_a_result(name: str, kept: tuple[Build, list[str]]) -> None:
    build, made = kept
    make_headers(build)
    before = headers.fingerprint(build)
    program(build.folder / name, "exit 1")  # as long as before, and as old
    make_headers(build)
    assert len(made) == 4 and headers.fingerprint(build) != before
    (build.folder / "armadillo.hpp").unlink()
    make_headers(build)
    assert len(made) == 6


def test_the_real_headers_and_libclang_are_known() -> None:
    build = read_build(build_folder())
    headers.make_headers(build)
    files = (build.folder / "pch" / "tools").read_text().splitlines()
    assert len(files) == len([file for file in files if Path(file).is_file()]) > 100
    assert any(file.endswith("/armadillo_bits/config.hpp") for file in files)
    assert {*clang_setup.files_of_libclang()} < {*files}


def test_names_with_spaces_are_read_from_a_rule(tmp_path: Path) -> None:
    folder = tmp_path / "my lab"
    folder.mkdir()
    header = folder / "one.hpp"
    header.write_text("#include <cstddef>\n")
    build = replace(read_build(build_folder()), folder=tmp_path)
    assert str(header) in headers.precompile(header, folder, build)


def test_another_blas_is_timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = program(tmp_path / "libblas.so", "exit 0")
    chosen: list[blas.Blas] = []

    def choose(_: str) -> blas.Blas:
        chosen.append(blas.Blas("OpenBLAS", str(library), "Zen", "library", 1e-4))
        return chosen[-1]

    monkeypatch.setattr(blas, "fastest", choose)
    build = replace(read_build(build_folder()), folder=tmp_path)
    assert blas.choose(build) == blas.choose(build) and len(chosen) == 1
    program(library, "exit 1")
    blas.choose(build)
    assert len(chosen) == 2
