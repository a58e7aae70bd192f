"""The front door starts little, and uses nothing stale: neither a Python, nor a program, nor a precompiled header.

What builds here is a copy of the lab, with a compiler and an Armadillo of its own, which can be replaced."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT, Build, read_build
from grader.grade import headers
from grader.legality import clang_setup
from grader.machine import blas
from grader.tests.support.copy_support import copy_of_the_lab
from grader.tests.support.corpus_support import build_folder

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
MODULES = ("clang", "rich", "jinja2", "matplotlib", "numpy", "pytest")
LONG_AGO = (1_000_000_000, 1_000_000_000)


def program(file: Path, script: str) -> Path:
    """In one step and with an old time, as a package installs a program."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(f"#!/bin/sh\n{script}\n")
    new.chmod(0o755)
    os.utime(new, LONG_AGO)
    new.replace(file)
    return file


# --- the Python that was found ----------------------------------------------------------------------------------------


class Search:
    """A slow wrapper as the python3 on the PATH, around a Python with modules of its own; and what find_python keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = folder / "asked"
        self.path = folder / "path"
        self.venv = folder / "venv"
        venv.create(self.venv, symlinks=True)
        self.python = self.venv / "bin" / "python3"
        self.modules = next(self.venv.glob("lib/python3.*/site-packages"))
        for name in MODULES:
            (self.modules / name).mkdir()
        self.wrap(self.path / "python3", self.python)
        self.script = shutil.copy2(ROOT / "grader" / "find_python", folder / "find_python")
        self.environment = {"PATH": f"{self.path}:{SYSTEM_PATH}", "PYTHONDONTWRITEBYTECODE": "1"}

    def wrap(self, file: Path, python: Path) -> None:
        program(file, f'echo >>{self.asked}; exec {python} "$@"')

    def find(self) -> str:
        """The Python that runs, after a search that is kept."""
        command = [self.script, "--kept", self.folder / "python", "-c", "import sys; print(sys.executable)"]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()

    def searches(self) -> int:
        """How often the wrapper was asked since the last time."""
        times = self.asked.read_text().count("\n") if self.asked.exists() else 0
        self.asked.unlink(missing_ok=True)
        return times


@pytest.fixture
def search(tmp_path: Path) -> Search:
    made = Search(tmp_path)
    assert made.find() == str(made.python) and made.searches() == 1
    return made


def test_a_python_is_looked_for_once_and_its_wrapper_left_out(search: Search) -> None:
    assert [search.find() for _ in range(3)] == [str(search.python)] * 3
    assert search.searches() == 0


def test_another_python_on_the_path_or_by_name_is_taken(search: Search) -> None:
    other = search.folder / "other"
    program(other / "python3", f'exec {sys.executable} "$@"')
    search.environment["PATH"] = f"{other}:{search.environment['PATH']}"
    assert search.find() == sys.executable
    search.environment["PYTHON"] = str(search.python)
    assert search.find() == str(search.python)
    program(search.path / "python3", f'exec {sys.executable} "$@"')
    del search.environment["PYTHON"]
    search.environment["PATH"] = f"{search.path}:{SYSTEM_PATH}"
    assert search.find() == sys.executable, "a python3 that is another one, at the same place"


def test_a_python_that_is_gone_is_not_used(search: Search) -> None:
    search.python.unlink()
    assert search.find() not in ("", str(search.python))


def test_a_python_whose_module_is_gone_is_not_used(search: Search) -> None:
    (search.modules / "rich").rmdir()
    assert search.find() not in ("", str(search.python))


@pytest.mark.parametrize(
    "change",
    [
        lambda search: (search.modules / "new").mkdir(),
        lambda search: search.wrap(search.path / "python3", search.python),
        lambda search: search.environment.update(PYTHONPATH="/usr"),
        lambda search: shutil.copyfile(search.script, search.folder / "copy") and os.utime(search.script, LONG_AGO),
    ],
    ids=["modules", "wrapper", "PYTHONPATH", "find_python"],
)
def test_looks_again_when_anything_has_changed(change: Callable[[Search], object], search: Search) -> None:
    change(search)
    assert search.find() == str(search.python) and search.searches() == 1
    assert search.find() == str(search.python) and search.searches() == 0


def test_half_a_file_is_no_answer(search: Search) -> None:
    kept = search.folder / "python"
    whole = kept.read_text()
    for length in (0, 5, len(whole) // 2, len(whole) - 20):
        kept.write_text(whole[:length])
        assert search.find() == str(search.python) and search.searches() == 1, length


def test_make_takes_the_python_that_is_named(tmp_path: Path) -> None:
    named = program(tmp_path / "mine", f'echo >>{tmp_path}/asked; exec {sys.executable} "$@"')
    (tmp_path / "build").mkdir()
    command = ["make", "hint", f"BUILD={tmp_path}/build"]
    subprocess.run([*command, f"PYTHON={named}"], cwd=ROOT, capture_output=True, check=True)
    assert (tmp_path / "asked").exists()
    assert (tmp_path / "build" / "python").read_text().splitlines()[0] == sys.executable


# --- what starts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tool, heavy", [("grader.tutor.hint", "clang jinja2 matplotlib numpy"), ("grader.grade", "clang matplotlib numpy")]
)
def test_a_tool_loads_only_what_it_needs(tool: str, heavy: str) -> None:
    command = [sys.executable, "-X", "importtime", "-m", tool, "--help"]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    assert "grader.common.rubric" in loaded
    assert [name for name in heavy.split() if re.search(rf"\| +{name}$", loaded, re.MULTILINE)] == []


def test_a_hint_asks_nobody_whether_there_is_anything_to_build(tmp_path: Path) -> None:
    told = subprocess.run(["make", "-n", "hint"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "grader.tutor.hint" in told and len(told.splitlines()) == 1


def test_nothing_to_build_is_nothing_to_say(tmp_path: Path) -> None:
    done = subprocess.run(["make", "programs", f"BUILD={build_folder()}"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# --- what users name --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["a`touch pwned`b", "a$(touch pwned)b", "a$$(shell touch pwned)b", 'a";touch pwned;"b', "a$HOME b'c"]
)
def test_a_name_is_no_code(name: str, tmp_path: Path) -> None:
    for variable in ("SUBMISSION", "OUT", "ONLY", "SEED"):
        command = ["make", "--no-print-directory", "grade", f"{variable}={name}", f"BUILD={build_folder()}"]
        command += [] if variable == "OUT" else [f"OUT={tmp_path}/out"]
        command += [] if variable == "SUBMISSION" else [f"SUBMISSION={tmp_path}/none"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 2 and "Traceback" not in done.stderr
        said = re.sub(r"\s", "", done.stderr)
        shown = name.split()[0] if variable == "ONLY" else name  # ONLY takes several names
        assert re.sub(r"\s", "", shown) in said or variable == "OUT", done.stderr
    assert not (ROOT / "pwned").exists()
    if Path(ROOT / name).is_dir():
        shutil.rmtree(ROOT / name)


def make(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize("name", ["grad", "softmax_batch", "it's", "$(touch made)", "`touch made`"])
def test_a_mistyped_command_names_those_that_there_are(name: str) -> None:
    done = make(name.replace("$", "$$"))
    assert done.returncode == 2 and done.stdout.startswith("There is no such command: make "), done.stdout
    assert "  make grade  " in done.stdout and not (ROOT / "made").exists()


@pytest.mark.parametrize("words", [("train", "version=vec"), ("grade", "only=evaluate"), ("help", "build=/tmp/x")])
def test_a_name_in_small_letters_is_not_passed_over(words: tuple[str, str]) -> None:
    done = make(*words)
    assert done.returncode == 2 and "such a name is in capitals, as in ONLY=softmax_batch" in done.stderr
    assert not done.stdout


def test_a_note_may_hold_what_looks_like_a_name() -> None:
    assert make("help", "NOTE=only=3 version=2").returncode == 0


def test_only_those_who_have_the_answers_see_commands_for_instructors(tmp_path: Path) -> None:
    """Of contributors neither; each copy has all others."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "grader").mkdir()
    shutil.copy(ROOT / "grader" / "say", tmp_path / "grader")
    students = make("help", folder=tmp_path).stdout
    (tmp_path / "solutions").mkdir()
    every = make("help", folder=tmp_path).stdout
    assert "make release" in every and "make tidy" in every
    kept = [line for line in every.splitlines() if "instructors:" not in line and "contributors:" not in line]
    assert students.splitlines() == kept and "make grade" in students


def test_a_start_up_file_of_the_shell_says_nothing(tmp_path: Path) -> None:
    talkative = tmp_path / "talkative.sh"
    talkative.write_text("echo Welcome\n")
    environment = {**os.environ, "BASH_ENV": str(talkative), "VERSION": "2.1"}
    command = ["make", "hint", f"BUILD={tmp_path}", f"OUT={tmp_path}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and "Welcome" not in done.stdout
    told = subprocess.run(["make", "-n", "train"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert told.returncode == 0 and "curves-loop.csv" in told.stdout


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
