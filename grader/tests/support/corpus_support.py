"""Shared by the tests that grade small submissions: reads the cases of corpus/, makes submissions of them, grades them.

A case is one file of a submission, or a few functions of vec_exos.cpp; the rest are the solutions. Holds no test."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.common.rubric import Exercise, rubric
from grader.grade import grade as grading
from grader.grade.__main__ import make_page
from grader.grade.grade import Request

CORPUS = Path(__file__).parents[1] / "corpus"
SOLUTIONS = ROOT / "solutions"
KINDS = ("right", "wrong", "illegal", "broken")
KEYS = ("case", "fails", "says", "hints", "rules", "encoded", "replaces")
SEED = 20
FAST = "fast enough"  # of an item of speed: passes, or the machine is too noisy to tell
# Not more at once than the cores of a small machine; shared by all tests, so that they do not add up.
POOL = ThreadPoolExecutor(2)


@dataclass(frozen=True)
class Case:
    """A file of corpus/ and what its header says must come of it."""

    kind: str
    exercise: Exercise
    name: str
    text: str  # without the header
    header: dict[str, str]

    def listed(self, key: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.header.get(key, "").split(",") if part.strip())

    @property
    def fails(self) -> tuple[str, ...]:
        """The items that must fail, those of the legality apart; `all` stands for all that are checked by value."""
        return tuple(self.exercise.points) if self.header.get("fails") == "all" else self.listed("fails")

    @property
    def replaced(self) -> tuple[str, ...]:
        """The functions of the exercise that are not the solutions'."""
        functions = self.exercise.functions
        if len(functions) == 1:
            return functions
        return self.listed("replaces") or tuple(name for name in functions if definition(self.text, name))


def definition(text: str, function: str) -> re.Match[str] | None:
    """Where a file defines a function: from its return type in the first column to the brace that closes it."""
    return re.search(rf"^\w[^\n;(]*\b{function}\([^;{{]*{{(?:.*?^}}|[^\n]*}})\n", text, re.MULTILINE | re.DOTALL)


def read_case(path: Path) -> Case:
    exercise = rubric().exercises[path.stem.split("--")[0]]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    header: dict[str, str] = {}
    for line in lines:
        match = re.fullmatch(r"(?://|#) ([a-z ]+): (.+)\n", line)
        if not match:
            break
        assert match[1] in KEYS, f"{path.name}: there is no key {match[1]!r}"
        header[match[1]] = match[2].strip()
    return Case(path.parent.name, exercise, path.stem, "".join(lines[len(header) :]), header)


@cache
def cases() -> tuple[Case, ...]:
    return tuple(read_case(path) for path in sorted(path for kind in KINDS for path in (CORPUS / kind).glob("*--*.*")))


def packs(wanted: Iterable[Case]) -> list[tuple[Case, ...]]:
    """The cases by the files that are graded. The small exercises are ten functions in one file, which takes long to
    compile: cases that replace different functions share one."""
    result: list[list[Case]] = []
    for case in wanted:
        small = len(case.exercise.functions) > 1 and "compiles" not in case.fails and not case.listed("encoded")
        room = [pack for pack in result if small and fits(case, pack)]
        if room:
            room[0].append(case)
        else:
            result.append([case])
    return [tuple(pack) for pack in result]


def fits(case: Case, pack: list[Case]) -> bool:
    first = pack[0]
    alone = "compiles" in first.fails or first.listed("encoded")
    taken = {function for other in pack for function in other.replaced}
    return first.exercise == case.exercise and not alone and not taken & set(case.replaced)


