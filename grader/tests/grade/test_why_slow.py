"""Why right code is slow: the cause that is counted for the cases of corpus/slow and right ones, with its lines, and
what such an item says and earns. Nothing is timed; test_whole_submissions.py grades one of the cases as a whole."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import pytest

from grader.common.build_facts import read_build
from grader.common.progress import Progress
from grader.common.rubric import Gate, rubric
from grader.grade import stages
from grader.grade.grade import build_all, causes_of
from grader.grade.judging import Judge
from grader.grade.staging import Staged, stage
from grader.machine.blas import choose
from grader.report.item import Item
from grader.tests.support import corpus_support as support
from grader.tests.support.corpus_support import Case

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

RIGHT = [case for case in support.cases() if case.kind == "right"]
SLOW = {path.stem: support.read_case(path) for path in sorted((support.CORPUS / "slow").glob("*.cpp"))}
EPOCH = rubric().exercises["train_sgd_vec"]
ITEMS = {"train_sgd_vec": "training epoch", "evaluate": "evaluation"}
SPEED = {"efficiency": 0.4, "efficiency_interval": [0.39, 0.41], "needed": 0.5}
COPIES = "train_sgd_vec--columns"  # each batch once, which is fast enough to be told nothing of it
AS_FEW = "its products are as few as can be, and no matrix is as large as the images"


def failed(exercise: str, **speed: object) -> dict:
    """What the judge says of a speed that it has measured."""
    item = {"kind": "item", "exercise": exercise, "name": ITEMS[exercise], "status": "fail", "message": "figures"}
    return {**item, "hint": "of the judge", "speed": {**SPEED, **speed}}


@dataclass(frozen=True)
class Submitted:
    judge: Judge
    staged: list[Staged]

    def causes(self, *found: dict) -> dict[str, str]:
        return {name: str(one["message"]) for name, one in causes_of(self.judge, list(found), self.staged).items()}


def submitted_of(folder: Path, cases: list[Case], exercises: set[str]) -> Submitted:
    """A submission whose files of these exercises are compiled, and allowed."""
    lab, objects = read_build(support.build_folder()), folder / "objects"
    objects.mkdir(parents=True)
    files = {case.exercise.file: support.source([case]) for case in cases}
    submitted = support.submission(folder / "submission", files)
    staged = stage(submitted, [exercise for name, exercise in rubric().exercises.items() if name in exercises], folder)
    with Progress(len(staged)) as progress:
        built = build_all(staged, lab, objects, False, progress)
    for one in built.values():
        assert not one.error and not any(found["findings"] for found in one.functions.values()), one
    return Submitted(Judge(lab, folder, support.SEED, choose(lab), []), staged)


def cause_of(cases: list[Case], answers: Submitted, folder: Path) -> str:
    """Of cases that are allowed and right, with the answers' objects for the other exercises."""
    own = {case.exercise.name for case in cases}
    submitted = submitted_of(folder, cases, own)
    for file in (answers.judge.out / "objects").glob("*.so"):
        if file.stem not in own:
            shutil.copy(file, folder / "objects")
    submitted.staged.extend(file for file in answers.staged if file.exercise.name not in own)
    found = submitted.judge.run(sorted(own), "parity").items
    assert {item["status"] for item in found} == {"pass"}, found
    timed = "evaluate" if "evaluate" in own else "train_sgd_vec"
    return submitted.causes(failed(timed))[timed]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Submitted:
    return submitted_of(tmp_path_factory.mktemp("answers"), [], {*EPOCH.needs, "evaluate"})


@pytest.fixture(scope="module")
def causes(answers: Submitted, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[str]]:
    folder = tmp_path_factory.mktemp("slow")
    return {name: support.POOL.submit(cause_of, [case], answers, folder / name) for name, case in SLOW.items()}


@pytest.mark.parametrize("name", SLOW)
def test_the_cause_is_named(name: str, causes: dict[str, Future[str]]) -> None:
    assert re.search(SLOW[name].header["says"], said := causes[name].result()), said


def test_the_answers_are_not_accused(answers: Submitted) -> None:
    assert answers.causes(*map(failed, ITEMS)) == dict.fromkeys(ITEMS, AS_FEW)


def test_right_styles_are_not_accused(answers: Submitted, tmp_path: Path) -> None:
    """Two of them at a time, an epoch and a gradient; those of `evaluate` are timed and looked at by test_corpus.py."""
    epochs, gradients = ([c for c in RIGHT if c.exercise.name == name] for name in ("train_sgd_vec", "grad_batch"))
    pairs = [[case for case in pair if case] for pair in zip_longest(epochs, gradients)]
    jobs = [support.POOL.submit(cause_of, pair, answers, tmp_path / str(i)) for i, pair in enumerate(pairs)]
    said = [job.result() for job in jobs]
    assert [pair[0].name for pair, why in zip(pairs, said, strict=True) if why != AS_FEW] == [COPIES]
    assert said[1].startswith("each batch makes one matrix") and said[1].endswith("(train_sgd_vec.cpp:7)")  # it does


@pytest.fixture(scope="module")
def wasteful(tmp_path_factory: pytest.TempPathFactory) -> Submitted:
    return submitted_of(tmp_path_factory.mktemp("wasteful"), [SLOW["evaluate--images-turned"]], {"evaluate"})


def test_what_passes_is_told_of_a_waste_and_of_nothing_else(answers: Submitted, wasteful: Submitted) -> None:
    passed, not_measured = {**failed("evaluate"), "status": "pass"}, failed("train_sgd_vec")
    del not_measured["speed"]
    assert answers.causes(passed, not_measured) == {}
    close = {**failed("evaluate", efficiency=0.6), "status": "pass"}
    (cause,) = causes_of(wasteful.judge, [passed], wasteful.staged).values()
    assert causes_of(wasteful.judge, [close], wasteful.staged) == {}
    assert cause["excerpt"]["line"] == 4 and "images.t()" in cause["excerpt"]["lines"][3]
    item = stages.speed_items(
        [rubric().exercises["evaluate"]],
        [],
        ["evaluate"],
        [passed],
        {"evaluation": Gate(2.5, 0.5, 0.65)},
        {"evaluate": cause},
    )[0]
    assert (
        (item.status, item.points) == ("pass", 1.0)
        and item.message.endswith(f"without this: {cause['message']}")
        and item.excerpt
    )


def test_no_line_is_named_of_another_object(wasteful: Submitted) -> None:
    """Whose instructions are not those of the file."""
    (wasteful.judge.out / "objects" / "evaluate.lines").unlink(missing_ok=True)
    wasteful.staged[0].copy.write_bytes(support.source([SLOW["evaluate--row-of-ones"]]))
    assert wasteful.causes(failed("evaluate"))["evaluate"].endswith("and none is needed")


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
