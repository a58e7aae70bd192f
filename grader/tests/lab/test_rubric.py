"""A wrong grader/rubric.toml: one sentence with its line, the value and what is expected, from each tool that reads it."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from grader.common import rubric_check
from grader.common.build_facts import ROOT
from grader.common.toml_lines import line_of
from grader.common.tool import UserError
from grader.tests.support import class_support

RUBRIC = rubric_check.FILE.read_text(encoding="utf-8")
GATE = "required_speedup = 5.0, required_efficiency = 0.35, sufficient_efficiency = 0.65"
LOGITS = 'points = { "random logits" = 1.0, "large logits" = 0.5, "one image, one class" = 0.5 }'
NEEDS = 'needs = ["softmax_batch", "cross_entropy_loss_batch", "grad_batch", "train_sgd_vec"]'
HISTORY = 'points = { "history" = 1.0 }'
# What is changed into what; the words that the complaint must have; and a part of the line that it must name, which is
# the new text where that is not given.
WRONG = {
    "no points": ("least_squares = 0.3\n", "", ["vec_exos.points.least_squares is missing", "from 0"], "s.points]"),
    "no points in one line": (', "large logits" = 0.5', "", ['points."large logits" is missing'], "random logits"),
    "no table of points": (HISTORY + "\n", "", ["learning_curves.points is missing"], "[exercises.learning_curves]"),
    "negative points": ('"history" = 1.0', '"history" = -1.0', ["history is -1.0; expected: a number from 0"]),
    "points in quotes": ('"history" = 1.0', '"history" = "2"', ['history is "2"']),
    "points that are true": ("one_hot = 0.3", "one_hot = true", ["one_hot is true"]),
    "no finite points": ("one_hot = 0.3", "one_hot = inf", ["one_hot is Infinity"]),
    "points in another type": (HISTORY, "points = 2.0", ["points is 2.0; expected: a table"]),
    "an item without a check": ("one_hot = 0.3", "one_cold = 0.3", ["one_cold is not known", '"one_hot"']),
    "a speed without a check": (
        'speed = { "evaluation" =',
        'speed = { "guess" =',
        ["evaluate.speed.guess", '"evaluation"'],
    ),
    "a speed of what is not timed": (
        LOGITS,
        f'{LOGITS}\nspeed = {{ "x" = 1.0 }}',
        ["softmax_batch.speed"],
        'speed = { "x"',
    ),
    "hints that want a maybe": (
        "want_a_change = true",
        'want_a_change = "maybe"',
        ['"maybe"; expected: true or false'],
    ),
    "no word on hints": ("want_a_change = true\n", "", ["hints.want_a_change is missing"], "[hints]"),
    "no gate": (f'"training epoch" = {{ {GATE} }}\n', "", ['"training epoch" is missing'], "[speed.gates]"),
    "a gate of nothing": (f'"training epoch" = {{ {GATE} }}', f'"a nap" = {{ {GATE} }}', ['"a nap" is not known']),
    "a gate without a number": ("required_speedup = 5.0, ", "", ["required_speedup is missing"], '"training epoch"'),
    "a gate in words": ("required_speedup = 5.0", 'required_speedup = "five"', ['required_speedup is "five"']),
    "a gate of 0": ("required_speedup = 2.5", "required_speedup = 0", ["required_speedup is 0", "above 0"]),
    "a gate beyond BLAS": ("efficiency = 0.5,", "efficiency = 50,", ["required_efficiency is 50", "at most 1"]),
    "bounds in the wrong order": ("efficiency = 0.35", "efficiency = 0.75", ["sufficient_efficiency is 0.65", "0.75"]),
    "no boolean": ("partial_marks = true", "partial_marks = 1", ["speed.partial_marks is 1", "true or false"]),
    "no precision": ("precision = 1.1", "precision = 0.9", ["speed.precision is 0.9", "above 1"]),
    "a rule that is not known": ('"one loop over batches"', '"two loops"', ['rules is "two loops"', '"vectorised"']),
    "rules of code for the answers": (
        'rules = "none"',
        'rules = "free"  # code',
        ['answers.rules is "free"', '"none"'],
    ),
    "an exercise without a check": ("[exercises.grad_batch]", "[exercises.grad]", ["exercises.grad is not known"]),
    "a step that does not exist": ("step = 9", "step = 99", ["evaluate.step is 99", "8, 9"]),
    "a step that is true": ("step = 9", "step = true", ["evaluate.step is true"]),
    "no step": ("step = 9\n", "", ["evaluate.step is missing"], "[exercises.evaluate]"),
    "a function that nobody declares": ('    "center_rows",', '    "centre_rows",', ['functions has "centre_rows"']),
    "a function in a later line": ('"sum_outer_products", "l', '"sum_products", "l', ['functions has "sum_products"']),
    "no function": ('functions = ["evaluate"]', "functions = []  # none", ["evaluate.functions is []"]),
    "functions that are one text": ('functions = ["evaluate"]', 'functions = "evaluate"', ["a list of texts"]),
    "needs that name none": (NEEDS, "needs = []", ["needs is []", "train_sgd_vec among them"]),
    "needs of no exercise": (NEEDS, NEEDS.replace("grad_batch", "grad"), ['needs has "grad"', '"grad_batch"']),
    "needs without itself": (NEEDS, 'needs = ["grad_batch"]', ['needs is ["grad_batch"]', "train_sgd_vec among them"]),
    "a key that is not known": (
        "step = 9",
        "step = 9\npoint = 3",
        ["evaluate.point is not known", '"points"'],
        "point = 3",
    ),
    "a table that is not known": ("[legality]", "[Legality]", ["Legality is not known"]),
    "names that are no list": ("also_allowed = []", 'also_allowed = "std::sort"', ['also_allowed is "std::sort"']),
    "a comma for a point": ("step = 9", "step = 9,5", ['"step = 9,5"', "expected: TOML"]),
    "a quote that is not closed": ('rules = "none"', 'rules = "none', ['"rules = \\"none"', "expected: TOML"]),
    "a key twice": ("step = 9", "step = 9\nstep = 8", ["overwrite", '"step = 8"'], "step = 8"),
    "bonus marks that fall": (
        "marks = [0.0, 1.0,",
        "marks = [0.0, 4.0,",
        ["marks is [0.0, 4.0", "each larger"],
        "bonus =",
    ),
    "bonus times that rise": ("times = [1.2,", "times = [0.2,", ["times is [0.2", "each smaller"], "bonus ="),
    "a bonus mark too few": ("marks = [0.0, ", "marks = [", ["as many as times, which are 4"], "bonus ="),
    "a list that is not closed": (
        "bonus = { times = [1.2, 1.0, 0.85, 0.75], marks = [0.0, 1.0, 2.0, 3.0] }",
        "x = [",
        ['"x = ["', "expected: TOML"],
    ),
}


def complaint(content: bytes) -> str:
    with pytest.raises(UserError) as raised:
        rubric_check.read(content)
    return str(raised.value)


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_its_line(case: str) -> None:
    old, new, words, *place = WRONG[case]
    text = RUBRIC.replace(old, new, 1)
    assert text != RUBRIC
    lines = text.split("\n")
    line = next(number for number, line in enumerate(lines, 1) if (place[0] if place else new) in line)
    says = complaint(text.encode())
    assert says.startswith(f"grader/rubric.toml:{line}: "), f"{says}, but the line is {line}"
    assert all(word in says for word in [*words, "expected: "]), says


def test_a_text_that_is_not_utf_8() -> None:
    says = complaint(RUBRIC.replace("[legality]", "# \u00e9t\u00e9\n[legality]").encode("latin-1"))
    line = RUBRIC[: RUBRIC.index("[legality]")].count("\n") + 1
    assert says.startswith(f"grader/rubric.toml:{line}: the byte 0xe9 is not UTF-8")
    assert complaint(RUBRIC.encode("utf-16")).startswith("grader/rubric.toml:1: the byte 0xff is not UTF-8")


def test_the_rubric_is_right_however_an_editor_saves_it() -> None:
    windows = RUBRIC.replace("\n", "\r\n")
    assert rubric_check.read(RUBRIC.encode()) == rubric_check.read(windows.encode("utf-8-sig"))
    assert complaint(windows.replace("step = 9", "step = 99").encode()) == complaint(
        RUBRIC.replace("step = 9", "step = 99").encode()
    )


def test_a_line_is_found_in_each_way_to_write_a_table() -> None:
    text = 'a = 1 # b = 2\n[t]\nb = [\n  "x",\n  "y",\n]\nc.d = { "e f" = 3 }\n[t.u]\nb = 4\n'
    wanted = {("a",): 1, ("t",): 2, ("t", "b"): 3, ("t", "c", "d"): 7, ("t", "c", "d", "e f"): 7, ("t", "u", "b"): 9}
    assert {keys: line_of(text, keys) for keys in wanted} == wanted
    assert line_of(text, ("t", "b"), '"y"') == 5
    assert line_of(text, ("t", "u", "missing")) == 8 and line_of(text, ("missing",)) == 1


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the lab whose rubric lacks a number."""
    lab = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "grader", lab / "grader", ignore=shutil.ignore_patterns("tests", "__pycache__"))
    shutil.copy(ROOT / "handout.md", lab)
    (lab / "build").symlink_to(ROOT / "build")
    (lab / "class" / "Ana").mkdir(parents=True)
    shutil.copytree(ROOT / "exercises", lab / "exercises")
    class_support.made_up(lab / "graded", 1)
    (lab / "grader" / "rubric.toml").write_text(RUBRIC.replace("required_speedup = 5.0, ", ""))
    return lab


