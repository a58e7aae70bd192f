"""One grade, from the folder of a submission to a report. `make grade` and the watcher call it.

Takes the files in, compiles and inspects them, and has the judge check and time them. What is right or fast is decided
by the judge, a program of its own; what an item earns, by stages.py."""

from __future__ import annotations

import secrets
import struct
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.common.build_facts import ROOT, Build, read_build
from grader.common.files import own_folder
from grader.common.language import _, tr
from grader.common.progress import Progress
from grader.common.rubric import Exercise, rubric
from grader.common.tool import UserError
from grader.explain import excerpt
from grader.grade import answers_toml, lines, loop_ratio, prediction, stages
from grader.grade.building import Built, build
from grader.grade.headers import make_headers
from grader.grade.judging import Findings, Judge
from grader.grade.staging import Staged, stage
from grader.machine import limited_run, processors, sandbox
from grader.machine.blas import choose, processor
from grader.report import report_json
from grader.report.item import Item
from grader.report.report_json import Report
from grader.report.tasks import named


# The share of the BLAS floor's speed below which code that is fast enough is looked at for what it does in vain. The
# slowest style of corpus/right, which copies each batch once, has 0.65; two copies have 0.60, twice the products 0.44.
ADVICE_BELOW = 0.6


@dataclass(frozen=True)
class Request:
    """What is to be graded, and how."""

    submission: Path  # the folder that holds the files of exercises/
    build: Path  # the build folder of CMake
    out: Path
    only: str = ""  # exercises or functions, separated by commas; empty: all
    seed: str = ""  # of the inputs; empty: a fresh one
    sandbox: bool = False  # shut the compiler and the workers in
    speed: bool = True

    def exercises(self) -> list[Exercise]:
        """What ONLY names; without it all, but for a bonus whose file is not there."""
        wanted = named(self.only, rubric()).values()
        return [
            exercise
            for exercise in rubric().exercises.values()
            if exercise in wanted and (self.only or not exercise.bonus or (self.submission / exercise.file).exists())
        ]

    def is_own_work(self) -> bool:
        """Whether it is the lab's own exercises/, in which a student works."""
        return self.submission.resolve() == ROOT / "exercises"


def seed_of(text: str) -> int:
    if not text:
        return secrets.randbits(64)
    if not text.isdecimal() or int(text) >= 2**64:
        raise UserError(_("SEED={seed}: a whole number from 0 is needed, such as SEED=7").format(seed=text))
    return int(text)


def result_of(job: Future[Built]) -> Built:
    """What `job` makes. Polls, so that Ctrl-C is handled within 0.2 s."""
    while not wait([job], timeout=0.2).done:
        pass
    return job.result()


def build_all(staged: list[Staged], lab: Build, objects: Path, shut_in: bool, progress: Progress) -> dict[str, Built]:
    files = [file for file in staged if not file.problem and file.exercise.functions]
    make_headers(lab)
    built: dict[str, Built] = {}
    with ThreadPoolExecutor(processors.usable()) as pool:
        try:
            jobs = {file.exercise.name: pool.submit(build, file, lab, objects, shut_in) for file in files}
            for name, job in jobs.items():
                progress.step(_("compiling and reading {name}").format(name=name))
                built[name] = result_of(job)
        except BaseException:
            limited_run.end_all()  # Ctrl-C must not wait for a compiler
            raise
    return built


def speed_items(judge: Judge, staged: list[Staged], items: list[Item], speed: bool, progress: Progress) -> list[Item]:
    exercises = [file.exercise for file in staged]
    ready = stages.ready_for_speed(exercises, items) if speed else []
    if ready:
        progress.step(_("measuring the loop version, once for this machine"))
        loop_ratio.ratios(judge)  # measure_speed would do it, too, under the name of the next step
    progress.step(_("measuring the speed"))
    found = loop_ratio.measure_speed(judge, ready) if ready else []
    return stages.speed_items(exercises, items, ready, found, judge.gates, causes_of(judge, found, staged))


