"""Makes an object of a submission's file and has its legality inspected; both are kept until the file changes.

Called by grade.py, for several files at once. It tells whose fault a failure is: the file's, or the machine's."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from grader.common.build_facts import Build
from grader.common.files import replace_whole, text_of
from grader.common.language import Text, pack, tr, unpack
from grader.common.rubric import may_be_a_stub, rubric
from grader.common.tool import fault_of_machine
from grader.explain import compiler
from grader.grade import trial
from grader.grade.compiling import Job, compile_source, inspect_source, preprocess
from grader.grade.headers import fingerprint
from grader.grade.staging import Staged
from grader.legality import CLANG_IS_BROKEN, READY
from grader.machine.limited_run import Result


@dataclass
class Built:
    """What the build and the legality stage say of one file."""

    error: str = ""  # why there is no object: the first error of the compiler
    hint: str = ""  # what to do about it
    before: str | None = None  # what the compiler has read in the line before its place, without spaces
    warnings: dict[str, str] = field(default_factory=dict)  # mistakes that compile, by function
    functions: dict[str, dict] = field(default_factory=dict)  # grader.legality's report, by function
    unreadable: str = ""  # what clang cannot parse; nothing of such a file is known to be allowed
    legality_error: str = ""  # the inspection itself failed: the grader's own fault
    fault: str | None = None  # why the machine could not compile it
    final: bool = True  # False: a program was cut short, and may not be another time

    @property
    def is_untouched(self) -> bool:
        """Whether all of the file is the stub's; then it is not compiled."""
        return bool(self.functions) and all(report["untouched"] for report in self.functions.values())

    def is_whole(self, target: Path) -> bool:
        """Whether there is all that a grade needs of it: the object, or the reason why there is none."""
        return target.exists() or bool(self.error) or self.is_untouched


def _key(staged: Staged, build: Build, shut_in: bool) -> str:
    exercise = staged.exercise
    row = (exercise.name, exercise.rules, exercise.functions, rubric().also_allowed, shut_in)  # as they are now
    return hashlib.sha256(fingerprint(build) + repr(row).encode() + staged.copy.read_bytes()).hexdigest()


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fairly(job: Job, step: Callable[[Job], Result], is_clear: Callable[[Result], bool]) -> tuple[Result, Text | None]:
    """What a step says of the file, and what is wrong with the machine where no line of the file is to blame."""

    def run(file: Staged) -> Result:
        if file is job.staged:
            return step(job)
        other = job.of(file)
        result = preprocess(other)
        return step(other) if result.code == 0 and step is not preprocess else result

    return trial.fairly(job.staged, run, is_clear)


def _compiled(job: Job, step: Callable[[Job], Result]) -> tuple[Result, Text | None]:
    def is_clear(result: Result) -> bool:
        return result.code == 0 or trial.names_a_line(result.errors, job.staged.copy.name)

    return _fairly(job, step, is_clear)


def _is_at_the_file(result: Result) -> bool:
    """Whether the inspection came to the file: else a package is missing, say, or there is no process left."""
    return result.output.startswith(READY) and result.code != CLANG_IS_BROKEN


def _inspected(job: Job) -> Built:
    result, fault = _fairly(job, inspect_source, lambda result: result.code == 0 or not _is_at_the_file(result))
    if fault:
        return Built(legality_error=fault, final=False)
    if not _is_at_the_file(result):
        said = result.errors.strip().splitlines() or [f"exit code {result.code}"]
        is_whole = result.code == CLANG_IS_BROKEN
        return Built(legality_error=" ".join(said)[-400:] if is_whole else said[-1][-400:], final=False)
    if result.code != 0:
        # It ran out of its limits, or clang crashed: a file that nobody can inspect is not known to be allowed.
        words = tr("1: too deep or too long to inspect; write only what the exercise needs")
        return Built(unreadable=words, final=not result.cut_short)
    report = unpack(json.loads(result.output.removeprefix(READY)))
    unreadable = report["too_large"]
    if not unreadable and report["parse_errors"]:
        error = report["parse_errors"][0]
        unreadable = tr("{error}: g++ accepts this and clang does not; write standard C++", error=error)
    return Built(functions=report["functions"], unreadable=unreadable)


def _refused_include(built: Built) -> dict | None:
    findings = (finding for report in built.functions.values() for finding in report["findings"])
    return next((finding for finding in findings if finding["rule"] == "include"), None)


def _read_before(job: Job, error: compiler.Diagnosis) -> str | None:
    """Nobody knows where the preprocessor failed: then there is no text that the compiler could have read."""
    if not error.column or not job.source.exists():
        return None
    line = "".join(text_of(job.source).split("\n")[error.line - 1 : error.line])
    return "".join(line[: error.column - 1].split())  # g++ counts characters


def _note(built: Built, job: Job, result: Result, fault: Text | None) -> None:
    """Adds what the compiler said."""
    built.fault = fault
    built.final = built.final and not result.cut_short and not fault
    built.warnings = compiler.warnings(result.errors)
    if result.code == 0 or fault:
        return
    if include := _refused_include(built):  # what such a header breaks is no news to anybody
        place = {"file": job.staged.copy.name, "line": include["line"]}
        built.error = tr("{file}:{line}: {finding}", finding=include["message"], **place)
        return
    error = compiler.first_error(result.errors, job.staged.copy.name)
    built.error, built.hint, built.before = error.message, error.hint, _read_before(job, error)


def _built(job: Job) -> Built:
    read = _compiled(job, preprocess)
    if read[0].code != 0:
        built = Built()
        _note(built, job, *read)
        return built
    with ThreadPoolExecutor(1) as pool:
        inspection = pool.submit(_inspected, job)
        # Both at once, for who waits for this one file; a stub need not be compiled, and only the tree tells it.
        compiled = None if may_be_a_stub(job.staged.copy) else _compiled(job, compile_source)
        built = inspection.result()
    if not compiled and not built.is_untouched:
        compiled = _compiled(job, compile_source)
    if compiled:
        _note(built, job, *compiled)
    return built


def _kept(file: Path, key: str) -> Built | None:
    """What is known from the last time."""
    try:
        known = json.loads(file.read_text())
        return Built(**unpack(known["built"])) if known["key"] == key else None
    except (FileNotFoundError, ValueError, TypeError, KeyError):  # nothing, or nothing of the grader's
        return None


def _build(staged: Staged, lab: Build, target: Path, shut_in: bool) -> Built:
    kept = target.with_suffix(".json")
    key = _key(staged, lab, shut_in)
    if (known := _kept(kept, key)) and known.is_whole(target):
        return known
    kept.unlink(missing_ok=True)
    target.unlink(missing_ok=True)
    with new_folder(target.with_suffix(".new")) as folder:
        job = Job(staged, lab, folder, shut_in)
        built = _built(job)
        if job.made.is_file() and not job.made.is_symlink():
            job.made.replace(target)
    if built.final and built.is_whole(target):
        # In one step: a grade that is interrupted here must not leave half a file for the next one.
        replace_whole(kept, json.dumps({"key": key, "built": pack(vars(built))}))
    return built


def build(staged: Staged, lab: Build, objects: Path, shut_in: bool) -> Built:
    """The object of one file at objects/NAME.so, and the findings on it; from the last time if nothing changed."""
    target = objects / f"{staged.exercise.name}.so"
    try:
        return _build(staged, lab, target, shut_in)
    except (OSError, RuntimeError) as error:
        target.unlink(missing_ok=True)
        if fault := fault_of_machine(error, objects):
            return Built(fault=fault, final=False)
        raise
