"""make hint on real grades: one hint more each time, remembered, and anew when something else fails.

Needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.common.rubric import rubric
from grader.tests.support import corpus_support as support
from grader.tutor import hint

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")


class Student:
    """A folder with exercises, a report and what `make hint` remembers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exercises = folder / "exercises"
        shutil.copytree(ROOT / "exercises", self.exercises)

    def grade(self, only: str = "grad_batch", **files: Path) -> None:
        """Grades with files of the corpus in the place of stubs; `files` by the names of exercises."""
        for name, path in files.items():
            exercise = rubric().exercises[name]
            (self.exercises / exercise.file).write_bytes(support.source([support.read_case(path)]))
        result = support.grade(self.exercises, self.folder / "out", "--only", only)
        assert result.code == 0, result.output

    def hint(self, only: str = "grad_batch") -> str:
        command = [sys.executable, "-m", "grader.tutor.hint", "--report", str(self.folder / "out" / "report.json")]
        command += ["--memory", str(self.folder / "hints.json"), "--only", only]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode in (0, 2), done.stderr
        assert max(map(len, done.stdout.splitlines()), default=0) <= 80
        return done.stdout + done.stderr

    def change(self, name: str = "grad_batch.cpp", line: str = "int tried;") -> None:
        """As a student who tries something does: what fails stays the same."""
        with (self.exercises / name).open("a") as file:
            file.write(f"{line}\n")

    def next_hint(self, only: str = "grad_batch", name: str = "grad_batch.cpp") -> str:
        self.change(name)
        return self.hint(only)


@pytest.fixture
def student(tmp_path: Path) -> Student:
    return Student(tmp_path)


WRONG = support.CORPUS / "wrong"


def test_without_a_report_the_next_action_is_to_grade(student: Student) -> None:
    assert "There is no grade yet. Type: make grade ONLY=grad_batch" in student.hint()
    assert "Type: make grade ONLY=grad_batch,evaluate" in student.hint("exercises/grad_batch.cpp evaluate")


def test_hints_come_one_at_a_time_until_there_are_no_more(student: Student) -> None:
    student.grade(grad_batch=WRONG / "grad_batch--sum-for-mean.cpp")
    texts = [student.next_hint() for _ in range(4)]
    assert [text.split(":")[0] for text in texts] == ["Hint 1", "Hint 2", "Hint 3", "Hint 3"]
    assert "gradient of W" in texts[0] and "m times too large" in texts[0]
    assert "1. " in texts[2] and "2. " in texts[2] and "Then: make hint ONLY=grad_batch" in " ".join(texts[0].split())
    assert ["no more hints" in text for text in texts] == [False, False, True, True]


def test_a_second_hint_wants_a_change_in_the_file(student: Student) -> None:
    file = student.exercises / "grad_batch.cpp"
    student.grade(grad_batch=WRONG / "grad_batch--sum-for-mean.cpp")
    first = student.hint()
    assert "The next hint wants a change in grad_batch.cpp first: try what this one says." in " ".join(first.split())
    assert student.hint() == first
    file.write_text(file.read_text().replace("    ", "\t") + "\n")
    student.change(line="// 1\n/* 2\n3 */")
    assert student.hint().startswith("Hint 1:"), "spaces and comments are no change"
    assert student.next_hint().startswith("Hint 2:") and student.hint().startswith("Hint 2:")


def test_on_a_stub_the_shapes_come_first_and_last_another_function(student: Student) -> None:
    student.grade("grad_batch")
    assert "write the shape of each parameter and of the result into a comment" in " ".join(student.hint().split())
    student.change(line="// images is D x m")
    assert student.hint().startswith("Hint 2: grad_batch, how to start")
    last = " ".join(student.next_hint().split())
    assert "3. Another function, worked out" in last and "no more hints" in last


