"""What decides a mark is in the digest of the grader, so that a change of it grades a class again; what shows is not.

Run by pytest (`make test`)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.classroom.grade import state
from grader.common.build_facts import ROOT

DECIDES = ["grader/common/rubric.py", "grader/common/files.py", "grader/report/item.py", "grader/report/report_json.py"]
DECIDES += ["grader/report/tasks.py", "grader/grade/stages.py", "grader/judge/speed/verdict.cpp", "CMakeLists.txt"]
DECIDES += ["grader/legality/allowed.toml", "grader/machine/toolchain.cmake", "grader/experiments/profile.py"]
DECIDES += ["data/sample/train-images-idx3-ubyte.gz", "grader/report/new.py", "reference/by_loops.cpp"]
ONLY_SHOWS = ["grader/common/locale/fr.po", "grader/report/page/report.html.j2", "grader/report/page/style.css"]
ONLY_SHOWS += ["grader/report/terminal.py", "grader/report/page/speed.py", "grader/machine/doctor/machine.py"]
ONLY_SHOWS += [
    "grader/tutor/hint.py",
    "grader/classroom/page/counts.py",
    "data/fashion-mnist/t10k-images-idx3-ubyte.gz",
]
IMPORTED = """
import sys, grader.grade.grade, grader.legality.__main__
print(*(module.__file__ for module in [*sys.modules.values()] if getattr(module, "__file__", None)), sep="\\n")
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lab = tmp_path_factory.mktemp("lab")
    skipped = shutil.ignore_patterns("tests", "__pycache__", "fashion-mnist")
    for folder in ("data", "grader", "reference"):
        shutil.copytree(ROOT / folder, lab / folder, ignore=skipped)
    shutil.copy(ROOT / "CMakeLists.txt", lab)
    return lab


def changes_the_digest(file: Path, lab: Path) -> bool:
    old, before = file.read_bytes() if file.exists() else b"", state.of_grader.__wrapped__(lab)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(old + b"\n")
    after = state.of_grader.__wrapped__(lab)
    file.write_bytes(old) if old else file.unlink()
    return after != before


@pytest.mark.parametrize("name", DECIDES)
def test_what_decides_a_mark_counts(name: str, lab: Path) -> None:
    assert changes_the_digest(lab / name, lab)


@pytest.mark.parametrize("name", ONLY_SHOWS)
def test_what_only_shows_does_not(name: str, lab: Path) -> None:
    assert not changes_the_digest(lab / name, lab)


def test_all_that_a_grade_imports_counts() -> None:
    """But the line that says how far it is."""
    run = subprocess.run([sys.executable, "-c", IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {Path(name) for name in run.stdout.split("\n") if Path(name).is_relative_to(ROOT / "grader")}
    assert len(imported) > 30
    assert imported - {*state.judging(ROOT)} == {ROOT / "grader/common/progress.py"}
