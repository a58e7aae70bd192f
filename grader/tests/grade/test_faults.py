"""What is the grader's own fault costs no marks, and what is the machine's is not remembered.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.common.build_facts import read_build
from grader.common.rubric import rubric
from grader.grade import building, inspecting, stages, trial
from grader.grade.building import Built, build
from grader.grade.compiling import Job, preprocess
from grader.grade.headers import make_headers
from grader.grade.judging import Judge
from grader.grade.staging import Staged
from grader.legality import CLANG_IS_BROKEN, READY
from grader.machine import limited_run
from grader.machine.blas import choose
from grader.tests.support import corpus_support as support

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
EVALUATE = rubric().exercises["evaluate"]
SOFTMAX = rubric().exercises["softmax_batch"]
BOMB = support.CORPUS / "hostile" / "softmax_batch--constexpr-bomb.cpp"


@pytest.fixture
def evaluate(tmp_path: Path) -> Judge:
    """Ready to judge the solution's evaluate."""
    lab = read_build(support.build_folder())
    make_headers(lab)
    (tmp_path / "objects").mkdir()
    staged = Staged(EVALUATE, support.SOLUTIONS / EVALUATE.file)
    assert not build(staged, lab, tmp_path / "objects", shut_in=False).error
    return Judge(lab, tmp_path, support.SEED, choose(lab), launcher=[])


def crashing(judge: Judge, folder: Path, times: int) -> Judge:
    """The same, with a program for a judge that crashes so many times before it does its work."""
    program = folder / "crashing-judge"
    crash = f'echo >>{folder}/runs; [ "$(wc -l <{folder}/runs)" -gt {times} ] || kill -SEGV $$'
    program.write_text(f'#!/bin/sh\n{crash}\nexec {judge.lab.judge} "$@"\n')
    program.chmod(0o755)
    return replace(judge, lab=replace(judge.lab, judge=str(program)))


def test_a_judge_that_crashed_is_asked_again(evaluate: Judge, tmp_path: Path) -> None:
    found = crashing(evaluate, tmp_path, 1).run(["evaluate"], "parity")
    assert {item["name"]: item["status"] for item in found.items} == dict.fromkeys(EVALUATE.points, "pass")


def test_a_judge_that_crashes_again_is_the_graders_fault(evaluate: Judge, tmp_path: Path) -> None:
    found = crashing(evaluate, tmp_path, 2).run(["evaluate"], "parity")
    staged = Staged(EVALUATE, support.SOLUTIONS / EVALUATE.file)
    built = Built(functions={"evaluate": {"untouched": False, "findings": []}})
    items = stages.parity_items([EVALUATE], [staged], {"evaluate": built}, found.items)
    assert {(item.status, item.message) for item in items} == {("error", found.items[0]["message"])}
    assert "the judge crashed" in items[0].message


def test_an_inspection_that_fails_costs_neither_values_nor_speed(tmp_path: Path) -> None:
    staged = Staged(EVALUATE, support.SOLUTIONS / EVALUATE.file)
    built = {"evaluate": Built(legality_error="libclang is broken", final=False)}
    found = [{"exercise": "evaluate", "name": name, "status": "pass", "message": ""} for name in EVALUATE.points]
    items = stages.before_judging([staged], built)
    items += stages.parity_items([EVALUATE], [staged], built, found)
    assert [item.status for item in items] == ["pass", "error", "pass", "pass"]
    assert stages.ready_for_speed([EVALUATE], items) == ["evaluate"]


def test_a_speed_that_the_grader_could_not_come_to_counts_neither_way(tmp_path: Path) -> None:
    staged = Staged(EVALUATE, support.SOLUTIONS / EVALUATE.file)
    built = {"evaluate": Built(functions={"evaluate": {"untouched": False, "findings": [], "statements": 1}})}

    def speed_of(*statuses: str) -> str:
        found = [
            {"exercise": "evaluate", "name": name, "status": status, "message": ""}
            for name, status in zip(EVALUATE.points, statuses, strict=True)
        ]
        items = stages.before_judging([staged], built) + stages.parity_items([EVALUATE], [staged], built, found)
        (item,) = stages.speed_items([EVALUATE], items, [], [], rubric().gates, {})
        return item.status

    assert len(EVALUATE.points) == 2
    assert speed_of("error", "pass") == speed_of("error", "error") == "error"
    assert speed_of("error", "fail") == speed_of("fail", "pass") == "skip"


