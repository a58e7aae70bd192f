"""The ladders of hints: complete, of three rungs, about what the checks say, and never a line of an answer.

Reads files only; test_tutor_hint.py asks for hints on real grades."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.common.rubric import Exercise, rubric
from grader.legality.messages import TEXTS
from grader.report.item import Item
from grader.report.tasks import tasks_of
from grader.tests.support.answer_support import DERIVED, SOLUTIONS, squeezed, statements
from grader.tutor.ladders import FOLDER, KIND_OF_MESSAGE, kinds_of, ladder_for, tables, what_failed

TASKS = {task: exercise for exercise in rubric().exercises.values() for task in tasks_of(exercise)}
KINDS_OF_ANY = {kind for _, kind in KIND_OF_MESSAGE} | {"values", "slow", "file", "allowed", "loop", "known error"}
KINDS = KINDS_OF_ANY | {"todo", *TEXTS, *rubric().exercises["answers"].points}  # a section of the answers has its own
# Every file that can put words into an item's name, message or hint.
SPEAKERS = [
    *(ROOT / "grader" / "judge" / "checks").glob("*.cpp"),
    *(ROOT / "grader" / name for name in ("judge/expect/compare.cpp", "grade/stages.py")),
    *(ROOT / "grader" / "grade").glob("answers_*.py"),
]


def ladders(language: str) -> Iterator[tuple[str, list[str]]]:
    """Each ladder with its place in the tables."""
    for name, table in tables(language).items():
        entries = {**{key: rungs for key, rungs in table.items() if key != "says"}, **table.get("says", {})}
        yield from ((f"{name}: {key}", rungs) for key, rungs in entries.items())


ENGLISH, FRENCH = dict(ladders("en")), dict(ladders("fr"))
LADDERS = {**ENGLISH, **{f"fr, {place}": rungs for place, rungs in FRENCH.items()}}


def answers() -> Iterator[str]:
    """The statements of the answers, and what each of them assigns or returns, where that is more than a name."""
    for statement in statements(sorted(SOLUTIONS.iterdir())):
        parts = re.split(r"\breturn\b|[-+/*]?=(?!=)", statement, maxsplit=1)
        yield from (piece for piece in map(squeezed, (statement, parts[-1])) if re.search(r"[^\w.)]", piece))


@pytest.mark.parametrize("task", TASKS)
def test_every_task_has_ladders_of_its_own(task: str) -> None:
    assert {"todo", "values"} <= tables().get(task, {}).keys()


@pytest.mark.parametrize("kind", sorted(KINDS_OF_ANY))
def test_every_kind_of_failure_has_a_ladder_for_any_task(kind: str) -> None:
    assert kind in tables()["any"]


@pytest.mark.parametrize("task", [task for task, exercise in TASKS.items() if exercise.speed])
def test_what_is_measured_has_a_ladder_for_being_slow(task: str) -> None:
    assert "slow" in tables()[task]


def test_tables_and_their_entries_are_about_something() -> None:
    assert tables().keys() == {*TASKS, "any"}
    for name, table in tables().items():
        assert table.keys() <= KINDS | {"says"}, name


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_is_named_after_its_exercise(path: Path) -> None:
    exercise: Exercise | None = rubric().exercises.get(path.stem)
    wanted = tasks_of(exercise) if exercise else ("any",)
    assert re.findall(r"^\[(\w+)\]", path.read_text(encoding="utf-8"), re.MULTILINE) == list(wanted)


def test_the_french_ladders_are_for_the_same() -> None:
    assert tables("fr").keys() == tables().keys() and FRENCH.keys() == ENGLISH.keys()
    field = re.compile(r"\{\w+\}")
    for place, rungs in ENGLISH.items():
        pairs = list(zip(rungs, FRENCH[place], strict=True))
        assert [pair for pair in pairs if pair[0] == pair[1]] == [], place
        assert [p for p in pairs if sorted(field.findall(p[0])) != sorted(field.findall(p[1]))] == [], place


@pytest.mark.parametrize("place", LADDERS)
def test_a_ladder_has_three_rungs(place: str) -> None:
    rungs = LADDERS[place]
    is_of_steps = re.search("train_sgd_fast: (todo|slow)", place)  # the five of the handout
    assert len(set(rungs)) == (5 if is_of_steps else 3)
    for rung in rungs:
        assert 5 < len(rung.format(file="softmax_batch.cpp", header="softmax_reg_vec.hpp")) <= 420
        assert rung[-1] in ".?", rung


def test_mistakes_are_called_what_the_checks_call_them() -> None:
    literals = "".join(re.sub(r'"\s*\n?\s*"', "", path.read_text(encoding="utf-8")) for path in SPEAKERS)
    names = "\n".join(name for exercise in rubric().exercises.values() for name in exercise.points)
    # The parts of a message stand apart in the sources: "the gradient of W" and " should be ".
    for place in (f"{name}: {words}" for name, table in tables().items() for words in table.get("says", {})):
        words = place.split(": ", 1)[1].removesuffix(" should be").removeprefix("the number of ")
        assert words in literals + names, place


@pytest.mark.skipif(not (ROOT / "solutions").is_dir(), reason="a student's copy has no solutions/")
def test_no_hint_holds_a_line_of_an_answer() -> None:
    pieces = set(answers())
    assert {"A*B.t()", "arma::solve(A,B)", "std::vector<EpochStats>history", '["linear","gradient"]'} <= pieces
    hints = {place: squeezed("\n".join(rungs)) for place, rungs in LADDERS.items()}
    assert not [(place, piece) for place, text in hints.items() for piece in pieces if piece in text]


# How a hint may call an operation, in both languages; the others are called by their names.
WORDS = {
    "t": r"\.t\(\)|transpos",
    "sum": r"\bsum|\bsomme",
    "max": r"\bmax|largest|plus grand",
    "mean": r"\bmean|moyenne",
}


def operations(task: str) -> list[set[str]]:
    """Of each statement of an answer, and each part of what it returns, what is called, and what a product is of."""
    answer = re.findall(r"// ANSWER.*?\n(.*?)// END", (ROOT / "solutions" / f"{task}.cpp").read_text(), re.DOTALL)[0]
    found = []
    for part in re.split(r"[;{}\n]|(?<=\)), ", re.sub(r"//.*", "", answer)):
        called = set(re.findall(r"(\w+)(?:<[\w:]+>)?\(", part))
        factors = re.findall(r"(\w+)(?=\.t\(\)|\s\*\s|$)", part.strip()) if "t" in called and " * " in part else []
        found.append(called | set(factors))
    return [names for names in found if len(names) > 1]


@pytest.mark.skipif(not (ROOT / "solutions").is_dir(), reason="a student's copy has no solutions/")
def test_no_hint_on_steps_5_6_and_9_dictates_a_statement_in_words() -> None:
    """It would name all that the statement does."""
    wanted = {task: operations(task) for task in DERIVED}
    assert {"elem", "log", "accu"} in wanted["cross_entropy_loss_batch"] and {"W", "t", "images"} in wanted["evaluate"]
    said = [
        (place, names)
        for task, statements in wanted.items()
        for place, rungs in LADDERS.items()
        if place.removeprefix("fr, ").startswith(f"{task}: ")
        for names in statements
        for rung in rungs
        if all(re.search(WORDS.get(name, rf"\b{name}\b"), rung, re.IGNORECASE) for name in names)
    ]
    assert said == []


@pytest.mark.parametrize("task", [t for t, exercise in TASKS.items() if exercise.functions and not exercise.bonus])
def test_the_last_hint_on_a_stub_is_a_worked_example_of_another_function(task: str) -> None:
    for language, words in (("en", "Another function, worked out"), ("fr", "Une autre fonction, en détail")):
        last = tables(language)[task]["todo"][-1]
        assert last.startswith(words)
        assert not any(re.search(rf"\b{name}\b", last) for name in TASKS)


def test_the_hottest_functions_are_not_named() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("answers.toml"))
    assert not re.search(r"\b(linear|gradient)\b", text)


def failing_item(message: str, hint: str = "") -> Item:
    return Item("softmax_batch", "random logits", "parity", "fail", 0.0, 1.0, message, hint)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("addition: incompatible matrix dimensions: 4x1 and 5x1", "exception"),
        ("each_row(): incompatible size; expected 1x4, got 3x1", "exception"),
        ("solve(): number of rows in given objects must be the same", "exception"),
        ("Mat::init(): requested size is not compatible with column vector layout", "layout"),
        ("Mat::cols(): indices out of bounds or incorrectly used", "index"),
        ("Mat::elem(): index out of bounds", "index"),
        ("vector::_M_range_check: __n (which is 3) >= this->size() (which is 0)", "index"),
        ("as_scalar(): expected 1x1 matrix; got 3x4", "thrown"),
        ("mine", "thrown"),
    ],
)
def test_exceptions_without_sizes_have_ladders_of_their_own(message: str, kind: str) -> None:
    assert kinds_of(failing_item(f"f(A 3 x 4): threw an exception: {message}")) == (kind,)


@pytest.mark.parametrize(
    "words", ["this is the other axis", "used as positions in memory", "np.ix_", "this is a percentage"]
)
def test_a_mistake_of_many_exercises_comes_before_what_values_say(words: str) -> None:
    item = Item(
        "vec_exos", "accuracy", "parity", "fail", 0.0, 0.4, "accuracy(): the result should be 1 but is 2", words
    )
    assert ladder_for("accuracy", rubric().exercises["vec_exos"], item).key == f"any: {words}"


def test_the_same_failure_on_other_inputs_is_the_same() -> None:
    def failing(message: str, hint: str = "") -> str:
        return what_failed(failing_item(message, hint))

    product = "matrix multiplication: incompatible matrix dimensions: {0}x{1} and 7x{1}"
    thrown = f"f(A {{0}} x {{1}}): threw an exception: {product}"
    assert failing(thrown.format(3, 4), "4x3 fits") == failing(thrown.format(12, 5), "exchange them")
    wrong = "f(A {} x 4): the result should be {} but is {} at (row 0, column 3); {} of 12 elements differ"
    assert failing(wrong.format(3, 0.25, -1.5, 12)) == failing(wrong.format(17, "1e-05", 2, 1))
    assert failing(wrong.format(3, 0.25, -1.5, 12)) != failing(wrong.format(3, 0.25, -1.5, 12), "the sign")
    shape = "f(A {0} x 4): the result should be {0} x 4 but is 4 x {0}"
    assert failing(shape.format(3)) == failing(shape.format(10)) != failing(shape.format(3), "empty")