def source(pack: Iterable[Case]) -> bytes:
    """The file of the submission. A case of many functions or answers holds only some; the solutions give the others."""
    cases = list(pack)
    text = "".join(case.text for case in cases)
    exercise = cases[0].exercise
    if not exercise.functions:
        sections = re.split(r"^(?=\[)", (SOLUTIONS / exercise.file).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        text += "".join(section for section in sections if section.split("\n")[0] not in text)
    if len(exercise.functions) > 1:
        others = (SOLUTIONS / exercise.file).read_text(encoding="utf-8")
        for function in (function for case in cases for function in case.replaced):
            found = definition(others, function)
            assert found, f"{exercise.file} does not define {function}"
            others = others.replace(found[0], "")
        text = others + text
    encodings = cases[0].listed("encoded")
    if "crlf" in encodings:
        text = text.replace("\n", "\r\n")
    if "bom" in encodings:
        text = "\ufeff" + text
    return text.encode("latin-1" if "latin-1" in encodings else "utf-8")


def submission(folder: Path, files: dict[str, bytes]) -> Path:
    """A submission made of the solutions and, in their place, of some files of its own."""
    shutil.copytree(SOLUTIONS, folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def build_folder() -> Path:
    return (ROOT / os.environ.get("LAB_BUILD", "build")).resolve()


@dataclass(frozen=True)
class Grade:
    """What one run of the grader left behind."""

    code: int
    output: str
    report: dict

    def items(self, exercise: str) -> dict[str, dict]:
        return {item["name"]: item for item in self.report["items"] if item["exercise"] == exercise}


def grade(folder: Path, out: Path, *more: str, seed: int = SEED) -> Grade:
    command = [sys.executable, "-m", "grader.grade", str(folder), "--build", str(build_folder()), "--out", str(out)]
    environment = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(
        [*command, "--seed", str(seed), *more], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900
    )
    file = out / "report.json"
    return Grade(done.returncode, done.stdout + done.stderr, json.loads(file.read_text()) if file.is_file() else {})


def grade_file(exercise: Exercise, content: bytes, folder: Path) -> Grade:
    """Grades one exercise of the solutions with another file in its place; in this process, which saves a fifth of
    the time of some three hundred grades."""
    submitted = submission(folder / "submission", {exercise.file: content})
    report = grading.grade(Request(submitted, build_folder(), folder / "out", exercise.name, seed=str(SEED)))
    result = Grade(0, make_page(report, folder / "out"), json.loads(json.dumps(report.to_json())))
    for part in ("out/objects", "out/submission", "submission"):  # some megabytes a case
        shutil.rmtree(folder / part, ignore_errors=True)
    return result


def grade_in_turn(wanted: dict[str, tuple[Exercise, bytes]], folder: Path) -> dict[str, Future[Grade]]:
    """Starts to grade all of them, two at a time. The first grade alone brings the grader's caches up to date."""
    grade(SOLUTIONS, folder / "caches", "--only", "answers,softmax_batch")
    return {key: POOL.submit(grade_file, *file, folder / key) for key, file in wanted.items()}


def expected(pack: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Each item of the exercise with the status that the cases of a file ask for."""
    cases = list(pack)
    exercise = cases[0].exercise
    fails = {name for case in cases for name in case.fails}
    illegal = {function for case in cases if case.listed("rules") for function in case.replaced}
    built = "compiles" not in fails
    if exercise.functions:
        yield "compiles", "pass" if built else "fail"
    for function in exercise.functions:
        yield legality_item(exercise, function), "skip" if not built else "fail" if function in illegal else "pass"
    for name in exercise.points:
        function = name if name in exercise.functions else exercise.functions[0] if exercise.functions else ""
        unreadable = not function and cases[0].kind == "broken"
        waits = name == "explain"  # whose copies are counted in a grade of the epoch only
        earns_nothing = not built or function in illegal or unreadable or waits
        yield name, "fail" if name in fails else "skip" if earns_nothing else "pass"
    for name in exercise.speed:
        alone = exercise.name == "evaluate" or exercise.bonus  # its speed takes no other exercise
        yield name, FAST if alone and cases[0].kind == "right" else "skip"


def legality_item(exercise: Exercise, function: str) -> str:
    return f"{function} is allowed" if len(exercise.functions) > 1 else "allowed"


def commands_of(folder: Path) -> dict[int, str]:
    """The processes whose command line names this folder, and those that run in it: a fork has no line of its own."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            place = ""
            with suppress(OSError):  # it is another user's
                place = os.readlink(entry / "cwd")
            if str(folder) in command or Path(place).is_relative_to(folder):
                found[int(entry.name)] = command
    return found


def left_of(folder: Path, most: int = 0) -> dict[int, str]:
    """The same, once those that were ended are gone: more than `most` have five seconds for that."""
    end = time.monotonic() + 5
    while len(found := commands_of(folder)) > most and time.monotonic() < end:
        time.sleep(0.1)
    return found
