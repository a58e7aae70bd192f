"""Grades one submission: python3 -m grader.grade SUBMISSION --build DIR --out DIR. `make grade` calls it.

Takes the files in, compiles and inspects them, has the judge check and time them, and writes OUT/report.json and the
page made from it, OUT/report.html.
It decides what an item earns; what is right or fast is decided by the judge (a program of its own)."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from grader import answers, language, page, report, sandbox, stages, terminal
from grader.blas import Blas, choose
from grader.build import Built, build, make_headers
from grader.lab import Build, UserError, complain, read_build, rubric
from grader.language import _, marked, tr, unpack
from grader.progress import Progress
from grader.submission import Staged, stage
from grader.tasks import named

JUDGE_SECONDS = 200  # for one stage of one exercise
TOO_SLOW = marked("its calls took more than {most} s in all: is it waiting for something?")


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


def build_all(staged: list[Staged], lab: Build, objects: Path, shut_in: bool, progress: Progress) -> dict[str, Built]:
    files = [file for file in staged if not file.problem and file.exercise.functions]
    make_headers(lab)
    built: dict[str, Built] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {file.exercise.name: pool.submit(build, file, lab, objects, shut_in) for file in files}
        for name, job in jobs.items():
            progress.step(_("compiling and reading {name}").format(name=name))
            built[name] = job.result()
    return built


@dataclass(frozen=True)
class Judge:
    """How to run the judge's program for this grade."""

    lab: Build
    out: Path
    seed: int
    blas: Blas
    launcher: list[str]  # goes before each worker
    gates: dict[str, dict[str, float]] = field(default_factory=lambda: rubric().gates)
    least_seconds: float = field(default_factory=lambda: rubric().least_seconds)
    objects: Path | None = None  # the submission's, when they are not in out/objects

    def run(self, exercises: list[str], stage: str) -> list[dict]:
        """The items that the judge reports for this stage; an exercise that uses up its time costs no other."""
        # Values are checked side by side; nothing may run beside a measurement.
        with ThreadPoolExecutor(os.cpu_count() if stage == "parity" else 1) as pool:
            return [item for items in pool.map(lambda name: self._run_fairly(name, stage), exercises) for item in items]

    def _run_fairly(self, exercise: str, stage: str) -> list[dict]:
        """The items of one exercise; judged once more when something failed that is the grader's own."""
        items = self._run_one(exercise, stage)
        return self._run_one(exercise, stage) if any(item["status"] == "error" for item in items) else items

    def _run_one(self, exercise: str, stage: str) -> list[dict]:
        folder = self.out / "judge"
        folder.mkdir(exist_ok=True)
        (self.out / "output").mkdir(exist_ok=True)
        results, settings = folder / f"{exercise}-{stage}.jsonl", folder / f"{exercise}-{stage}.json"
        results.unlink(missing_ok=True)
        settings.write_text(json.dumps(self._settings(results)))
        command = [self.lab.judge, f"[{exercise}][{stage}]", "--order", "decl", "--settings", str(settings)]
        environment = {**os.environ, **self.blas.environment()}
        with (folder / f"{exercise}-{stage}.txt").open("wb") as log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            try:
                subprocess.run(command, env=environment, timeout=JUDGE_SECONDS, **streams)
                unfinished = []
            except subprocess.TimeoutExpired:
                message = tr(TOO_SLOW, most=JUDGE_SECONDS)
                unfinished = [{"exercise": exercise, "name": stages.UNFINISHED, "status": "fail", "message": message}]
        lines = results.read_text().splitlines() if results.exists() else []
        return [unpack(json.loads(line)) for line in lines] + unfinished

    def _settings(self, results: Path) -> dict:
        return {
            "objects": str(self.objects or self.out / "objects"),
            "output": str(self.out / "output"),
            "results": str(results),
            "launcher": self.launcher,
            "seed": self.seed,
            "gates": self.gates,
            "budget_seconds": rubric().budget_seconds,
            "least_seconds": self.least_seconds,
        }


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
    with Progress(len(exercises) + 2) as progress:
        staged = stage(arguments.submission, exercises, out / "submission")
        built = build_all(staged, lab, out / "objects", arguments.sandbox, progress)
        items = stages.before_judging(staged, built)
        if any(exercise.name == "answers" for exercise in exercises):
            file = next(file for file in staged if file.exercise.name == "answers")
            items += stages.answer_items(file, answers.judge, Path(lab.profile))
        launcher = sandbox.worker_launcher(lab, out / "objects") if arguments.sandbox else []
        judge = Judge(lab, out, seed, choose(lab), launcher)
        progress.step(_("checking the values"))
        found = judge.run(stages.ready_for_parity(exercises, built, out / "objects"), "parity")
        items += stages.parity_items(exercises, staged, built, found)
        progress.step(_("measuring the speed"))
        racing = stages.ready_for_speed(exercises, items) if measure_speed else []
        items += stages.speed_items(exercises, items, racing, judge.run(racing, "speed"))
    shut_in = "seccomp" if lab.seccomp else ""
    protections = ["process", "limits", *filter(None, [shut_in, "bubblewrap" if arguments.sandbox else ""])]
    return report.make(arguments.submission, items, exercises, table, seed, judge.blas, protections)


def make_page(result: dict, out: Path) -> str:
    """Writes the page; returns what to tell the user when it cannot be made, for that must not cost the report."""
    try:
        page.write(result, out)
    except Exception as error:
        (out / "report.html").unlink(missing_ok=True)  # that of another grade would mislead
        says = _(
            "{out}/report.html could not be made ({error}). That is the grader's fault, and {out}/report.json is "
            "whole; `python3 -m grader.page {out}/report.json` shows where it fails"
        )
        return says.format(out=out, error=f"{type(error).__name__}: {error}")
    return ""


def main() -> int:
    arguments = parse_arguments()
    language.start(arguments.build)
    try:
        with report.alone_in(arguments.out):
            result = grade(arguments)
            report.save(result, arguments.out)
            fault = make_page(result, arguments.out)
    except UserError as error:
        return complain("grade", error)
    terminal.show(result, arguments.out)
    if fault:
        complain("grade", fault)
    full = result["score"] == result["max_score"] and not report.open_points(result["items"])
    return 1 if arguments.strict and (fault or not full) else 0


if __name__ == "__main__":
    sys.exit(main())
