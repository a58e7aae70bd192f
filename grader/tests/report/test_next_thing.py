"""What comes after a grade: which item first, in which words, and no command broken over two lines.

Makes items and files only; grades nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from grader.common import language
from grader.common.console import Prose
from grader.common.rubric import rubric
from grader.common.wrap import fill
from grader.report import next_thing
from grader.report.item import Item, first_to_fix
from grader.tests.support import corpus_support as support
from grader.tests.support.screen_support import lines_of, rendered


@pytest.mark.parametrize("tongue", language.LANGUAGES)
@pytest.mark.parametrize("status", ["fail", "todo"])
def test_a_command_is_not_broken_over_two_lines(tongue: str, status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TP_LANG", tongue)
    language.start(support.build_folder())
    for exercise in rubric().exercises.values():
        item = Item(exercise.name, "compiles", "build", status, 0.0, 0.0, "m")
        lines = lines_of(next_thing.next_of([item], True))
        assert any("make hint" in line and f"make grade ONLY={exercise.name}" in line for line in lines), lines
    monkeypatch.delenv("TP_LANG")
    language.start(support.build_folder())


def test_what_waits_for_other_files_names_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Item("train_sgd_vec", "training epoch", "speed", "skip", 0.0, 2.0, "m")
    monkeypatch.setattr(next_thing, "may_be_a_stub", lambda file: file.name in ("softmax_batch.cpp", "evaluate.cpp"))
    text = rendered(next_thing.next_of([waits], True))
    assert "Still waits: train_sgd_vec" in text and "Next: exercises/softmax_batch.cpp, step 6" in text
    monkeypatch.setattr(next_thing, "may_be_a_stub", lambda file: file.name == "evaluate.cpp")
    assert "steps 7 and 8" in rendered(next_thing.next_of([waits], True))
    assert "Next:" not in rendered(next_thing.next_of([waits], False))


def answer(name: str, status: str) -> Item:
    return Item("answers", name, "answer", status, 0.0, 0.5, f"about {name}")


def test_answers_of_later_steps_come_in_their_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_thing, "EXERCISES", tmp_path)
    answers = [answer("hottest functions", "pass"), answer("shapes", "todo"), answer("predict", "todo")]
    small = Item("vec_exos", "one_hot", "parity", "todo", 0.0, 0.3, "m")
    loss = Item("cross_entropy_loss_batch", "random batches", "parity", "todo", 0.0, 1.5, "m")
    assert "Next: one_hot in exercises/vec_exos.cpp, step 4" in rendered(
        next_thing.next_of([*answers, small, loss], True)
    )
    text = rendered(next_thing.next_of([*answers, loss], True))
    assert "Next: exercises/answers.toml, step 5" in text and "about shapes" in text
    (tmp_path / "vec_exos.cpp").write_text("throw lab::NotImplemented(A);")
    assert (
        rendered(next_thing.next_of(answers, True)) == "Next: exercises/vec_exos.cpp, step 4 of handout.md about shapes"
    )
    (tmp_path / "vec_exos.cpp").unlink()
    (tmp_path / "answers.toml").write_text('[shapes]\ndelta = "K x m"\n[predict]\ntimes = []\n[count]\nname = []\n')
    (tmp_path / "grad_batch.cpp").write_text("throw lab::NotImplemented(images);")
    done = [Item("train_sgd_vec", "one epoch", "parity", "pass", 0.5, 0.5)]
    assert "Next: exercises/answers.toml, step 6" in rendered(next_thing.next_of(done, True))


def test_a_slow_epoch_comes_before_what_is_counted_in_it() -> None:
    slow = Item("train_sgd_vec", "training epoch", "speed", "fail", 0.0, 2.0, "m")
    copies, shapes = answer("explain", "fail"), answer("shapes", "fail")
    assert first_to_fix([copies, slow]) == slow and first_to_fix([shapes, copies, slow]) == shapes


def test_what_is_left_of_a_bonus_comes_last_and_is_called_so() -> None:
    bonus = Item("train_sgd_fast", "loss", "parity", "fail", 0.0, 0.0, "another loss")
    todo = Item("evaluate", "one set", "parity", "todo", 0.0, 1.0, "m")
    assert first_to_fix([bonus, todo]) == todo and first_to_fix([bonus]) == bonus
    shown = rendered(next_thing.next_of([bonus], True))
    assert "Left of the bonus: train_sgd_fast, loss another loss" in shown and "First thing" not in shown


@pytest.mark.parametrize("by_keys, how", [(False, "make hint ONLY=train_sgd_vec"), (True, "press h")])
def test_advice_on_fast_code_is_where_hints_are(by_keys: bool, how: str) -> None:
    fast = Item("train_sgd_vec", "training epoch", "speed", "pass", 2.0, 2.0, "m", hint="no copy is needed")
    shown = rendered(next_thing.next_of([fast], True, by_keys))
    assert f"This part is done. train_sgd_vec could be faster still: {how}" in shown
    every = [Item(name, "a", "parity", "pass", 1.0, 1.0) for name in rubric().exercises]
    shown = rendered(next_thing.next_of([*every, fast], True, by_keys))
    assert f"allowed, right and fast. train_sgd_vec could be faster still: {how}" in shown
    assert "faster still" not in rendered(next_thing.next_of([*every, replace(fast, hint="")], True, by_keys))
    assert "faster still" not in rendered(next_thing.next_of([*every, fast], False, by_keys))


COMMANDS = (
    'To grade only this, type make grade ONLY=softmax_batch NOTE="row of ones"; for a hint, make hint; then go on'
)


@pytest.mark.parametrize("width", range(16, 81, 4))
def test_no_line_ends_within_a_command(width: int) -> None:
    longest = 'make grade ONLY=softmax_batch NOTE="row of ones"'
    styled = Prose(COMMANDS, style="bold").append(" or not", style="red")
    console = Console(width=width)
    lines = [line.plain.rstrip() for line in styled.wrap(console, width)]
    assert fill(COMMANDS, width).replace("\n", " ") == COMMANDS
    for text in (fill(COMMANDS, width), "\n".join(lines)):
        assert "make hint" in text and (width <= len(longest) or longest in text)
        assert width <= len(longest) or max(map(len, text.split("\n"))) <= width
    assert "".join(lines).replace(" ", "") == (COMMANDS + " or not").replace(" ", "")
    assert [span.style for line in styled.wrap(console, width) for span in line.spans][-1:] == ["red"]


def test_a_part_that_is_done_names_the_next_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_thing, "EXERCISES", tmp_path)
    (tmp_path / "softmax_batch.cpp").write_text("arma::mat softmax_batch(const arma::mat& logits) { return logits; }")
    (tmp_path / "grad_batch.cpp").write_text("throw lab::NotImplemented(images);")
    done = [Item("learning_curves", "history", "parity", "pass", 2.0, 2.0)]
    assert "Next: exercises/grad_batch.cpp, step 6 of handout.md" in str(next_thing.next_of(done, True))
    assert str(next_thing.next_of(done, False)) == "This part is done."
    (tmp_path / "grad_batch.cpp").write_text("return {};")
    assert "For all of the grade: make grade" in str(next_thing.next_of(done, True))


@pytest.mark.parametrize("column", [0, 7, 60, 105, 123])
def test_a_long_line_is_shown_around_its_error(column: int) -> None:
    code = "    for (" + "".join(f"word{number:02} " for number in range(16)) + ")"
    place = {"line": 12, "first_line": 12, "lines": [code], "column": column}
    item = Item("evaluate", "compiles", "build", "fail", 0.0, 0.0, "m", excerpt=place)
    console = Console(width=80, no_color=True)
    with console.capture() as capture:
        console.print(next_thing.next_of([item], True))
    line, below = capture.get().splitlines()[1:3]
    assert line.startswith("  12 | ") and len(line.rstrip()) <= 80
    assert ("^" in below) == bool(column)
    if column:
        assert line[below.index("^") :].rstrip(" …").startswith(code[column - 1 : column + 1].strip())
