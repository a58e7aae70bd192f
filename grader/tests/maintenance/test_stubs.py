"""Tests of grader/maintenance/stubs.py and of what it makes: the committed stubs are fresh, say nothing of the answers, compile
without a warning and throw; a student's work is never written over unasked. Run by pytest, from the root.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.maintenance import stubs

pytestmark = pytest.mark.skipif(not (stubs.ROOT / "solutions").is_dir(), reason="a student's copy has no solutions/")

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]
SOLUTIONS = sorted(path.name for path in (stubs.ROOT / "solutions").glob("*.*"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A root of its own, with the solutions and the stubs that show the loops, for a test to spoil."""
    shutil.copytree(stubs.ROOT / "solutions", tmp_path / "solutions")
    assert stubs.main([], tmp_path) == 0
    return tmp_path


def edit(path: Path, old: str, new: str) -> str:
    """Replaces `old`, which must be there, and returns the new text."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text.replace(old, new)


def answer_lines(name: str) -> list[str]:
    """The lines between the markers of a solution, found here without the help of the tool."""
    lines, inside = [], False
    for line in (stubs.ROOT / "solutions" / name).read_text(encoding="utf-8").splitlines():
        inside = "ANSWER" in line and "END ANSWER" not in line or inside and "END ANSWER" not in line
        if inside and "ANSWER" not in line:
            lines.append(line.strip())
    return [line for line in lines if line != "}"]


def test_committed_stubs_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert stubs.main(["--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("name", SOLUTIONS)
def test_stub_holds_nothing_of_the_answer(name: str) -> None:
    stub = (stubs.ROOT / "exercises" / name).read_text(encoding="utf-8")
    assert answer_lines(name)
    assert [line for line in answer_lines(name) if line in stub] == []
    assert "ANSWER" not in stub
    assert "return" not in [line.split(" ")[0] for line in map(str.strip, stub.splitlines())]


@pytest.mark.parametrize("name", SOLUTIONS)
def test_stub_is_a_short_unix_text(name: str) -> None:
    stub = (stubs.ROOT / "exercises" / name).read_bytes()
    assert b"\t" not in stub and stub.endswith(b"\n")
    assert stub.count(b"\n") < (40 if name != "vec_exos.cpp" else 100)


def test_every_stub_compiles_without_a_warning_and_throws(tmp_path: Path) -> None:
    """One program of all the stubs: it calls each function and prints the names of those that did not throw."""
    calls = {
        "train_with_validation": "data, data, hp, model",
        "train_sgd_vec": "data, hp, model",
        "train_sgd_fast": "data, hp, model",
        "softmax_batch": "A",
        "cross_entropy_loss_batch": "A, u",
        "grad_batch": "A, A, u",
        "evaluate": "A, u, A, model.b",
        "center_rows": "A",
        "normalize_columns": "A",
        "log_sum_exp": "A",
        "one_hot": "u, 1",
        "pick_per_column": "A, u",
        "argmax_per_column": "A",
        "accuracy": "u, u",
        "squared_distances": "A, A",
        "sum_outer_products": "A, A",
        "least_squares": "A, A",
    }
    sources = sorted((stubs.ROOT / "exercises").glob("*.cpp"))
    assert sum(source.read_text().count("throw lab::NotImplemented(") for source in sources) == len(calls)
    includes = "".join(f'#include "{source}"\n' for source in sources)
    tries = "".join(
        f'    try {{ {name}({arguments}); std::puts("{name}"); }} catch (const lab::NotImplemented&) {{}}\n'
        for name, arguments in calls.items()
    )
    values = "    Dataset data; Hyperparameters hp{}; Model model; const arma::mat A; const arma::uvec u;\n"
    program = tmp_path / "stubs.cpp"
    program.write_text(f"{includes}#include <cstdio>\nint main() {{\n{values}{tries}}}\n")
    folders = [f"-I{stubs.ROOT}", f"-I{stubs.ROOT / 'reference'}"]
    binary = tmp_path / "stubs"
    command = ["g++", "-std=c++17", *WARNINGS, *folders, str(program), "-o", str(binary), "-larmadillo"]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    assert subprocess.run([binary], capture_output=True, text=True, check=True).stdout == ""


def test_stale_stub_is_named_and_refreshed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy / "solutions/evaluate.cpp", "// Step 9:", "// Step nine:")
    assert stubs.main(["--check"], copy) == 1
    message = capsys.readouterr().err
    assert "exercises/evaluate.cpp" in message and stubs.COMMAND in message and "grad_batch" not in message
    assert stubs.main([], copy) == 0
    assert "// Step nine:" in (copy / "exercises/evaluate.cpp").read_text()
    assert stubs.main(["--check"], copy) == 0


def test_new_answer_leaves_the_stub_fresh(copy: Path) -> None:
    edit(copy / "solutions/evaluate.cpp", "logits.each_row() += b.t();", "logits.each_row() += b.t();  // the bias")
    assert stubs.main(["--check"], copy) == 0


# --- What a stub shows: by the loop it is derived, NumPy's line is only translated.


def by_loops(name: str) -> str:
    """The stub that shows the loops, whichever form is committed."""
    return stubs.make_stub(stubs.ROOT / "solutions" / name, "loops")


def comments(name: str) -> list[str]:
    """Those above each function of a stub, in its order."""
    text = by_loops(name).split('.hpp"\n', 1)[1]
    return re.findall(r"((?:^//.*\n)+)", text, re.MULTILINE)


@pytest.mark.parametrize(
    "name", ["train_sgd_vec", "softmax_batch", "cross_entropy_loss_batch", "grad_batch", "evaluate"]
)
def test_a_function_of_a_batch_is_specified_by_what_the_loop_does_with_one_image(name: str) -> None:
    text = by_loops(f"{name}.cpp")
    assert not re.search(r"NumPy|np\.|axis|\.t\(\)", text)
    assert re.search(r"^// loops::\w+ does this .*one image", text, re.MULTILINE)
    steps = re.findall(r"^//     \w.*? = .*  (.*)$", text, re.MULTILINE)
    assert steps and all(re.fullmatch(r"one number|.*numbers", shape) for shape in steps)


def test_the_small_exercises_fade_from_loop_and_numpy_to_a_formula() -> None:
    shown = [re.findall(r"^// (Loop|NumPy|Formula): ", text, re.MULTILINE) for text in comments("vec_exos.cpp")]
    assert shown == [["Loop", "NumPy"]] * 3 + [["Loop"]] * 4 + [["Formula"]] * 3


@pytest.mark.parametrize(("form", "loops", "numpy"), [("numpy", 0, 15), ("both", 12, 15), ("loops", 12, 3)])
def test_a_teacher_chooses_what_the_stubs_show(form: str, loops: int, numpy: int, copy: Path) -> None:
    for before in stubs.FORMS:  # none of them is anybody's work
        assert stubs.main(["--show", before], copy) == 0
        assert stubs.main(["--show", form], copy) == 0
    assert stubs.main(["--check", "--show", form], copy) == stubs.main(["--check"], copy) == 0
    text = "".join(path.read_text(encoding="utf-8") for path in (copy / "exercises").glob("*.cpp"))
    assert len(re.findall(r"^// (?:Loop:|loops::\w+ does)", text, re.MULTILINE)) == loops
    assert len(re.findall(r"^// NumPy", text, re.MULTILINE)) == numpy
    assert not re.search(r"LOOPS|NUMPY|ANSWER", text)


def test_missing_stub_is_written(copy: Path) -> None:
    shutil.rmtree(copy / "exercises")
    assert stubs.main(["--check"], copy) == 1
    assert stubs.main([], copy) == 0
    assert sorted(path.name for path in (copy / "exercises").iterdir()) == SOLUTIONS


@pytest.mark.parametrize(
    ("name", "old", "work"),
    [
        ("softmax_batch.cpp", "throw lab::NotImplemented(logits);", "return logits;"),
        ("vec_exos.cpp", "throw lab::NotImplemented(A, B);", "return A * B;"),
        ("softmax_batch.cpp", "    throw", "    // return arma::exp(logits);\n    throw"),
        ("answers.toml", "[]", '["softmax"]'),
    ],
)
def test_work_is_kept_unless_forced(
    copy: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, work: str
) -> None:
    exercise = copy / "exercises" / name
    text = edit(exercise, old, work)
    assert stubs.main([], copy) == 1
    message = capsys.readouterr().err
    assert name in message and "--force" in message
    assert exercise.read_text() == text
    assert stubs.main(["--force"], copy) == 0
    assert exercise.read_text() == by_loops(name)


def test_windows_line_ends_are_no_change(copy: Path) -> None:
    for exercise in (copy / "exercises").iterdir():
        exercise.write_bytes(exercise.read_bytes().replace(b"\n", b"\r\n"))
    assert stubs.main(["--check"], copy) == 0


def test_copy_without_solutions_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stubs.main([], tmp_path) == 1
    assert "no solutions/" in capsys.readouterr().err


@pytest.mark.parametrize("spoiled", ["    // END ANSWER\n", "    // ANSWER at most four statements, no loop\n"])
def test_marker_without_its_partner_is_an_error(copy: Path, capsys: pytest.CaptureFixture[str], spoiled: str) -> None:
    edit(copy / "solutions/evaluate.cpp", spoiled, "")
    before = (copy / "exercises/evaluate.cpp").read_text()
    assert stubs.main(["--force"], copy) == 1
    assert "evaluate.cpp" in capsys.readouterr().err
    assert (copy / "exercises/evaluate.cpp").read_text() == before
