"""Grades one submission: python3 -m grader.grade SUBMISSION --build DIR --out DIR. `make grade` calls it.

Takes the files in, compiles and inspects them, has the judge check and time them, and writes OUT/report.json and the
page made from it, OUT/report.html.
It decides what an item earns; what is right or fast is decided by the judge (a program of its own)."""

from __future__ import annotations

import argparse
import os
import secrets
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from grader.common import language
from grader.common.build_facts import Build, read_build
from grader.common.language import _
from grader.common.progress import Progress
from grader.common.rubric import rubric
from grader.common.tool import UserError, complain
from grader.grade import answers_toml, loop_ratio, stages
from grader.grade.compiling import Built, build, make_headers
from grader.grade.judging import Judge
from grader.grade.staging import Staged, stage
from grader.machine import limited_run, sandbox
from grader.machine.blas import choose
from grader.report import page, report_json, terminal
from grader.report.tasks import named


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make grade", description=__doc__.splitlines()[0])
    parser.add_argument("submission", type=Path, help="the folder that holds the files of exercises/")
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="gets report.json and report.html")
    parser.add_argument("--only", default="", help="exercises to grade, separated by commas")
    parser.add_argument("--seed", default="", help="of the inputs that are drawn; a fresh one when empty")
    parser.add_argument("--sandbox", action="store_true", help="shut the compiler and the workers in (bubblewrap)")
    parser.add_argument("--strict", action="store_true", help="exit 1 below full marks")
    return parser.parse_args()


def seed_of(text: str) -> int:
    if not text:
        return secrets.randbits(32)
    if not text.isdecimal() or int(text) >= 2**64:
        raise UserError(_("SEED={seed}: a whole number from 0 is needed, such as SEED=7").format(seed=text))
    return int(text)


def result_of(job: Future[Built]) -> Built:
    """What `job` makes. Waits in short pieces, for a signal that comes just before one is seen when that ends."""
    while not wait([job], timeout=0.2).done:
        pass
    return job.result()


def build_all(staged: list[Staged], lab: Build, objects: Path, shut_in: bool, progress: Progress) -> dict[str, Built]:
    files = [file for file in staged if not file.problem and file.exercise.functions]
    make_headers(lab)
    built: dict[str, Built] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            jobs = {file.exercise.name: pool.submit(build, file, lab, objects, shut_in) for file in files}
            for name, job in jobs.items():
                progress.step(_("compiling and reading {name}").format(name=name))
                built[name] = result_of(job)
        except BaseException:
            limited_run.end_all()  # Ctrl-C is not to wait for a compiler
            raise
    return built


def grade(arguments: argparse.Namespace, measure_speed: bool = True) -> dict:
    table = rubric()
    lab = read_build(arguments.build.resolve())
    wanted = named(arguments.only, table).values()
    exercises = [exercise for exercise in table.exercises.values() if exercise in wanted]
    seed = seed_of(arguments.seed)
    if arguments.sandbox:
        sandbox.require(lab.seccomp)
    out = arguments.out.resolve()
    (out / "objects").mkdir(parents=True, exist_ok=True)
    with Progress(len(exercises) + 3) as progress:
        staged = stage(arguments.submission, exercises, out / "submission")
        built = build_all(staged, lab, out / "objects", arguments.sandbox, progress)
        items = stages.before_judging(staged, built)
        if any(exercise.name == "answers" for exercise in exercises):
            file = next(file for file in staged if file.exercise.name == "answers")
            items += stages.answer_items(file, answers_toml.judge, Path(lab.profile))
        launcher = sandbox.worker_launcher(lab, out / "objects") if arguments.sandbox else []
        judge = Judge(lab, out, seed, choose(lab), launcher)
        progress.step(_("checking the values"))
        found = judge.run(stages.ready_for_parity(exercises, built, out / "objects"), "parity")
        items += stages.parity_items(exercises, staged, built, found)
        racing = stages.ready_for_speed(exercises, items) if measure_speed else []
        if racing:
            progress.step(_("measuring the loop version, once for this machine"))
            loop_ratio.ratios(judge)  # race would do it, too, under the name of the next step
        progress.step(_("measuring the speed"))
        found = loop_ratio.race(judge, racing) if racing else []
        items += stages.speed_items(exercises, items, racing, found)
    shut_in = "seccomp" if lab.seccomp else ""
    protections = ["process", "limits", *filter(None, [shut_in, "bubblewrap" if arguments.sandbox else ""])]
    return report_json.make(arguments.submission, items, exercises, table, seed, judge.blas, protections)


def make_page(result: dict, out: Path) -> str:
    """Writes the page; returns what to tell the user when it cannot be made, for that must not cost the report."""
    try:
        page.write(result, out)
    except Exception as error:
        (out / "report.html").unlink(missing_ok=True)  # that of another grade would mislead
        says = _(
            "{out}/report.html could not be made ({error}). That is the grader's fault, and {out}/report.json is "
            "whole; `python3 -m grader.report.page {out}/report.json` shows where it fails"
        )
        return says.format(out=out, error=f"{type(error).__name__}: {error}")
    return ""


def main() -> int:
    arguments = parse_arguments()
    language.start(arguments.build)
    try:
        with report_json.alone_in(arguments.out):
            result = grade(arguments)
            report_json.save(result, arguments.out)
            fault = make_page(result, arguments.out)
    except UserError as error:
        return complain("grade", error)
    except KeyboardInterrupt:
        return 130
    terminal.show(result, arguments.out)
    if fault:
        complain("grade", fault)
    full = result["score"] == result["max_score"] and not report_json.open_points(result["items"])
    return 1 if arguments.strict and (fault or not full) else 0
