"""A class in parts: they share it out, agree on keys and seeds, work at once, and one run without PART= joins them.

Run by pytest (`make test`); what grades needs the built grader, the sandbox and Snakemake."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.classroom import roster
from grader.classroom.grade.part import Part, at_work, part_of
from grader.classroom.intake.taking_in import take_in
from grader.common.build_facts import ROOT
from grader.common.files import in_turn
from grader.common.tool import UserError
from grader.tests.support import graded_class as grading

PARTS = [Part(number, 4) for number in range(1, 5)]


@pytest.mark.parametrize(
    "text", ["0/4", "5/4", "x", "1/0", "1", "1/", "/4", "-1/4", "1/4/4", "1.5/4", "1/4 ", "9" * 5000]
)
def test_a_bad_part_is_one_sentence(text: str) -> None:
    with pytest.raises(UserError, match="a part's number and the number of parts are needed, from PART=1/4"):
        part_of(text)


def test_the_command_refuses_a_bad_part_before_it_does_anything(tmp_path: Path) -> None:
    given, out = grading.given_class(tmp_path / "given", {"Ana": ""}), tmp_path / "class"
    command = grading.command(given, out, "5/4")
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 2 and "PART=5/4" in result.stderr and "Traceback" not in result.stderr
    assert not out.exists()


def entry(number: int) -> roster.Entry:
    return roster.Entry(f"s{number:03}", "", "", "", "", "", "ok")


def test_each_submission_is_in_one_part() -> None:
    assert [[part.number for part in PARTS if part.has(entry(number))] for number in range(1, 9)] == [
        [1],
        [2],
        [3],
        [4],
    ] * 2
    assert part_of("") == Part() and part_of("1/1").is_all and all(Part().has(entry(number)) for number in range(1, 9))


def test_different_parts_work_at_once(tmp_path: Path) -> None:
    with ExitStack() as held:
        for part in PARTS:
            held.enter_context(at_work(tmp_path, part))
        for other in (PARTS[0], Part(), Part(3, 3)):  # the same one again, the whole class, another division
            with pytest.raises(UserError, match="another grade is at work"), at_work(tmp_path, other):
                pass
    with at_work(tmp_path, Part()), pytest.raises(UserError, match="another grade is at work"):
        with at_work(tmp_path, PARTS[0]):
            pass
    with at_work(tmp_path, Part(3, 3)):
        pass


def test_intake_waits_for_its_turn(tmp_path: Path) -> None:
    entered = threading.Event()

    def enter() -> None:
        with in_turn(tmp_path):
            entered.set()

    with in_turn(tmp_path):
        other = threading.Thread(target=enter)
        other.start()
        assert not entered.wait(0.3)
    assert entered.wait(10)
    other.join()


def test_intake_leaves_alone_what_another_part_is_grading(tmp_path: Path) -> None:
    given, out = grading.given_class(tmp_path / "given", {"Ana": "int a;\n", "Bob": "int b;\n"}), tmp_path / "class"
    take_in(given, out)
    files = [out / "submissions" / key / grading.SOFTMAX for key in ("s001", "s002")]
    numbers = [file.stat().st_ino for file in files]
    with files[0].open() as held:  # so that its number cannot be given to another file
        grading.given_class(given, {"Bob": "int other;\n"})
        take_in(given, out)
        assert files[0].stat().st_ino == numbers[0] and held.read() == "int a;\n"
    assert files[1].read_text() == "int other;\n"
    (files[0].parent / "more.cpp").write_text("")
    files[1].unlink()
    files[1].symlink_to("/etc/passwd")
    take_in(given, out)
    assert os.listdir(files[0].parent) == [grading.SOFTMAX] and files[1].read_text() == "int other;\n"


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """A class of three, one of whom nobody can compile, of which four parts have been graded at once."""
    root = tmp_path_factory.mktemp("parts")
    given = grading.given_class(root / "given", {name: grading.CLASS[name] for name in ("Ana", "Bob", "Cl\u00e9o")})
    out = root / "my {class}"
    started = []
    for number in range(1, 5):
        command = grading.command(given, out, f"{number}/4")
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
    said = [" ".join(process.communicate(timeout=900)[0].split()) for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    return given, out, said


@grading.needs_all
def test_parts_share_out_the_class_and_one_command_joins_them(parted: tuple[Path, Path, list[str]]) -> None:
    given, out, said = parted
    counts = ["1 graded, 0 could not be graded; 1 graded just now"] * 3 + ["0 graded, 0 could not be graded; 0 graded"]
    for number, (text, count) in enumerate(zip(said, counts, strict=True), 1):
        assert count in text and "Traceback" not in text, (number, text)
    assert not (out / "class.html").exists() and not (out / "marks.csv").exists()
    before = {key: grading.graded(out, key).stat().st_mtime_ns for key in ("s001", "s002", "s003")}
    joined = grading.grade_class(given, out)
    assert " 0 to be graded" in joined and "3 graded, 0 could not be graded; 0 graded just now" in joined
    assert {key: grading.graded(out, key).stat().st_mtime_ns for key in before} == before
    marks = grading.marks(out)
    assert marks["s001"] == marks["s003"] > marks["s002"] == 0.0
    assert (out / "class.html").exists() and (out / "marks.csv").exists()


@grading.needs_all
def test_what_a_part_has_not_done_the_join_does(parted: tuple[Path, Path, list[str]]) -> None:
    given, out, _ = parted
    grading.graded(out, "s002").unlink()
    joined = grading.grade_class(given, out)
    assert " 1 to be graded" in joined and "3 graded, 0 could not be graded; 1 graded just now" in joined


@grading.needs_all
def test_a_part_in_a_folder_of_its_own_has_the_same_keys_and_seeds_and_can_be_copied(
    parted: tuple[Path, Path, list[str]], tmp_path: Path
) -> None:
    given, out, _ = parted
    own = tmp_path / "own"
    command = grading.command(given, own, "4/4")  # has nothing to grade
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert (own / "seed").read_text() == (out / "seed").read_text() != "0\n"
    assert roster.load(own) == roster.load(out)
    shutil.copytree(out, own, dirs_exist_ok=True)
    joined = grading.grade_class(given, own)
    assert " 0 to be graded" in joined and "3 graded, 0 could not be graded" in joined


def test_as_many_processors_as_may_be_used() -> None:
    program = [sys.executable, "-c", "from grader.machine.processors import usable; print(usable())"]
    one = ["taskset", "-c", str(min(os.sched_getaffinity(0)))]
    own = str(len(os.sched_getaffinity(0)))
    plain = {name: value for name, value in os.environ.items() if name != "SLURM_CPUS_ON_NODE"}

    def said(words: list[str], **more: str) -> str:
        return subprocess.run(
            words, cwd=ROOT, env=plain | more, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert said(program) == own and said([*one, *program]) == "1"
    assert said(program, SLURM_CPUS_ON_NODE="1") == "1"
    assert said(program, SLURM_CPUS_ON_NODE="512") == own == said(program, SLURM_CPUS_ON_NODE="many")
    assert said(program, SLURM_CPUS_ON_NODE="0") == "1"
