"""Why right code is slow: the cause that is counted for the cases of corpus/slow and for right ones, and what such an
item says and earns. Nothing is timed; test_whole_submissions.py grades one of the cases as a whole."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from grader.common.build_facts import read_build
from grader.common.progress import Progress
from grader.common.rubric import Gate, rubric
from grader.grade import stages
from grader.grade.grade import build_all, causes_of
from grader.grade.judging import Judge
from grader.grade.staging import stage
from grader.machine.blas import choose
from grader.report.item import Item
from grader.tests.support import corpus_support as support
from grader.tests.support.corpus_support import Case

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

SLOW = {path.stem: support.read_case(path) for path in sorted((support.CORPUS / "slow").glob("*.cpp"))}
EPOCH = rubric().exercises["train_sgd_vec"]
ITEMS = {"train_sgd_vec": "training epoch", "evaluate": "evaluation"}
SPEED = {"efficiency": 0.4, "efficiency_interval": [0.39, 0.41], "needed": 0.5}
AS_FEW = "its products are as few as can be, and no matrix is as large as the images"


def failed(exercise: str, **speed: object) -> dict:
    """What the judge says of a speed that it has measured."""
    item = {"kind": "item", "exercise": exercise, "name": ITEMS[exercise], "status": "fail", "message": "figures"}
    return {**item, "hint": "of the judge", "speed": {**SPEED, **speed}}


def judge_of(folder: Path, cases: list[Case], exercises: set[str]) -> Judge:
    """Of a submission whose files of these exercises are compiled, and allowed."""
    lab, objects = read_build(support.build_folder()), folder / "objects"
    objects.mkdir(parents=True)
    files = {case.exercise.file: support.source([case]) for case in cases}
    submitted = support.submission(folder / "submission", files)
    staged = stage(submitted, [exercise for name, exercise in rubric().exercises.items() if name in exercises], folder)
    with Progress(len(staged)) as progress:
        built = build_all(staged, lab, objects, False, progress)
    for one in built.values():
        assert not one.error and not any(found["findings"] for found in one.functions.values()), one
    return Judge(lab, folder, support.SEED, choose(lab), [])


def cause_of(case: Case, answers: Judge, folder: Path) -> str:
    """Of a case that is allowed and right, with the answers' objects for the other exercises."""
    judge = judge_of(folder, [case], {case.exercise.name})
    for file in (answers.out / "objects").glob("*.so"):
        if file.stem != case.exercise.name:
            shutil.copy(file, folder / "objects")
    found = judge.run([case.exercise.name], "parity").items
    assert {item["status"] for item in found} == {"pass"}, found
    timed = "evaluate" if case.exercise.name == "evaluate" else "train_sgd_vec"
    return causes_of(judge, [failed(timed)])[timed]["message"]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return judge_of(tmp_path_factory.mktemp("answers"), [], {*EPOCH.needs, "evaluate"})


@pytest.fixture(scope="module")
def causes(answers: Judge, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[str]]:
    folder = tmp_path_factory.mktemp("slow")
    return {name: support.POOL.submit(cause_of, case, answers, folder / name) for name, case in SLOW.items()}


@pytest.mark.parametrize("name", SLOW)
def test_the_cause_is_named(name: str, causes: dict[str, Future[str]]) -> None:
    assert re.search(SLOW[name].header["says"], said := causes[name].result()), said


def test_the_answers_are_not_accused(answers: Judge) -> None:
    found = causes_of(answers, [failed(exercise) for exercise in ITEMS])
    assert {name: str(one["message"]) for name, one in found.items()} == dict.fromkeys(ITEMS, AS_FEW)


def test_nothing_is_counted_of_what_passes_or_was_not_measured(answers: Judge) -> None:
    passed, not_measured = {**failed("evaluate"), "status": "pass"}, failed("evaluate")
    del not_measured["speed"]
    assert causes_of(answers, [passed, not_measured]) == {}


def speed_item(found: dict, causes: dict[str, dict]) -> Item:
    gates = {name: Gate(5.0, 0.35, 0.65) for name in ITEMS.values()}
    return stages.speed_items([EPOCH], [], ["train_sgd_vec"], [found], gates, causes)[0]


def test_an_item_says_the_cause_and_its_hint() -> None:
    cause = {"message": "each batch makes 4 products", "hint": "make two"}
    item = speed_item(failed("train_sgd_vec", efficiency=0.2), {"train_sgd_vec": cause})
    assert (item.message, item.hint, item.points) == ("figures; each batch makes 4 products", "make two", 0.0)
    assert speed_item(failed("train_sgd_vec"), {}).hint == "of the judge"


@pytest.mark.parametrize(
    ("efficiency", "high", "earned"),
    [
        (0.4, 0.41, 1.2),
        (0.25, 0.26, 0.0),
        (0.1, 0.11, 0.0),
        (0.2503, 0.26, 0.0),
        (0.4, 0.5, 0.0),
        (0.4999, 0.49995, 1.99),
    ],
)
def test_half_of_what_is_needed_earns_nothing_and_more_in_proportion(
    efficiency: float, high: float, earned: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = failed("train_sgd_vec", efficiency=efficiency, efficiency_interval=[efficiency, high])
    item = speed_item(found, {})
    assert (item.status, item.points, item.max_points) == ("fail", earned, 2.0)
    share = f"{efficiency / 0.5:.2f}"
    assert item.message == (f"figures; {earned:g} of 2 marks: {share} of what is needed" if earned else "figures")
    monkeypatch.setattr(stages, "rubric", lambda: replace(rubric(), partial_marks=False))
    assert speed_item(found, {}).points == 0.0
