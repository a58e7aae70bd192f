"""Tests of how answers.toml is judged: by sections, each once it is complete, with sizes drawn from a name.

Reads and writes files only; what comes of it in a grade, test_corpus.py and test_whole_submissions.py see."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.common.rubric import rubric
from grader.grade import answers_toml, prediction, stages
from grader.grade.answers_toml import Measured
from grader.grade.grade import counts_epoch
from grader.grade.own_sizes import Sizes
from grader.grade.prediction import Memory
from grader.grade.staging import Staged

EXERCISE = rubric().exercises["answers"]
STEPS = {name: EXERCISE.step_of(name) for name in EXERCISE.points}
STUB = """[profile]
hottest = []
why = []
[shapes]
logits = []
largest = []
delta = []
grad_W = []
grad_b = []
[predict]
times = []
batches = []
hot = []
[count]
name = []
multiplications = []
bytes = []
operations_per_byte = []
[explain]
first_loss = []
first_loss_why = []
rate = []
order = []
in_cache = []
large_batch_why = []
copies = []
"""
REASON = '"one two three four"'
# Ana's sizes: D = 668, K = 14, m = 95.
RIGHT = {
    "hottest": '["loops::b()", "a"]',
    "why": REASON,
    "logits": '"K x m"',
    "largest": '"1xm"',
    "delta": '"k × m"',
    "grad_W": '"D x K"',
    "grad_b": '"K"',
    "times": "30",
    "batches": "[64, 1, 4096]",
    "hot": '["exp"]',
    "name": '" ana  MARTIN"',
    "multiplications": "9352",
    "bytes": "507_680",
    "operations_per_byte": "3.5",
    "first_loss": "2.64",
    "first_loss_why": REASON,
    "rate": "1.05e-4",
    "order": "[0.5, 1e300, -1e300]",
    "in_cache": "196",
    "large_batch_why": REASON,
    "copies": "2",
}
BROKEN = {
    "not TOML": ("hottest = [a]", "is not valid TOML: Invalid value (at line 1, "),
    "no heading": ("[shapes]\n\n", None),
    "nothing above": ('logits = "K x m"', "answers.toml:1: logits stands under no heading; put it under [shapes]"),
    "another heading": ("[profile]\n[shape]\n", "answers.toml:2: shape is not asked for; the headings are [profile], "),
    "a value": ("shapes = 3", "answers.toml:1: shapes is a heading: write [shapes]"),
    "a long line": ("# " + "x" * 1000, "has a line of 1002 characters; at most 1000 are read"),
}
# Another value of one answer, the item that says so, and what it says.
FAULTS = {
    "hottest": ("3", "hottest functions", ":2: [profile] needs a line hottest = ["),
    "why": ('"because"', "hottest functions", ':3: why is "because"; expected: a sentence in quotes, of four words'),
    "logits": ('"10 x 64"', "shapes", ':5: logits is "10 x 64"; expected: a shape of two letters'),
    "largest": ('"m"', "shapes", "largest has m numbers, but as a row or as a column?"),
    "delta": ('"m x K"', "shapes", "delta does not have the shape m x K"),
    "grad_W": ('"K x D"', "shapes", "grad_W does not have the shape K x D"),
    "grad_b": ("1", "shapes", ":9: grad_b is 1; expected: a shape"),
    "times": ('"30"', "predict", ':11: times is "30"; expected: a number above 0'),
    "batches": ("[1, 64]", "predict", ":12: batches is [1, 64]; expected: the numbers 1, 64 and 4096"),
    "hot": ("[1]", "predict", ":13: hot is [1]; expected: one to five names in quotes"),
    "name": ("7", "count", ":15: name is 7; expected: your name in quotes"),
    "multiplications": ("7840", "count", "multiplications is not right, with D = 668, K = 14"),
    "bytes": ("true", "count", ":17: bytes is true; expected: a number"),
    "operations_per_byte": ("2.5", "count", "operations_per_byte is not right"),
    "first_loss": ("2.30", "explain", "first_loss is not right"),
    "rate": ("0.01", "explain", "rate is not right"),
    "order": ("[1, 2, 3]", "explain", "order does not show it: (1 + 2) + 3 and 1 + (2 + 3) are the same double"),
    "in_cache": ("1" * 400, "explain", "in_cache is 1111"),
    "large_batch_why": ("nan", "explain", ":25: large_batch_why is NaN; expected: a sentence"),
}


def written(answers: dict[str, str]) -> str:
    lines = STUB.splitlines()
    return "\n".join(f"{key} = {answers[key]}" if (key := line.split(" ")[0]) in answers else line for line in lines)


@pytest.fixture
def measured(tmp_path: Path) -> Measured:
    profile = tmp_path / "profile.json"
    shares = {"a": 60, "b": 30, "c": 2}
    profile.write_text(json.dumps([{"name": name, "percent": percent} for name, percent in shares.items()]))
    return Measured(profile, Memory(None))


def judged(text: str, measured: Measured) -> dict[str, dict]:
    file = measured.profile.with_name("answers.toml")
    file.write_text(text, encoding="utf-8")
    return answers_toml.judge(measured, file, STEPS)


def statuses(found: dict[str, dict]) -> set[str]:
    return {one["status"] for one in found.values()}


def test_the_stub_is_to_do_and_this_one_is_up_to_date(measured: Measured) -> None:
    if (ROOT / "solutions").is_dir():  # in a student's copy it may be done
        lines = (ROOT / "exercises" / "answers.toml").read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line and not line.startswith("#")] == STUB.splitlines()
    found = judged(STUB, measured)
    assert statuses(found) == {"todo"} and list(found) == list(STEPS)
    assert "under [shapes]: logits, largest, delta, grad_W, grad_b" in found["shapes"]["message"]


def test_right_answers_pass(measured: Measured) -> None:
    found = judged(written(RIGHT), measured)
    assert statuses(found) == {"pass"}, found
    assert "a teacher reads why: one two three four" in found["hottest functions"]["message"]


@pytest.mark.parametrize("key", FAULTS)
def test_one_wrong_answer_costs_its_own_item(key: str, measured: Measured) -> None:
    value, item, says = FAULTS[key]
    found = judged(written({**RIGHT, key: value}), measured)
    assert found[item]["status"] == "fail" and says in found[item]["message"], found[item]
    others = {name: one["status"] for name, one in found.items() if name != item}
    if key == "name":  # both sections count with it
        assert others.pop("explain") == "todo"
    assert set(others.values()) == {"pass"}, others


@pytest.mark.parametrize("key", [key for key in RIGHT if key not in ("hottest", "why")])
def test_no_try_tells_anything_until_the_section_is_complete(key: str, measured: Measured) -> None:
    """Whether the others are right or wrong, it is to do."""
    others = {name: value for name, value in RIGHT.items() if name != key}
    wrong = {**others, "logits": '"D x D"', "bytes": "1", "rate": "1"}
    wrong.pop(key, None)
    first, second = judged(written(others), measured), judged(written(wrong), measured)
    item = next(name for name, one in first.items() if one["status"] == "todo")
    assert first[item] == second[item] and key in first[item]["message"]


def test_the_two_hottest_are_not_looked_at_without_the_reason(measured: Measured) -> None:
    answers = {"hottest": '["c", "a"]'}
    assert judged(written(answers), measured)["hottest functions"]["status"] == "todo"
    older = '[profile]\nhottest = ["a", "b"]\n'  # handed out before anybody asked for a reason
    found = judged(older, measured)
    assert found.pop("hottest functions")["status"] == "pass" and statuses(found) == {"todo"}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_such_file_says_so_once(name: str, measured: Measured) -> None:
    text, says = BROKEN[name]
    found = judged(text, measured)
    if says is None:
        assert statuses(found) == {"todo"}
        return
    assert says in found.pop("hottest functions")["message"] and statuses(found) == {"skip"}


# A line that is no TOML, what stands in place of whose value, and how it is to be written.
NOT_TOML = {
    "why": ("they have two loops", "text stands between two straight quotation marks"),
    "large_batch_why": ('"a "big" batch"', "with none inside"),
    "logits": ("K x m", "text stands between"),
    "multiplications": ("732*12", "a number is written out, such as 1234 or 0.5: TOML does not compute"),
    "first_loss": ("2,64", "no decimal comma"),
    "rate": ("log(2)", "a number is written out"),
    "hottest": ("[a, b]", "names stand in straight quotation marks"),
    "hot": ('["exp"', "inside one pair of square brackets"),
    "order": ("[1 2 3]", "with commas between them"),
    "copies": ("1\n[explain]", "stands there once"),
    "name": ("Ana Martin", "text stands between"),
}


@pytest.mark.parametrize("key", NOT_TOML)
def test_a_line_that_is_no_toml_is_quoted_and_says_how_it_is_written(key: str, measured: Measured) -> None:
    value, says = NOT_TOML[key]
    text = written({**RIGHT, key: value})
    file = measured.profile.with_name("answers.toml")
    file.write_text(text, encoding="utf-8")
    staged = Staged(EXERCISE, file)
    first = stages.answer_items([staged], partial(answers_toml.judge, measured))[0]
    assert first.status == "fail" and says in first.hint
    assert first.hint.endswith("until then nothing of the file can be read")
    assert "Ana" not in str(first.to_json())
    if key in ("why", "logits", "multiplications"):
        assert first.excerpt and first.excerpt["lines"] == [f"{key} = {value}"]
        assert f"answers.toml:{first.excerpt['line']}: this is not valid TOML" in first.message


def test_an_unknown_answer_is_named_with_its_line(measured: Measured) -> None:
    found = judged(STUB.replace("bytes", "byte"), measured)["count"]
    assert found["status"] == "fail"
    assert "answers.toml:17: byte is not asked for; asked for are name, " in found["message"]


def test_the_sizes_are_those_of_a_name_and_told_with_it(measured: Measured) -> None:
    assert Sizes.of("Ana Martin") == Sizes.of(" ana  martin ") == Sizes(668, 14, 95)
    others = {Sizes.of(f"student {number}") for number in range(200)}
    assert len(others) > 190 and all(s.K > 10 and s.m > 64 and s.D >= 400 for s in others)
    found = judged(written({"name": '"Ana Martin"'}), measured)
    for item in ("count", "explain"):
        assert found[item]["status"] == "todo" and "with D = 668, K = 14, m = 95" in found[item]["message"]
        assert "Ana" not in found[item]["message"]


# A wrong number, and what its hint asks or calls by name: Ana's numbers are in RIGHT.
HINTS = {
    ("multiplications", "5"): "how many numbers has W, and how often is each used",
    ("multiplications", "18704"): "additions are counted here",
    ("multiplications", "888440"): "this is for all images of a batch",
    ("multiplications", "7840"): "with D = 784, K = 10 and m = 64; count with D = 668",
    ("bytes", "1"): "the pixels of one batch only",
    ("bytes", "63460"): "this is the number of pixels",
    ("bytes", "5344"): "this is for one image",
    ("bytes", "1_015_360"): "count once here",
    ("operations_per_byte", "1"): "how often is it fetched",
    ("operations_per_byte", "1.75"): "an addition is an operation, too",
    ("operations_per_byte", "7"): "the bytes of both fetches",
    ("operations_per_byte", "28"): "for each number that is fetched",
    ("first_loss", "1"): "all classes are equally likely",
    ("rate", "1"): "by how much is the step of a sum longer",
    ("rate", "0.95"): "longer still",
    ("in_cache", "1"): "how many bytes has one image",
    ("in_cache", "1569"): "one byte for a pixel",
    ("order", "[1, 2, 3]"): "find three numbers for which they differ",
}


@pytest.mark.parametrize(("key", "said"), HINTS)
def test_a_wrong_number_has_a_hint_of_its_own(key: str, said: str, measured: Measured) -> None:
    found = judged(written({**RIGHT, key: said}), measured)
    (wrong,) = (one for one in found.values() if one["status"] == "fail")
    assert HINTS[key, said] in wrong["hint"] and RIGHT[key] not in wrong["hint"]


@pytest.mark.parametrize(
    ("counted", "status"), [(2.0, "pass"), (1.0, "fail"), (3.0, "fail"), (None, "pass"), ("elsewhere", "skip")]
)
def test_the_copies_are_those_of_ones_own_epoch(counted: float | str | None, status: str, measured: Measured) -> None:
    """A grade that cannot count them must not say that the answer is done, and says no more of a wrong one either."""
    is_here = counted != "elsewhere"
    held = replace(measured, counts_epoch=is_here, copies=counted if is_here else None)
    found = judged(written(RIGHT), held)["explain"]
    assert found["status"] == status
    assert ("copies = 2: the grader counts another number" in found["message"]) == (status == "fail")
    assert judged(written({**RIGHT, "rate": "1"}), held)["explain"]["status"] == "fail"


def test_a_grade_is_about_the_epoch_or_a_part_is() -> None:
    every = [*rubric().exercises.values()]
    assert counts_epoch(every) and not counts_epoch([EXERCISE])
    assert not counts_epoch([one for one in every if one.name != "grad_batch"]), "an epoch calls it"


def test_a_prediction_counts_if_it_was_there_before_the_measurement(tmp_path: Path, measured: Measured) -> None:
    answers = tmp_path / "exercises.toml"
    memory = Memory(tmp_path / "prediction.json")
    after = Measured(measured.profile, memory, 14.52)
    for text, status in ((STUB, "skip"), ("x = [", "skip"), (written(RIGHT), "pass")):
        answers.write_text(text, encoding="utf-8")
        memory.before_measuring(answers)
        assert judged(written(RIGHT), after)["predict"]["status"] == status
        if status == "skip":
            (tmp_path / "prediction.json").unlink()
    answers.write_text(STUB)
    memory.before_measuring(answers)  # is not what counts any more
    later = judged(written({**RIGHT, "times": "14.5"}), after)["predict"]
    assert later["status"] == "pass" and "predicted: 30 times as fast as the loops; measured: 14.5" in later["message"]


def test_a_prediction_stands_beside_what_was_measured(measured: Measured) -> None:
    slow_first = {1: 5.24e-6, 64: 1.06e-6, 4096: 1.91e-6}
    said = judged(written(RIGHT), replace(measured, speedup=14.52, batches=slow_first))["predict"]["message"]
    assert "fastest first: 64, 1, 4096; measured: 64, 4096, 1 (1.1, 1.9, 5.2 µs an image). Hot: " in said
    assert "measured: -. Hot" in judged(written(RIGHT), replace(measured, speedup=14.52))["predict"]["message"]


@pytest.mark.parametrize("content", ["", "[]", '{"times": "x"}', '{"times": 1}', "\x00"])
def test_a_spoiled_memory_is_none(content: str, tmp_path: Path, measured: Measured) -> None:
    memory = tmp_path / "prediction.json"
    memory.write_text(content)
    assert judged(written(RIGHT), Measured(measured.profile, prediction.Memory(memory)))["predict"]["status"] == "pass"