def test_a_teacher_can_give_hints_without_a_change(
    student: Student, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rubric().hints_want_a_change
    monkeypatch.setattr(hint, "rubric", lambda: replace(rubric(), hints_want_a_change=False))
    student.grade("grad_batch")
    options = ["--report", str(student.folder / "out" / "report.json"), "--memory", str(student.folder / "memory")]
    for number in (1, 2, 3):
        hint.main(hint.parser().parse_args([*options, "--only", "grad_batch"]))
        said = capsys.readouterr().out
        assert said.startswith(f"Hint {number}: ") and "wants a change" not in said
        assert ("The next hint: make hint ONLY=grad_batch" in said) == (number < 3)


def test_another_failure_starts_from_the_first_hint(student: Student) -> None:
    student.grade(grad_batch=WRONG / "grad_batch--sum-for-mean.cpp")
    assert "Hint 1" in student.hint() and "Hint 2" in student.next_hint()
    student.grade(grad_batch=WRONG / "grad_batch--sum-for-mean.cpp")
    assert "Hint 3" in student.hint()
    student.grade(grad_batch=WRONG / "grad_batch--transposed.cpp")  # the same item, by its shape
    assert "Hint 1" in student.hint()


def test_a_small_exercise_has_hints_of_its_own(student: Student) -> None:
    student.grade("vec_exos", vec_exos=WRONG / "vec_exos--center_rows-sum.cpp")
    assert "center_rows" in student.hint("") and "Hint 1: center_rows" not in student.hint("accuracy")
    assert "right and fast" in student.hint("accuracy")
    assert "no such exercise" in student.hint("center_columns")


def test_a_stub_gets_hints_on_how_to_start(student: Student) -> None:
    student.grade("learning_curves")
    assert "learning_curves, how to start" in student.hint("train_with_validation")
    assert "evaluate, how to start" in student.hint("evaluate"), "the last grade did not look at it"
    shutil.copy(support.SOLUTIONS / "evaluate.cpp", student.exercises)
    assert "was not in the last grade" in student.hint("evaluate")


def test_where_nothing_is_to_fix_fast_code_can_be_faster_still(student: Student) -> None:
    item = {"exercise": "train_sgd_vec", "name": "training epoch", "stage": "speed", "status": "pass"}
    item |= {
        "points": 2.0,
        "max_points": 2.0,
        "message": "0.4 of the floor; it copies",
        "hint": "a view copies nothing",
    }
    student.grade("train_sgd_vec")
    file = student.folder / "out" / "report.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "items": [item]}))
    said = student.hint("train_sgd_vec")
    assert "Nothing is left to fix. training epoch could be faster still:" in said
    assert "0.4 of the floor; it copies Hint: a view copies nothing" in " ".join(said.split())


def test_a_file_that_has_changed_is_named(student: Student) -> None:
    student.grade("learning_curves")
    assert "has changed" not in student.hint("learning_curves")
    file = student.exercises / "learning_curves.cpp"
    future = time.time() + 7 * 3600  # as another machine's clock, or another system on this one, may set it
    os.utime(file, (future, future))
    assert "has changed" not in student.hint("learning_curves")
    file.write_text(file.read_text() + "\n")
    os.utime(file, (1e9, 1e9))
    assert "learning_curves.cpp has changed since that grade" in student.hint("learning_curves")


@pytest.mark.parametrize("text", ["", "[]", '{"grad_batch": 3}', "\0"])
def test_a_broken_memory_starts_over(student: Student, text: str) -> None:
    (student.folder / "hints.json").write_text(text)
    student.grade()
    assert "Hint 1" in student.hint() and "Hint 2" in student.next_hint()


HEAD = '#include "softmax_reg_vec.hpp"\n\n'


def of_grad_batch(line: str) -> str:
    head = "Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {\n"
    return f"{HEAD}{head}    {line}\n    return {{images * probs.t(), arma::sum(probs, 1)}};\n}}\n"


def with_function(name: str, text: str) -> str:
    """The answers to vec_exos.cpp with another definition of one of them."""
    answers = (support.SOLUTIONS / "vec_exos.cpp").read_text()
    old = support.definition(answers, name)
    assert old
    return answers.replace(old[0], text)


def test_the_hint_of_the_grade_is_shown_with_the_message(student: Student) -> None:
    student.grade(grad_batch=WRONG / "grad_batch--transposed.cpp")
    words = " ".join(student.hint().split())
    assert words.index("should be") < words.index("Hint: rows and columns are exchanged") < words.index("1. ")


def test_a_known_error_of_the_compiler_is_not_blamed_on_brackets(student: Student) -> None:
    (student.exercises / "grad_batch.cpp").write_text(of_grad_batch("return np.dot(images, probs);"))
    student.grade()
    texts = [" ".join(student.next_hint().split()) for _ in range(3)]
    assert all("Hint: there is no np here" in text and "semicolon" not in text for text in texts)
    (student.exercises / "grad_batch.cpp").write_text(of_grad_batch("static_assert(sizeof(int) == 3);"))
    student.grade()
    texts = [" ".join(student.next_hint().split()) for _ in range(2)]
    assert "Hint 1" in texts[0] and "semicolon" in texts[1] and "mend the first error" not in texts[1]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("return np.dot(images, probs);", "return images.T * probs;"),
        ("arma::mat(images * images);", "arma::mat(images + probs);"),
        ("for (int i = 0; i < 3; ++i) {}", "while (false) {}"),
    ],
    ids=["compiler", "exception", "rule"],
)
def test_another_failure_of_the_same_kind_starts_from_the_first_hint(first: str, other: str, student: Student) -> None:
    for line, hints in ((first, ("Hint 1", "Hint 2")), (first + "\n", ("Hint 3",)), (other, ("Hint 1", "Hint 2"))):
        (student.exercises / "grad_batch.cpp").write_text(of_grad_batch(line))
        student.grade()
        assert [student.next_hint().split(":")[0] for _ in hints] == list(hints), line


