"""make regrade: a grade is repeated from its report, and what differs is named, item by item, with what has changed.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.grade.one import grade_one
from grader.common.build_facts import ROOT
from grader.tests.support import corpus_support as support
from grader.tests.support.arena import no_sandbox

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
EVALUATE = "evaluate.cpp"


def regrade(report: Path | str, out: Path, code: int) -> str:
    command = [sys.executable, "-m", "grader.classroom.regrade", str(report), "--build", str(support.build_folder())]
    done = subprocess.run([*command, "--out", str(out)], cwd=ROOT, capture_output=True, text=True, timeout=900)
    said = done.stdout + done.stderr
    assert done.returncode == code and "Traceback" not in said, said
    short = said.replace(str(out.parent), "build")
    assert all(len(line) <= 80 for line in short.splitlines()), said
    return " ".join(said.split())


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a grade, with the submission beside it."""
    folder = tmp_path_factory.mktemp("grade")
    (folder / "submission").mkdir()
    shutil.copy(support.SOLUTIONS / EVALUATE, folder / "submission")
    assert support.grade(folder / "submission", folder / "out", "--only", "evaluate").code == 0
    return folder


def speed_of(folder: Path) -> list[float]:
    items = json.loads((folder / "report.json").read_text())["items"]
    return [item["speed"]["submission_samples"] for item in items if "speed" in item]


def test_the_same_grade_again_though_its_speed_is_another(graded: Path) -> None:
    said = regrade(graded / "out/report.json", graded / "again", 0)
    assert f"SEED={support.SEED}, " in said
    assert "graded again: 3 of 3; all 5 items have the same verdicts and points" in said
    assert "Changed since" not in said
    assert speed_of(graded / "again") != speed_of(graded / "out")


def test_what_differs_is_named_with_the_file_that_has_changed(graded: Path, tmp_path: Path) -> None:
    """A report whose verdicts were others then, of a file that was another one then, with other kernels."""
    shutil.copytree(graded / "out", tmp_path / "out")
    (tmp_path / "out/submission/evaluate" / EVALUATE).write_text("// not what it is now\n")
    table = json.loads((tmp_path / "out/report.json").read_text())
    table["blas"]["core"] = "Katmai"
    ties = next(item for item in table["items"] if item["name"] == "ties")
    ties["status"], ties["points"] = "fail", 0.0
    (tmp_path / "out/report.json").write_text(json.dumps(table))
    said = regrade(tmp_path / "out/report.json", tmp_path / "again", 1)
    assert "graded again: 3 of 3; 1 of 5 items differ" in said
    assert "evaluate ties FAIL 0 ok 0.5 Changed since: changed: evaluate.cpp BLAS: " in said
    assert "Katmai; now " in said


@pytest.mark.skipif(bool(no_sandbox()), reason=no_sandbox() or "the sandbox works")
def test_a_grade_of_a_class(tmp_path: Path) -> None:
    """Its submission is the class's, wherever the class's folder is now; graded.json knows the files that were graded."""
    of_class = tmp_path / "first"
    (of_class / "submissions/s001").mkdir(parents=True)
    source = of_class / "submissions/s001/softmax_batch.cpp"
    shutil.copy(support.SOLUTIONS / source.name, source)
    (of_class / "seed").write_text("7\n")
    grade_one("s001", support.build_folder(), of_class)
    source.write_text((support.CORPUS / "wrong/softmax_batch--transposed.cpp").read_text())
    of_class = of_class.rename(tmp_path / "moved")
    said = regrade(of_class / "reports/s001/report.json", tmp_path / "again", 1)
    assert "Changed since: changed: softmax_batch.cpp" in said
    assert "softmax_batch random logits ok 1 FAIL 0" in said
    assert "bubblewrap" in json.loads((tmp_path / "again/report.json").read_text())["protections"]


def changed(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda table: table.update({key: value})


def points_of_the_first(table: dict[str, Any]) -> None:
    next(item for item in table["items"] if item["stage"] == "parity")["max_points"] = 7


def status_of_the_first(table: dict[str, Any]) -> None:
    table["items"][0]["status"] = ["pass"]


def gate(table: dict[str, Any]) -> None:
    next(item for item in table["items"] if "speed" in item)["speed"]["required_speedup"] = 3.0


def another_item(table: dict[str, Any]) -> None:
    table["items"] = [item for item in table["items"] if item["name"] != "ties"]


BAD = {
    "the submission is gone": (changed("submission", "/nowhere/at all"), "/nowhere/at all, and no such folder"),
    "no items": (changed("items", []), "is not the report of a grade"),
    "items of another kind": (changed("items", ["a"]), "cannot be read"),
    "a status of another kind": (status_of_the_first, "is not the report of a grade"),
    "protections of another kind": (changed("protections", 3), "is not the report of a grade"),
    "a seed of another kind": (changed("seed", "7"), "is not the report of a grade"),
    "a BLAS of another kind": (changed("blas", {}), "is not the report of a grade"),
    "points of another rubric": (points_of_the_first, "points or gate of evaluate: random batches are not those of"),
    "a gate of another rubric": (gate, "points or gate of evaluate: evaluation are not those of grader/rubric.toml"),
    "items of another rubric": (another_item, "points or gate of evaluate: ties are not those of grader/rubric.toml"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_report_that_cannot_be_repeated(graded: Path, tmp_path: Path, case: str) -> None:
    change, says = BAD[case]
    table = json.loads((graded / "out/report.json").read_text())
    change(table)
    (tmp_path / "report.json").write_text(json.dumps(table))
    said = regrade(tmp_path / "report.json", tmp_path / "out", 2)
    assert says in said and "report.json" in said
    assert not (tmp_path / "out").exists()


def test_what_is_no_report(graded: Path, tmp_path: Path) -> None:
    assert "which grade? Type, for one: make regrade REPORT=" in regrade("", tmp_path / "out", 2)
    assert "missing.json cannot be read (No such file" in regrade(tmp_path / "missing.json", tmp_path / "out", 2)
    (tmp_path / "failed.json").write_text('{"reason": "handed in late"}')
    assert "nothing was graded: handed in late" in regrade(tmp_path / "report.json", tmp_path / "out", 2)
    assert "cannot be read (JSONDecodeError" in regrade(support.SOLUTIONS / EVALUATE, tmp_path / "out", 2)
    assert "would be overwritten" in regrade(graded / "out/report.json", graded / "out", 2)