def causes_of(judge: Judge, found: list[dict], staged: list[Staged]) -> dict[str, dict]:
    """What the judge counts in the exercises that are too slow, or fast enough and yet far from the floor, by their
    names; of the latter only what is done in vain. With the lines that do it, where they are known."""
    timed = [one for one in found if one.get("speed")]
    slow = {one["exercise"]: one["status"] == "fail" for one in timed
            if one["status"] == "fail" or one["speed"]["efficiency"] < ADVICE_BELOW}  # fmt: skip
    counted = judge.run(list(slow), "cause").items if slow else []
    said = [one for one in counted if one["status"] == "pass" and one["message"]]
    return {one["exercise"]: with_place(judge, one, staged) for one in said if one["wasteful"] or slow[one["exercise"]]}


def with_place(judge: Judge, cause: dict, staged: list[Staged]) -> dict:
    try:
        where = lines.places(cause.get("frames", []), staged, judge.lab, judge.out / "objects", bool(judge.launcher))
    except (OSError, ValueError, struct.error):  # a line less is no fault of anybody
        where = []
    if not where:
        return cause
    named = ", ".join(f"{file.copy.name}:{line}" for file, line in where)
    message = tr("{cause} ({places})", cause=cause["message"], places=named)
    return {**cause, "message": message, "excerpt": excerpt.for_message(where[0][0].copy, named)}


def counts_epoch(exercises: list[Exercise]) -> bool:
    """Whether a grade of these is about all that an epoch calls; of ONLY=answers it is not."""
    return set(rubric().exercises["train_sgd_vec"].needs) <= {exercise.name for exercise in exercises}


def epoch_of(judge: Judge, exercises: list[Exercise], items: list[Item]) -> Findings:
    """What answers.toml asks of the student's own epoch; nothing if this grade is not about both, or it is not right."""
    is_asked = any(not exercise.functions for exercise in exercises)
    is_there = "train_sgd_vec" in stages.ready_for_speed(exercises, items)
    return judge.run(["answers"], "epoch") if is_asked and is_there else Findings()


def speedup_in(items: list[Item]) -> float | None:
    """Of the training epoch, over the loop version."""
    return next((item.speed["ratio"] for item in items if item.speed and item.name == "training epoch"), None)


def grade(request: Request) -> Report:
    lab = read_build(request.build.resolve())
    exercises = request.exercises()
    seed = seed_of(request.seed)
    if request.sandbox:
        sandbox.require(lab)
    out = request.out.resolve()
    objects = own_folder(out / "objects")
    with Progress(len(exercises) + 3) as progress:
        staged = stage(request.submission, exercises, out)
        built = build_all(staged, lab, objects, request.sandbox, progress)
        if not request.only:
            staged = [file for file in staged if not stages.is_bonus_to_do(file, built.get(file.exercise.name))]
            exercises = [file.exercise for file in staged]
        items = stages.before_judging(staged, built)
        launcher = sandbox.worker_launcher(lab, objects) if request.sandbox else []
        judge = Judge(lab, out, seed, choose(lab), launcher)
        progress.step(_("checking the values"))
        found = judge.run(stages.ready_for_parity(exercises, built, objects), "parity")
        items += stages.parity_items(exercises, staged, built, found.items)
        memory = prediction.Memory(request.build / "prediction.json" if request.is_own_work() else None)
        if request.speed and "train_sgd_vec" in stages.ready_for_speed(exercises, items):
            memory.before_measuring(request.submission / "answers.toml")
        items += speed_items(judge, staged, items, request.speed, progress)
        epoch = epoch_of(judge, exercises, items)
        facts_of_epoch = counts_epoch(exercises), epoch.copies, epoch.batches
        measured = answers_toml.Measured(Path(lab.profile), memory, speedup_in(items), *facts_of_epoch)
        items += stages.answer_items(staged, partial(answers_toml.judge, measured))
    is_confined = sandbox.workers_are_confined(lab)
    guards = {"process": True, "limits": True, "seccomp": is_confined, "bubblewrap": request.sandbox}
    protections = [name for name, holds in guards.items() if holds]
    facts = seed, judge.blas, protections, processor()[0]
    return report_json.make(request.submission, items, exercises, rubric(), *facts)
