"""`make doctor` says what is missing, where things are really missing, and never fails itself."""

from __future__ import annotations

import ast
import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.machine.doctor import compiler, data, machine
from grader.machine.doctor.__main__ import examine
from grader.machine.doctor.finding import ROOT, Finding, run
from grader.machine.doctor.python import check_python

REFERENCE_BLAS = sorted(Path("/usr/lib").glob("*/blas/libblas.so.3"))
FIND_OLD_PYTHON = "for minor in 8 9 10; do python3.$minor -c 'import sys; print(sys.executable)' && exit; done"
OLD_PYTHON = run(["sh", "-c", FIND_OLD_PYTHON]).output.strip()
WSL = """/dev/sdc / ext4 rw 0 0
C:\\134 /mnt/c 9p rw,dirsync,aname=drvfs 0 0
D:\\134 /mnt/my\\040disk drvfs rw 0 0
"""


def doctor(build: Path, interpreter: str = sys.executable, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [interpreter, "-m", "grader.machine.doctor", "--build", str(build)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)


def statuses(findings: list[Finding]) -> dict[str, str]:
    return {finding.what: finding.status for finding in findings}


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with a shell and nothing else: no compiler, no CMake, no bubblewrap."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "sh").symlink_to("/bin/sh")
    return str(tmp_path / "bin")


def test_names_what_is_missing_and_goes_on(tmp_path: Path, bare_path: str) -> None:
    done = doctor(tmp_path / "build", PATH=bare_path)
    assert done.returncode == 1 and done.stderr == ""
    for what in ("compiler", "programs", "libraries"):
        assert f"PROBLEM  {what}" in done.stdout
    assert "OK       sample" in done.stdout and "note     bubblewrap" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.skipif(not OLD_PYTHON, reason="there is no Python 3.8, 3.9 or 3.10 here")
def test_an_old_python_is_enough(tmp_path: Path, bare_path: str) -> None:
    done = doctor(tmp_path / "build", OLD_PYTHON, PATH=bare_path)
    assert "OK       sample" in done.stdout and "check itself failed" not in done.stdout and done.stderr == ""


@pytest.mark.parametrize("folder", ["grader/machine/doctor", "data"])
def test_what_it_imports_is_python_3_8(folder: str) -> None:
    shared = [
        ROOT / "grader" / "common" / f"{name}.py" for name in ("progress", "language", "tool", "build_facts", "files")
    ]
    for file in [*(ROOT / folder).glob("*.py"), *shared, ROOT / "grader" / "machine" / "blas.py"]:
        ast.parse(file.read_text(), feature_version=(3, 8))


@pytest.mark.thorough
def test_nothing_is_missing_where_the_tests_run(tmp_path: Path) -> None:
    done = doctor(tmp_path / "build", FASHION_MNIST_DIR="")
    assert (done.returncode, done.stderr) == (0, "")
    assert "PROBLEM" not in done.stdout and "OK       Armadillo" in done.stdout


@pytest.mark.skipif(not REFERENCE_BLAS, reason="the reference BLAS is not installed")
@pytest.mark.thorough
def test_the_reference_blas_is_seen_beside_openblas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", str(REFERENCE_BLAS[0].parent))
    found = list(compiler.check_libraries(tmp_path))[-1]
    assert (found.what, found.status) == ("BLAS", "note")
    assert "slow reference BLAS" in found.says


def test_a_compiler_that_does_not_compile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "c++"
    checks_only = 'case "$*" in *-fsyntax-only*) exec g++ "$@" ;; esac'
    broken.write_text(f"#!/bin/sh\n{checks_only}\necho 'error: no space left' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("CXX", str(broken))
    found = list(compiler.check_compiler(tmp_path))[0]
    assert found.status == "PROBLEM" and "no space left" in found.says


def test_python_and_libclang_of_this_machine_work(tmp_path: Path) -> None:
    found = statuses(list(check_python(tmp_path)))
    assert found == {"Python": "OK", "libclang": "OK"}


def zeros_at(place: int) -> Callable[[bytes], bytes]:
    return lambda packed: packed[:place] + bytes(1000) + packed[place + 1000 :]


FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda packed: b"",
    "cut off": lambda packed: packed[:1000],
    "cut off at the end": lambda packed: packed[:-1],
    "overwritten": zeros_at(30),
    "overwritten at the head": zeros_at(0),
    "whole, but of other contents": lambda packed: gzip.compress(gzip.decompress(packed)[:-1]),
    "labels": lambda packed: (data.SAMPLE / "t10k-labels-idx1-ubyte.gz").read_bytes(),
}


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample, to spoil."""
    shutil.copytree(data.SAMPLE, tmp_path / "sample")
    monkeypatch.setattr(data, "SAMPLE", tmp_path / "sample")
    assert data.check_sample().status == "OK"
    return tmp_path / "sample"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_sample_that_is_not_whole(sample: Path, fault: str) -> None:
    images = sample / "t10k-images-idx3-ubyte.gz"
    images.write_bytes(FAULTS[fault](images.read_bytes()))
    found = data.check_sample()
    assert found.status == "PROBLEM" and images.name in found.says and "git checkout" in found.remedy


def test_a_sample_without_a_file(sample: Path) -> None:
    (sample / "train-labels-idx1-ubyte.gz").unlink()
    found = data.check_sample()
    assert found.status == "PROBLEM" and "train-labels-idx1-ubyte.gz cannot be read" in found.says


def test_a_folder_without_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASHION_MNIST_DIR", str(tmp_path))
    assert data.check_all_data().status == "PROBLEM"
    monkeypatch.setenv("FASHION_MNIST_DIR", str(data.SAMPLE))
    assert data.check_all_data().status == "OK"


def test_a_build_that_was_moved(tmp_path: Path) -> None:
    cache = tmp_path / "CMakeCache.txt"
    assert statuses(list(machine.check_build(tmp_path))) == {"build": "OK"}
    python = sys.executable
    cache.write_text(f"CMAKE_HOME_DIRECTORY:INTERNAL={ROOT}\nCMAKE_CXX_COMPILER:FILEPATH={python}\n")
    assert statuses(list(machine.check_build(tmp_path))) == {"build": "PROBLEM"}  # the configuration did not end
    (tmp_path / "lab.json").touch()
    for home, program, status in ((ROOT, python, "OK"), (tmp_path, python, "PROBLEM"), (ROOT, "/gone", "PROBLEM")):
        cache.write_text(f"CMAKE_HOME_DIRECTORY:INTERNAL={home}\nCMAKE_CXX_COMPILER:FILEPATH={program}\n")
        assert statuses(list(machine.check_build(tmp_path))) == {"build": status}


@pytest.mark.parametrize(
    "path, kind",
    [("/home/me/lab", "ext4"), ("/mnt/c/lab", "9p"), ("/mnt/cc", "ext4"), ("/mnt/my disk/lab", "drvfs"), ("/", "ext4")],
)
def test_a_drive_of_windows_is_seen(path: str, kind: str) -> None:
    assert machine.filesystem_of(Path(path), WSL) == kind


def test_a_program_that_is_not_there_is_no_exception() -> None:
    assert run(["/nowhere/at/all"]).code == -1 and "/nowhere/at/all" in run(["/nowhere/at/all"]).reason


def test_a_check_that_fails_is_a_finding() -> None:
    found = examine("data", lambda: iter([1 / 0]))
    assert [finding.status for finding in found] == ["PROBLEM"] and "ZeroDivisionError" in found[0].says


def test_findings_are_readable() -> None:
    text = str(Finding("PROBLEM", "compiler", "word " * 40 + "\x1b[31m", "Type: install " + "some-package " * 9))
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
