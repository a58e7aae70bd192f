"""The documents tell the truth: what they name exists, and the handout's marks and gates are those of the rubric.

Reads the documents, and compiles the worked example; the commands in them are not run here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from grader.common.build_facts import ROOT
from grader.common.rubric import Exercise, Gate, rubric
from grader.report.item import MARKS

DOCUMENTS = ("handout.md", "handout.fr.md", "README.md", "CONTRIBUTING.md", "grader/TRUST.md")
RECORD = "grader/maintenance/reliability/RECORD.md"
# What the documents name and a command makes: by whom.
GENERATED = {
    "build/curves-loop.csv": "make train",
    "build/curves-learning_curves.csv": "make train",
    "build/curves-learning_curves.png": "make plot",
    "build/profile.log": "make profile",
    "./train_profiled": "make grade, in build/",
    "build/ablation.png": "make ablation",
    "build/bench.png": "make bench",
    "gmon.out": "train_profiled",
    "build/numpy-": "softmax_reg.py",
    "build/grade/report.json": "make grade",
    "build/grade/output/": "make grade",
    "output/": "make grade, beside report.json",
    "build/": "make",
    "build/loop_ratio.json": "make grade",
    "build/prediction.json": "make grade",
    "build/grade/report.html": "make grade",
    "build/grade/journal.jsonl": "make grade",
    "build/watch/report.html": "make watch",
    "report.json": "make grade",
    "report.html": "make grade",
    "build/one-image": "the student",
    "build/one-image-grade": "make grade",
    "build/somebody": "make grade",
}
FOLDERS = ("", "exercises", "reference", "grader")  # where a bare file name is looked for
SUFFIXES = "cpp|hpp|py|toml|md|csv|json|html|png|data|out"
A_PATH = re.compile(rf"(?<![\w./<$-])(?!\d+/)((?:\.\./)?(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:{SUFFIXES}))(?![\w(])")
A_FENCE = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def code(document: str) -> list[str]:
    """The blocks of code and the `code` in sentences."""
    text = text_of(document)
    return A_FENCE.findall(text) + re.findall(r"`([^`\n]+)`", A_FENCE.sub("", text))


def make_calls(document: str) -> list[list[str]]:
    """The words after each `make`, such as ["grade", "ONLY=vec_exos"]."""
    calls = re.findall(r"(?<![\w-])make((?:[ ](?:[a-z][\w-]*|-\w+|[A-Z_]+=\S+))+)", "\n".join(code(document)))
    return [call.split() for call in calls]


def paths(document: str) -> set[str]:
    return {path for piece in code(document) for path in A_PATH.findall(piece)} - {"GFLOP/s"}  # a unit


def exists(path: str, document: str) -> bool:
    """From the root, or from the folder of the document."""
    if path in GENERATED:
        return True
    if path.startswith("solutions/") and not (ROOT / "solutions").exists():  # the student's copy
        return True
    plain = path.removeprefix("../")
    places = FOLDERS if "/" not in plain else ("", Path(document).parent)
    return any((ROOT / folder / plain).exists() for folder in places)


def rows(heading: str) -> list[list[str]]:
    """The cells of the handout's first table whose heading starts with these words, without the heading."""
    lines = text_of("handout.md").splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(heading)) + 2
    length = next(i for i, line in enumerate(lines[first:]) if not line.startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[first : first + length]]


