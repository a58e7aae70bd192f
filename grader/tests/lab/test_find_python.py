"""The Python that was found is kept: it is looked for once, and again as soon as anything has changed.

What searches is a copy of grader/find_python, for a Python of its own on a PATH of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.tests.support.program_support import LONG_AGO, program

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
MODULES = ("clang", "rich", "jinja2", "matplotlib", "numpy", "pytest")

pytestmark = pytest.mark.thorough  # each makes a Python of its own


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