@pytest.mark.parametrize("text, kept", [(BOMB.read_text(), False), ("arma::mat f() { return x; }", True)])
def test_a_compiler_that_was_killed_runs_again(
    text: str, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = read_build(support.build_folder())
    make_headers(lab)
    monkeypatch.setattr(limited_run, "CPU_SECONDS", 3)
    source, objects = tmp_path / SOFTMAX.file, tmp_path / "objects"
    source.write_text(text)
    objects.mkdir()
    assert build(Staged(SOFTMAX, source), lab, objects, shut_in=False).error
    assert (objects / "softmax_batch.json").exists() == kept


@pytest.mark.parametrize(
    "code, output, words, is_the_graders",
    [
        (CLANG_IS_BROKEN, READY, "libclang was not found", True),
        (-11, READY, "grader.legality: libclang was not found", False),
        (1, READY, "RecursionError: in the file", False),
        (1, "", "ModuleNotFoundError: No module named 'clang'", True),
        (-9, "", "no memory to start with", True),
    ],
)
def test_what_fails_before_a_file_is_read_is_the_graders_fault(
    code: int, output: str, words: str, is_the_graders: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And only that: what a crashing clang prints may come from the submission."""
    result = limited_run.Result(code, output, words)
    right = limited_run.Result(0, READY, "")  # of a trivial file
    monkeypatch.setattr(inspecting, "forked", lambda _, __, folder: result if folder == tmp_path / "job" else right)
    built = building._inspected(job_of("", tmp_path))
    assert (built.legality_error == words) == is_the_graders
    assert bool(built.unreadable) != is_the_graders
    assert not (is_the_graders and built.final), "it must not be remembered"


@pytest.mark.parametrize(
    ("says", "is_the_files"),
    [
        ("softmax_batch.cpp:3:1: error: ‘x’ was not declared in this scope", True),
        ("softmax_batch.cpp:1:10: fatal error: x.hpp: No such file or directory", True),
        ("softmax_batch.cpp:9:1: fatal error: error writing to /o/cc.s: No space left on device", False),
        ("softmax_batch.cpp:9:1: fatal error: error closing /o/cc.s: Disk quota exceeded", False),
        ("softmax_batch.cpp:4:3: warning: unused\ncollect2: error: ld returned 1 exit status", False),
        ("/o/cc.s: Fatal error: /o/cc.o: No such file or directory", False),
        ("c++: fatal error: cannot execute ‘cc1plus’: vfork: Resource temporarily unavailable", False),
        ("", False),
    ],
)
def test_what_names_no_line_of_the_file_may_be_the_machines(says: str, is_the_files: bool) -> None:
    assert trial.names_a_line(says, SOFTMAX.file) == is_the_files


def job_of(text: str, folder: Path) -> Job:
    """A file that is ready to be inspected."""
    lab = read_build(support.build_folder())
    make_headers(lab)
    source = folder / SOFTMAX.file
    source.write_text(text)
    (folder / "job").mkdir()
    job = Job(Staged(SOFTMAX, source), lab, folder / "job", shut_in=False)
    preprocess(job)
    return job


@pytest.mark.parametrize("way", ["forked", "own process"])
def test_an_inspection_that_takes_too_long_is_the_files_fault(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What clang reads for hours: each template asks for two others, and none of them twice.
    endless = (
        "template <int depth, int path> constexpr int f() { if constexpr (depth == 0) return path; "
        "else return f<depth - 1, 2 * path>() + f<depth - 1, 2 * path + 1>(); }\n"
        "constexpr int endless = f<28, 1>();\n"
    )
    if way == "own process":
        monkeypatch.setattr(inspecting, "forked", lambda *_: None)
    (tmp_path / "first").mkdir()
    building._inspected(job_of("", tmp_path / "first"))  # the first one loads libclang
    monkeypatch.setattr(limited_run, "WALL_SECONDS", 4)
    built = building._inspected(job_of(endless, tmp_path))
    assert "too deep or too long" in built.unreadable and not built.legality_error and not built.final


def test_other_rules_in_the_rubric_are_a_new_inspection(tmp_path: Path) -> None:
    lab = read_build(support.build_folder())
    make_headers(lab)
    source, objects = tmp_path / SOFTMAX.file, tmp_path / "objects"
    source.write_text("arma::mat softmax_batch(const arma::mat& logits) { for (;;) return logits; }\n")
    objects.mkdir()
    rules = ("vectorised", "free", "vectorised")
    staged = [Staged(replace(SOFTMAX, rules=name), source) for name in rules]
    built = [build(file, lab, objects, shut_in=False) for file in staged]
    assert [bool(one.functions["softmax_batch"]["findings"]) for one in built] == [True, False, True]
