"""Grades whole submissions: untouched, the solutions, right but slow, incomplete; and looks at report.json itself.

Run by pytest (`make test`); needs the built grader. What single files cost is in test_corpus.py."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.common.rubric import rubric
from grader.grade import grade as grading
from grader.grade.answers_toml import Measured
from grader.grade.grade import Request
from grader.grade.prediction import Memory
from grader.tests.support import corpus_support as support
from grader.tests.support.corpus_support import Grade, grade, submission

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

KEYS = {"exercise", "name", "stage", "status", "points", "max_points", "message"}
STAGES = {"build", "legality", "parity", "speed", "answer"}
PRODUCTS = {"training epoch": 2, "evaluation": 1}  # with the images, of which the operations are counted
STATUSES = {"pass", "fail", "todo", "skip", "inconclusive", "error"}


def statuses(result: Grade) -> set[str]:
    return {item["status"] for item in result.report["items"]}


def check_schema(report: dict) -> None:
    """The contract of report.json."""
    assert {"submission", "score", "max_score", "seed", "items"} <= report.keys()
    assert isinstance(report["seed"], int)
    assert math.isclose(report["score"], sum(item["points"] for item in report["items"]), abs_tol=1e-6)
    for item in report["items"]:
        assert KEYS <= item.keys()
        assert item["stage"] in STAGES and item["status"] in STATUSES
        is_slow = (item["stage"], item["status"]) == ("speed", "fail")
        assert item["points"] in (0.0, item["max_points"]) or is_slow and 0 < item["points"] < item["max_points"]
        assert item["message"] or item["status"] == "pass"
        assert all(isinstance(item[key], str) for key in ("message", "hint", "expected", "actual") if key in item)
        assert (
            item["stage"] != "speed"
            or "speed" in item
            or "fast" in item
            or item["status"] in ("skip", "todo", "error", "fail")
        )


def check_items(report: dict, bonus: bool) -> None:
    """Every row of the rubric is an item, once, with its points; those of a bonus that nobody has begun are none."""
    exercises = rubric().exercises if bonus else rubric().required
    rows = {(e.name, name): p for e in exercises.values() for name, p in {**e.points, **e.speed}.items()}
    items = [i for i in report["items"] if i["stage"] in ("parity", "speed", "answer")]
    assert {(item["exercise"], item["name"]): item["max_points"] for item in items} == rows
    assert len(items) == len(rows)
    assert report["max_score"] == 20 == pytest.approx(sum(rows.values()))


def test_solutions_have_full_marks(tmp_path: Path) -> None:
    result = grade(support.SOLUTIONS, tmp_path, "--strict")
    assert result.code == 0, result.output
    assert result.report["score"] == result.report["max_score"]
    assert statuses(result) <= {"pass", "inconclusive"}
    check_schema(result.report)
    check_items(result.report, bonus=True)
    assert result.report["max_bonus"] == 3 and 0 < result.report["bonus"] <= 3
    measured = {item["name"]: item["speed"] for item in result.report["items"] if "speed" in item}
    for name, speed in measured.items():
        batches = speed["operations"] / (PRODUCTS[name] * 2 * 10 * 784 * 64)
        assert batches in (64, 128) and 0 < speed["arithmetic_seconds"] < speed["submission_seconds"]
        assert speed["ratio_interval"][0] <= speed["ratio"] <= speed["ratio_interval"][1]
        assert min(len(speed[f"{who}_samples"]) for who in ("loop", "submission", "floor")) >= 1


def test_untouched_exercises_are_all_to_do(tmp_path: Path) -> None:
    result = grade(ROOT / "exercises", tmp_path)
    assert result.code == 0, result.output
    assert result.report["score"] == 0
    assert statuses(result) == {"todo"}
    assert all("step" in i["message"] or i["stage"] == "speed" for i in result.report["items"])
    check_schema(result.report)
    check_items(result.report, bonus=False)
    assert "max_bonus" not in result.report and "optional" not in result.output.lower()


def test_strict_exits_1_below_full_marks(tmp_path: Path) -> None:
    assert grade(ROOT / "exercises", tmp_path, "--strict", "--only", "answers").code == 1


def test_right_but_slow_costs_the_speed_only(tmp_path: Path) -> None:
    case = support.read_case(support.CORPUS / "slow" / "train_sgd_vec--image-by-image.cpp")
    slow = submission(tmp_path / "slow", {"train_sgd_vec.cpp": support.source([case])})
    result = grade(slow, tmp_path / "out", "--strict")
    others = [item for item in result.report["items"] if item["name"] != "training epoch"]
    epoch = result.items("train_sgd_vec")["training epoch"]
    assert {item["status"] for item in others} <= {"pass", "inconclusive"}
    assert epoch["status"] == "fail" and epoch["points"] < epoch["max_points"], epoch["message"]
    assert "hint" in epoch and re.search(f"needed here.*{case.header['says']}", epoch["message"]), epoch["message"]
    check_schema(result.report)
    lost = epoch["max_points"] - epoch["points"]
    assert result.report["score"] == pytest.approx(result.report["max_score"] - lost)
    assert result.code == 1


def test_one_wrong_function_stops_no_other_from_being_graded(tmp_path: Path) -> None:
    wrong = submission(tmp_path / "wrong", {"softmax_batch.cpp": b"arma::mat softmax_batch("})
    (wrong / "grad_batch.cpp").unlink()
    (wrong / "cross_entropy_loss_batch.cpp").write_bytes(b" \n")
    exercises = "softmax_batch,cross_entropy_loss_batch,grad_batch,train_sgd_vec,answers"
    result = grade(wrong, tmp_path / "out", "--only", exercises)
    check_schema(result.report)
    for name, said in (("softmax_batch", "does not compile"), ("grad_batch", "is missing"),
                       ("cross_entropy_loss_batch", "is empty")):  # fmt: skip
        items = result.items(name)
        assert items["compiles"]["status"] == "fail" and said in items["compiles"]["message"]
        assert {i["status"] for i in items.values() if i["stage"] == "parity"} == {"skip"}
    assert {i["status"] for i in result.items("train_sgd_vec").values()} == {"pass", "skip"}
    assert result.items("train_sgd_vec")["training epoch"]["status"] == "skip"
    assert result.report["score"] == pytest.approx(4.0)  # both items of train_sgd_vec, and the answers


COPYING = ("model.W.t() * batch.images", "arma::mat(arma::mat(batch.images.t()) * model.W).t()")


def test_ones_own_epoch_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many copies of its images it makes, and its time in batches of other sizes; and whether it was predicted,
    before anything is measured."""
    held_against: list[Measured] = []
    monkeypatch.setattr(
        grading.answers_toml, "Measured", lambda *facts: held_against.append(Measured(*facts)) or held_against[0]
    )
    memory = tmp_path / "prediction.json"
    monkeypatch.setattr(grading, "speed_items", lambda *_: [])
    monkeypatch.setattr(grading.prediction, "Memory", lambda file: Memory(memory if file else None))
    monkeypatch.setattr(Request, "is_own_work", lambda _: True)
    epoch = (support.SOLUTIONS / "train_sgd_vec.cpp").read_text(encoding="utf-8")
    answers = (support.SOLUTIONS / "answers.toml").read_text(encoding="utf-8")
    assert COPYING[0] in epoch and "copies = 0\n" in answers
    files = {
        "train_sgd_vec.cpp": epoch.replace(*COPYING).encode(),
        "answers.toml": answers.replace("times = 12", "times = []").encode(),
    }
    only = "softmax_batch,cross_entropy_loss_batch,grad_batch,train_sgd_vec,answers"
    folder = submission(tmp_path / "copies", files)
    report = grading.grade(Request(folder, support.build_folder(), tmp_path / "out", only))
    found = {item.name: item for item in report.items if item.exercise == "answers"}
    assert found["explain"].message == "answers.toml: copies = 0: the grader counts another number in your epoch"
    assert found["predict"].status == "skip" and memory.read_text() == "{}\n"
    assert {found[name].status for name in ("hottest functions", "shapes", "count")} == {"pass"}
    batches = held_against[0].batches
    assert batches.keys() == {1, 64, 4096} and all(1e-8 < seconds < 1 for seconds in batches.values())