def test_an_error_of_the_compiler_is_named_after_the_function_that_holds_it(student: Student) -> None:
    file = student.exercises / "vec_exos.cpp"
    head = "double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {\n"
    file.write_text(with_function("accuracy", f"{head}    return np.mean(predicted == labels);\n}}\n"))
    student.grade("vec_exos")
    assert "Hint 1: accuracy, compiles" in student.hint("")
    file.write_text(with_function("accuracy", f"{head}    return 1;\n}}\nint no_function_of_the_contract = np;\n"))
    student.grade("vec_exos")
    assert "Hint 1: vec_exos.cpp, compiles" in student.hint("")
    assert "Hint 2: vec_exos.cpp, compiles" in student.next_hint("vec_exos.cpp", "vec_exos.cpp")


def test_a_heading_says_a_name_once(student: Student) -> None:
    (student.exercises / "vec_exos.cpp").write_text(
        with_function("center_rows", "arma::mat center_rows(const arma::mat& A) {\n    return A;\n}\n")
    )
    student.grade("vec_exos")
    assert student.hint("").splitlines()[0] == "Hint 1: center_rows"
    body = "{\n    for (int i = 0; i < 3; ++i) {}\n    return A;\n}\n"
    (student.exercises / "vec_exos.cpp").write_text(
        with_function("center_rows", f"arma::mat center_rows(const arma::mat& A) {body}")
    )
    student.grade("vec_exos")
    assert student.hint("").splitlines()[0] == "Hint 1: center_rows, allowed"


def test_what_a_finished_grade_does_not_know_is_said(student: Student) -> None:
    shutil.copy(support.SOLUTIONS / "grad_batch.cpp", student.exercises)
    student.grade()
    assert "right and fast" in student.hint()
    assert "learning_curves, how to start" in student.hint("")
    for exercise in rubric().exercises.values():
        shutil.copy(support.SOLUTIONS / exercise.file, student.exercises)
    student.grade()
    assert "It did not look at" in " ".join(student.hint("").split())
    with (student.exercises / "grad_batch.cpp").open("a") as file:
        file.write("\n")
    assert student.hint().startswith("grad_batch.cpp has changed since that grade")
    (student.exercises / "grad_batch.cpp").unlink()
    words = "".join(student.hint().split())  # the name of a folder of pytest's is longer than a line
    assert "grad_batch.cppismissing:putitback(gitcheckout" in words and "right" not in words


def test_a_row_for_b_is_looked_for_in_b(student: Student) -> None:
    text = of_grad_batch("").replace("arma::sum(probs, 1)", "arma::mean(probs, 0)")
    (student.exercises / "grad_batch.cpp").write_text(text)
    student.grade()
    assert "is it that of b?" in " ".join(student.hint().split())
