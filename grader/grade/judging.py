"""Runs the judge's program for one exercise after another, and reads what it found. Called by grade.py.

The judge checks and times; what an item earns is decided in stages.py."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.common.build_facts import Build
from grader.common.files import not_a_link, own_folder
from grader.common.language import marked, tr, unpack
from grader.common.rubric import Gate, rubric
from grader.machine import processors
from grader.machine.blas import Blas

# The name under which is reported what the judge did not get to, because its time was used up.
UNFINISHED = "*"
JUDGE_SECONDS = 200  # for one stage of one exercise
# The judge loads the sample each time, 60 MB: in large pages that takes half as long. The workers, which are timed, have
# an environment of their own (judge/worker_process.cpp).
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
CRASHED = marked("the judge crashed; see judge/ beside the report")
TOO_SLOW = marked("its calls took more than {most} s in all: is it waiting for something?")


def _bytes(path: object) -> str:
    """A path as the judge reads it from its settings: a character for each byte, since a name need not be UTF-8."""
    return os.fsencode(str(path)).decode("latin-1")


def _unfinished(exercise: str, status: str, message: str) -> dict:
    return {"kind": "item", "exercise": exercise, "name": UNFINISHED, "status": status, "message": message}


def _whole_lines(results: Path) -> list[dict]:
    """What the judge has written; half a line, of a disk that was full, says nothing of its item."""
    lines = []
    for line in results.read_text(errors="replace").splitlines() if results.exists() else []:
        with suppress(ValueError):
            lines.append(unpack(json.loads(line)))
    return lines


@dataclass
class Findings:
    """What the judge reports of some exercises."""

    items: list[dict] = field(default_factory=list)
    loop_ratios: dict[str, list[float]] = field(default_factory=dict)  # measured just now, by the items of speed
    loop_is_faster_by: list[float] = field(default_factory=list)  # than it is known to be; see loop_ratio.py
    copies: float | None = None  # matrices as large as its images that an epoch makes for a batch
    batches: dict[int, float] = field(default_factory=dict)  # seconds an image in an epoch, by the size of a batch

    def add(self, line: dict) -> None:
        if line["kind"] == "loop ratios":
            self.loop_ratios[line["name"]] = line["ratios"]
        elif line["kind"] == "copies":
            self.copies = line["copies"]
        elif line["kind"] == "batches":
            self.batches = dict(zip(line["sizes"], line["seconds_per_image"], strict=True))
        elif line["kind"] == "loop version is faster":
            self.loop_is_faster_by.append(line["by"])
        else:
            self.items.append(line)


@dataclass(frozen=True)
class Judge:
    """How to run the judge's program for this grade."""

    lab: Build
    out: Path
    seed: int
    blas: Blas
    launcher: list[str]  # goes before each worker
    loop_ratios: dict[str, list[float]] = field(default_factory=dict)  # of loop_ratio.py; speed needs them
    gates: dict[str, Gate] = field(default_factory=lambda: rubric().gates)
    objects: Path | None = None  # the submission's, when they are not in out/objects

    def run(self, exercises: list[str], stage: str) -> Findings:
        """What the judge reports for this stage; an exercise that uses up its time costs no other."""
        findings = Findings()
        # Values are checked side by side; nothing may run beside a measurement.
        with ThreadPoolExecutor(processors.usable() if stage == "parity" else 1) as pool:
            for lines in pool.map(lambda name: self._run_fairly(name, stage), exercises):
                for line in lines:
                    findings.add(line)
        return findings

    def _run_fairly(self, exercise: str, stage: str) -> list[dict]:
        """The lines of one exercise; judged once more when something failed that is the grader's own."""
        lines = self._run_one(exercise, stage)
        return self._run_one(exercise, stage) if any(line.get("status") == "error" for line in lines) else lines

    def _run_one(self, exercise: str, stage: str) -> list[dict]:
        folder = own_folder(self.out / "judge")
        own_folder(self.out / "output")
        results, settings = folder / f"{exercise}-{stage}.jsonl", folder / f"{exercise}-{stage}.json"
        results.unlink(missing_ok=True)
        not_a_link(settings).write_text(json.dumps(self._settings(results)))
        command = [self.lab.judge, f"[{exercise}][{stage}]", "--order", "decl", "--settings", str(settings)]
        environment = {**os.environ, **self.blas.environment(), **LARGE_PAGES}
        with not_a_link(folder / f"{exercise}-{stage}.txt").open("wb") as log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            try:
                code = subprocess.run(command, env=environment, timeout=JUDGE_SECONDS, **streams).returncode
                unfinished = [_unfinished(exercise, "error", tr(CRASHED))] if code < 0 else []
            except subprocess.TimeoutExpired:
                unfinished = [_unfinished(exercise, "fail", tr(TOO_SLOW, most=JUDGE_SECONDS))]
        return _whole_lines(results) + unfinished

    def _needed(self) -> dict[str, float]:
        """Of the items whose loop version has been measured, the share of the BLAS floor's speed that passes."""
        known = {name: statistics.median(self.loop_ratios[name]) for name in self.gates if name in self.loop_ratios}
        return {name: self.gates[name].needed(loop_ratio) for name, loop_ratio in known.items()}

    def _settings(self, results: Path) -> dict:
        return {
            "objects": _bytes(self.objects or self.out / "objects"),
            "output": _bytes(self.out / "output"),
            "results": _bytes(results),
            "launcher": [_bytes(word) for word in self.launcher],
            "must_be_confined": bool(self.launcher),
            "seed": self.seed,
            "needed": self._needed(),
            "needs": {exercise.name: exercise.needs for exercise in rubric().exercises.values()},
            "budget_seconds": rubric().budget_seconds,
            "precision": rubric().precision,
            "seconds_per_batch": self.blas.seconds_per_batch,
            "loop_ratios": self.loop_ratios,
        }
