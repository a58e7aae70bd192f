"""Headers, libraries, compilers and Python's modules that are not where the system has them: all that reads or runs a
submission finds them, in the sandbox, too. Needs the built grader; hiding the system's headers takes root."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import rich

from grader.common.build_facts import ROOT, read_build
from grader.common.tool import UserError
from grader.machine import sandbox
from grader.machine.doctor import compiler
from grader.machine.doctor.finding import run
from grader.tests.support.corpus_support import SOLUTIONS, build_folder
from grader.tests.support.machine_support import earns_all, grade, mounting

pytestmark = pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
HEADERS = Path("/usr/include")
WITHOUT_HEADERS = ("--bind /dev/null /usr/include/armadillo", "-t tmpfs tmpfs /usr/include/armadillo_bits")
PROGRAMS = ("judge", "worker", "worker_objects", "blas_probe", "profile")


def in_sandbox() -> list[str]:
    try:
        sandbox.require(read_build(build_folder()))
    except UserError as error:
        pytest.skip(str(error))
    return ["--sandbox"]


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with Armadillo in it, and with a g++ that has a name of its own."""
    if not (HEADERS / "armadillo_bits").is_dir():
        pytest.skip("Armadillo is not where Debian has it")
    folder = tmp_path_factory.mktemp("my home")
    shutil.copytree(HEADERS / "armadillo_bits", folder / "include" / "armadillo_bits")
    shutil.copy2(HEADERS / "armadillo", folder / "include")
    (folder / "lib").mkdir()
    library = next(file for file in read_build(build_folder()).libraries if "armadillo" in file)
    for name in ("libarmadillo.so", Path(os.path.realpath(library)).name, "libarmadillo.so.11"):
        shutil.copy2(library, folder / "lib" / name)
    (folder / "bin").mkdir()
    (folder / "bin" / "my-gxx").write_text(f'#!/bin/sh\nexec {read_build(build_folder()).compiler} "$@"\n')
    (folder / "bin" / "my-gxx").chmod(0o755)
    return folder


def configured(prefix: Path, build: Path, **environment: str) -> Path:
    """The facts of a build of one's own, with the programs of the one that is there: to compile them takes minutes."""
    launcher = mounting(*WITHOUT_HEADERS)
    command = [*launcher, "cmake", "-S", str(ROOT), "-B", str(build), f"-DCMAKE_CXX_COMPILER={prefix}/bin/my-gxx"]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    facts = json.loads((build / "lab.json").read_text())
    built = json.loads((build_folder() / "lab.json").read_text())
    (build / "lab.json").write_text(json.dumps({**facts, **{name: built[name] for name in PROGRAMS}}))
    return build


@pytest.fixture(scope="module")
def build(prefix: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return configured(prefix, tmp_path_factory.mktemp("build"), CMAKE_PREFIX_PATH=str(prefix))


def test_cmake_writes_what_it_found(prefix: Path, build: Path) -> None:
    facts = read_build(build)
    assert facts.compiler == str(prefix / "bin" / "my-gxx")
    assert f"-isystem{prefix}/include" in facts.flags and f"{prefix}/lib/libarmadillo.so" in facts.libraries
    assert {f"{prefix}/include", f"{prefix}/lib", facts.compiler} <= {*facts.places}
    own = read_build(build_folder())
    assert own.clang_flags == facts.clang_flags and not any(flag.startswith("-isystem") for flag in own.flags)


@pytest.mark.parametrize("shut_in", [False, True], ids=["open", "sandbox"])
def test_the_answers_earn_their_marks(shut_in: bool, build: Path, tmp_path: Path) -> None:
    options = ["--build", str(build), *(in_sandbox() if shut_in else [])]
    earns_all(grade(tmp_path, *options, launcher=mounting(*WITHOUT_HEADERS)), tmp_path)


def test_folders_of_the_compilers_environment_count_too(prefix: Path, tmp_path: Path) -> None:
    """As after `module load`; a grade in another shell has the build's folders."""
    found = {"CPATH": f"{prefix}/include", "CMAKE_INCLUDE_PATH": f"{prefix}/include"}
    build = configured(prefix, tmp_path / "build", **found)
    earns_all(grade(tmp_path / "out", "--build", str(build), launcher=mounting(*WITHOUT_HEADERS)), tmp_path / "out")


def test_the_doctor_finds_them_before_and_after_a_build(prefix: Path, build: Path, tmp_path: Path) -> None:
    checks = "import sys; from pathlib import Path; from grader.machine.doctor.compiler import check_libraries"
    checks += "; print(*(found.status + ' ' + found.what for found in check_libraries(Path(sys.argv[1]))), sep='\\n')"
    for folder, known in ((build, {}), (tmp_path, {"CMAKE_PREFIX_PATH": str(prefix)})):
        command = [*mounting(*WITHOUT_HEADERS), sys.executable, "-c", checks, str(folder)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **known}, capture_output=True, text=True)
        assert "OK libraries" in done.stdout and "OK Armadillo" in done.stdout, done.stdout + done.stderr


def test_a_program_loads_the_libraries_that_it_was_linked_with(prefix: Path, build: Path, tmp_path: Path) -> None:
    tools = compiler.toolchain(build)
    program = tmp_path / "program"
    made = run([tools.program, *tools.flags, str(compiler.PROBE), *tools.libraries, "-ldl", "-o", str(program)])
    assert made.code == 0, made.errors
    cmake = (build / "grader" / "CMakeFiles" / "worker.dir" / "link.txt", build / "build.ninja")
    text = "".join(file.read_text() for file in cmake if file.exists())
    assert f"{prefix}/lib" in text and "--disable-new-dtags" in text


def without_packages(folder: Path) -> str:
    venv.create(folder, symlinks=True)
    return str(folder / "bin" / "python3")


@pytest.mark.parametrize("shut_in", [False, True], ids=["open", "sandbox"])
def test_packages_from_pythonpath(shut_in: bool, tmp_path: Path) -> None:
    """As after `module load` or `pip install --target`; the link makes the folder one's own."""
    (tmp_path / "site").symlink_to(Path(rich.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    python = without_packages(tmp_path / "venv")
    out = tmp_path / "out"
    earns_all(grade(out, *(in_sandbox() if shut_in else []), python=python, env=environment), out)