def items(cell: str, exercise: Exercise) -> dict[str, float]:
    """ "one epoch: 0.5; three epochs: 0.5" as numbers; "each of the ten functions" stands for their names."""
    pairs = [part.rsplit(": ", 1) for part in cell.split("; ") if part]
    numbers = {name: float(value) for name, value in pairs}
    if "each of the ten functions" in numbers:
        assert len(exercise.functions) == 10
        return dict.fromkeys(exercise.functions, numbers["each of the ten functions"])
    return numbers


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_and_variable_exists(document: str) -> None:
    makefile = text_of("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    calls = make_calls(document)
    assert len(calls) > 5
    for word in (word for call in calls for word in call):
        if "=" in word:
            name = word.split("=")[0]
            used = rf"\$\({name}\b|\$\$LAB_{name}\b"
            assert re.search(used, makefile), f"make {word}: no such variable"
        else:
            assert word in targets, f"make {word}: no such target"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_make_is_given_exists(document: str) -> None:
    known = set(rubric().exercises)
    given = [word.split("=") for call in make_calls(document) for word in call if "=" in word]
    for name in (name for key, value in given if key == "ONLY" for name in value.split(",")):
        assert name in known, f"ONLY={name}: no such exercise"
    for version in (value for key, value in given if key == "VERSION"):
        assert f"TRAIN_{version} :=" in text_of("Makefile"), f"VERSION={version}: no such version"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_exists(document: str) -> None:
    named = paths(document)
    assert len(named) > 10
    assert not [path for path in sorted(named) if not exists(path, document)]


def test_every_option_of_the_numpy_lab_exists() -> None:
    source = text_of("reference/softmax_reg.py")
    options = {o for piece in code("handout.md") if "softmax_reg.py" in piece for o in re.findall(r"--[a-z]+", piece)}
    assert options and all(f'"{option}"' in source for option in options)


@pytest.mark.parametrize("exercise", rubric().exercises.values(), ids=lambda exercise: exercise.name)
def test_every_exercise_has_a_heading(exercise: Exercise) -> None:
    headings = [line for line in text_of("handout.md").splitlines() if re.match(r"#{2,3} ", line)]
    assert len([heading for heading in headings if f"`{exercise.file}`" in heading]) == 1


def test_every_small_exercise_and_step_is_there() -> None:
    text = text_of("handout.md")
    functions = [row[0].strip("`") for row in rows("| function | the idea")]
    assert functions == list(rubric().exercises["vec_exos"].functions)
    assert re.findall(r"^## Step (\d+)", text, re.MULTILINE) == [str(step) for step in range(1, 11)]


def test_marks_are_those_of_the_rubric() -> None:
    table = {row[1].strip("`"): row for row in rows("| step | file | right")}
    exercises = {exercise.file: exercise for exercise in rubric().required.values()}
    assert table.keys() == exercises.keys()
    for file, (step, _, right, fast, marks) in table.items():
        exercise = exercises[file]
        assert str(exercise.step) in step.split(", ")
        assert items(right, exercise) == exercise.points, file
        assert items(fast, exercise) == exercise.speed, file
        assert float(marks) == pytest.approx(exercise.max_points), file
    total = sum(exercise.max_points for exercise in exercises.values())
    text = " ".join(text_of("handout.md").split())
    assert f"Marks add up to {total:g}." in text
    bonus = rubric().exercises["train_sgd_fast"].bonus
    assert bonus and bonus.marks == (0, 1, 2, 3) and f"up to {bonus.most:g} bonus marks" in text
    none, _one, two, three = bonus.times
    assert f"two for {two:g} of it, three for {three:g}" in text and f"from 0 at {none:g}" in text


def test_gates_are_those_of_the_rubric() -> None:
    shown = {row[0]: Gate(*map(float, row[1:])) for row in rows("| measured | times as fast")}
    assert shown == rubric().gates
    text = text_of("handout.md")
    assert f"The original's {rubric().mark_to_beat:g} is the mark to beat" in text
    assert f"or {rubric().budget_seconds:g} seconds are spent" in text
    assert f"no wider than {100 * (rubric().precision - 1):.0f} %" in text
    epoch = rubric().gates["training epoch"]
    for ratio, share in re.findall(r"where it is (?:only )?(\d+) times as fast,.*?(0\.\d+)", text, re.DOTALL):
        assert epoch.needed(float(ratio)) == float(share)
    assert f"5 / 10 = {epoch.needed(10):g} of its speed" in text


def test_the_worked_example_gives_what_the_handout_says(tmp_path: Path) -> None:
    example = re.search(r"^## A worked example\n.*?^```cpp\n(.*?)^```", text_of("handout.md"), re.MULTILINE | re.DOTALL)
    assert example and "the means 0, 2 and 2" in text_of("handout.md")
    head = "#include <armadillo>\narma::rowvec example(const arma::mat& A, const arma::vec& t) {\n"
    main = "}\nint main() { example({{1, 3, 1}, {2, 2, 4}}, {1, 2}).raw_print(); }\n"
    (tmp_path / "example.cpp").write_text(head + example[1] + main)
    command = ["g++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "example.cpp", "-o", "example", "-larmadillo"]
    subprocess.run(command, cwd=tmp_path, check=True)
    said = subprocess.run(["./example"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert [float(number) for number in said.split()] == [0, 2, 2]
    assert f"{784 * 64 * 8:,} bytes for a batch" in text_of("handout.md")


def test_numpy_counts_a_repeated_index_once() -> None:
    """As the handout says; what Armadillo does is in armadillo_test.cpp."""
    counts = np.zeros(2)
    counts[[0, 0, 1]] += 1
    assert counts.tolist() == [1, 1]


def test_words_of_the_report_are_explained() -> None:
    assert [row[0] for row in rows("| word | meaning")] == list(MARKS.values())


@pytest.mark.parametrize(
    ("document", "profile", "quarter"),
    [("handout.md", "finished step 9", "about a quarter"), ("handout.fr.md", "terminé l'étape 9", "environ un quart")],
)
def test_advice_comes_when_it_can_be_followed(document: str, profile: str, quarter: str) -> None:
    """Before step 9 loops::evaluate heads the profile; and what a reader concludes follows from the figures."""
    text = re.sub(r"\s+", " ", text_of(document))
    assert re.search(rf"{profile}[^`]*(`loops::evaluate`[^`]*)?`make profile VERSION=vec`", text)
    assert quarter in text and 0.2 < 1 - 11 / 15 < 0.3
    assert not re.search("never hold the answer|contiennent jamais la réponse", text)


@pytest.mark.parametrize("document", (*DOCUMENTS, RECORD, "CHANGELOG.md"))
def test_lines_are_short_and_links_lead_somewhere(document: str) -> None:
    text = text_of(document)
    assert max(map(len, text.splitlines())) <= 120
    for link in re.findall(r"\]\(([^)]+)\)", A_FENCE.sub("", text)):
        assert link.startswith("https://") or Path(ROOT / link).exists(), link