TOOLS = {
    "grade": ["grader.grade", "exercises", "--out", "out"],
    "hint": ["grader.tutor.hint", "--report", "report.json", "--memory", "hints.json"],
    "watch": ["grader.tutor.watch", "exercises", "--out", "watch", "--memory", "hints.json"],
    "class": ["grader.classroom.grade", "class", "--out", "of-class"],
    "page": ["grader.classroom.page", "--out", "graded"],
    "marks": ["grader.classroom.marks", "--out", "graded"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_says_so(lab: Path, tool: str) -> None:
    command = [sys.executable, "-m", *TOOLS[tool], "--build", "build"]
    screen, terminal = pty.openpty()  # without which the watcher does not start
    done = subprocess.run(
        command, cwd=lab, stdin=terminal, stdout=terminal, stderr=subprocess.PIPE, text=True, timeout=60
    )
    os.close(terminal)
    with suppress(OSError):  # the other end is closed
        assert not os.read(screen, 1000)
    os.close(screen)
    line = next(number for number, line in enumerate(RUBRIC.split("\n"), 1) if line.startswith('"training epoch"'))
    says = " ".join(done.stderr.split())
    assert f': grader/rubric.toml:{line}: speed.gates."training epoch".required_speedup is missing' in says
    assert done.returncode == 2 and "Traceback" not in says
    assert all(len(line) <= 80 for line in done.stderr.splitlines())