def test_half_a_file_of_small_exercises_is_to_do_for_the_other_half(tmp_path: Path) -> None:
    stubs = (ROOT / "exercises" / "vec_exos.cpp").read_text(encoding="utf-8")
    done = support.definition((support.SOLUTIONS / "vec_exos.cpp").read_text(encoding="utf-8"), "one_hot")
    stub = support.definition(stubs, "one_hot")
    assert done and stub
    half = submission(tmp_path / "half", {"vec_exos.cpp": stubs.replace(stub[0], done[0]).encode()})
    items = grade(half, tmp_path / "out", "--only", "one_hot").items("vec_exos")
    finished = {"compiles", "one_hot", "one_hot is allowed"}
    assert {name: i["status"] for name, i in items.items()} == {n: "pass" if n in finished else "todo" for n in items}


def test_a_seed_repeats_the_inputs(tmp_path: Path) -> None:
    wrong = support.CORPUS / "wrong" / "softmax_batch--not-normalised.cpp"
    folder = submission(tmp_path / "wrong", {"softmax_batch.cpp": wrong.read_bytes()})
    messages = [
        [item["message"] for item in grade(folder, tmp_path / "out", "--only", "softmax_batch", seed=n).report["items"]]
        for n in (7, 7, 8)
    ]
    assert messages[0] == messages[1] != messages[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "softmax"), "ONLY=softmax: there is no such exercise"),
        (("--seed", "abc"), "SEED=abc: a whole number"),
        (("--build", "nowhere"), "nowhere/lab.json is missing"),
    ],
)
def test_a_wrong_argument_gets_one_sentence(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = grade(support.SOLUTIONS, tmp_path, *arguments)
    assert (result.code, result.report) == (2, {})
    assert said in result.output and "Traceback" not in result.output


def test_a_folder_that_is_no_submission_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder, said in ((tmp_path / "empty", "holds no learning_curves.cpp"), (tmp_path / "none", "is not a folder")):
        result = grade(folder, tmp_path / "out")
        assert (result.code, result.report) == (2, {})
        assert said in " ".join(result.output.split()) and "Traceback" not in result.output


def test_a_submission_that_is_one_folder_deeper_is_found(tmp_path: Path) -> None:
    submission(tmp_path / "unpacked" / "exercises", {})
    result = grade(tmp_path / "unpacked", tmp_path / "out")
    assert result.code == 2 and f"SUBMISSION={tmp_path}/unpacked/exercises" in "".join(result.output.split())
    submission(tmp_path / "unpacked" / "of somebody else", {})
    assert "SUBMISSION=" not in grade(tmp_path / "unpacked", tmp_path / "out").output


def test_a_grade_that_fails_keeps_the_last_report(tmp_path: Path) -> None:
    first = grade(support.SOLUTIONS, tmp_path, "--only", "answers")
    failed = grade(tmp_path / "none", tmp_path, "--only", "answers")
    assert failed.code == 2 and failed.report == first.report
