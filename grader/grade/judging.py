"""Runs the judge's program for one exercise after another, and reads what it found. Called by grade.py.

The judge checks and times; what an item earns is decided in stages.py."""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from grader.common.build_facts import Build
from grader.common.language import marked, tr, unpack
from grader.common.rubric import rubric
from grader.grade import stages
from grader.machine.blas import Blas

JUDGE_SECONDS = 200  # for one stage of one exercise
# The judge loads the sample each time, 60 MB: in large pages that takes half as long. The workers, which are timed, have
# an environment of their own (judge/worker_process.cpp).
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
CRASHED = marked("the judge crashed; see judge/ beside the report")
TOO_SLOW = marked("its calls took more than {most} s in all: is it waiting for something?")


@dataclass(frozen=True)
class Judge:
    """How to run the judge's program for this grade."""

    lab: Build
    out: Path
    seed: int
    blas: Blas
    launcher: list[str]  # goes before each worker
    loop_ratios: dict[str, list[float]] = field(default_factory=dict)  # of loop_ratio.py; speed needs them
    gates: dict[str, dict[str, float]] = field(default_factory=lambda: rubric().gates)
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
        environment = {**os.environ, **self.blas.environment(), **LARGE_PAGES}
        with (folder / f"{exercise}-{stage}.txt").open("wb") as log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            try:
                code = subprocess.run(command, env=environment, timeout=JUDGE_SECONDS, **streams).returncode
                crashed = {"exercise": exercise, "name": stages.UNFINISHED, "status": "error", "message": tr(CRASHED)}
                unfinished = [crashed] if code < 0 else []
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
            "precision": rubric().precision,
            "seconds_per_batch": self.blas.seconds_per_batch,
            "loop_ratios": self.loop_ratios,
        }
