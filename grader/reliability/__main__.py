"""How far noise moves a speed verdict: make reliability [GRADES=200] prints the table of grader/TRUST.md.

Grades the speed of submissions whose right verdict is known, many times, on an idle machine and on busy ones. Their
objects are built once, by the grader's flags; only the judge's speed stage runs, as in a grade."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from grader.blas import choose
from grader.grade import Judge
from grader.lab import ROOT, Build, UserError, read_build, rubric
from grader.progress import Progress
from grader.reliability.hogs import CONDITIONS, hogs

SOURCES = ROOT / "grader" / "reliability"
FILES = ("softmax_batch", "cross_entropy_loss_batch", "grad_batch", "train_sgd_vec", "evaluate")
ITEMS = {"train_sgd_vec": "training epoch", "evaluate": "evaluation"}


@dataclass(frozen=True, eq=False)
class Contestant:
    """A submission with a known verdict for one item; `gates` replaces the rubric's, to look at one at a time."""

    name: str
    exercise: str
    should_pass: bool
    objects: Path
    gates: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Grade:
    status: str
    ratio: float
    seconds: float


def compile_object(lab: Build, source: Path, target: Path, *flags: str) -> None:
    command = [lab.compiler, *lab.flags, "-w", "-shared", *flags, "-I", str(ROOT), "-I", str(ROOT / "reference")]
    subprocess.run([*command, str(source), "-o", str(target)], check=True)


def solutions_folder(lab: Build, out: Path, name: str) -> Path:
    """A folder of objects: links to those of the solutions, to be replaced one by one."""
    answers = out / "solutions"
    if not answers.exists():
        answers.mkdir(parents=True)
        for file in FILES:
            compile_object(lab, ROOT / "solutions" / f"{file}.cpp", answers / f"{file}.so")
    folder = out / name.replace(" ", "-")
    folder.mkdir(exist_ok=True)
    for file in FILES:
        if not (folder / f"{file}.so").exists():
            (folder / f"{file}.so").symlink_to(answers / f"{file}.so")
    return folder


def grade(judge: Judge, contestant: Contestant) -> tuple[Grade, dict]:
    start = time.monotonic()
    found = replace(judge, objects=contestant.objects, gates=contestant.gates).run([contestant.exercise], "speed")
    item = found[0] if found else {"status": "error"}
    ratio = item.get("speed", {}).get("ratio", float("nan"))
    return Grade(item["status"], ratio, time.monotonic() - start), item


def diluted(lab: Build, out: Path, exercise: str, extra: int) -> Path:
    folder = solutions_folder(lab, out, f"{exercise}-{extra}")
    (folder / f"{exercise}.so").unlink()
    flags = [f"-DEXTRA={extra}", *(["-DDILUTE_TRAINING"] if exercise == "train_sgd_vec" else [])]
    compile_object(lab, SOURCES / "diluted.cpp", folder / f"{exercise}.so", *flags)
    return folder


def speeds(judge: Judge, exercise: str, objects: Path) -> tuple[float, float, float]:
    """Seconds of the loop version, the submission and the floor, with gates that anything passes."""
    gates = {ITEMS[exercise]: {"required_speedup": 0.0, "required_efficiency": 0.0}}
    rows = [grade(judge, Contestant("", exercise, True, objects, gates))[1]["speed"] for _ in range(5)]
    return tuple(statistics.median(row[f"{who}_seconds"] for row in rows) for who in ("loop", "submission", "floor"))


def near_the_gates(judge: Judge, lab: Build, out: Path, exercise: str) -> list[Contestant]:
    """Submissions at 0.8 and 1.25 times each gate of the exercise, calibrated on this machine while it is idle."""
    item = ITEMS[exercise]
    loop, answer, floor = speeds(judge, exercise, solutions_folder(lab, out, "solutions-only"))
    steps = 4_000_000
    step = (speeds(judge, exercise, diluted(lab, out, exercise, steps))[1] - answer) / steps
    result = []
    for gate, time_at_gate in (("required_speedup", loop), ("required_efficiency", floor)):
        required = rubric().gates[item][gate]
        for factor in (0.8, 1.25):
            seconds = time_at_gate / (required * factor)
            if seconds < answer:
                print(f"{exercise}: the answers themselves do not reach {factor} x {gate} here; left out")
                continue
            objects = diluted(lab, out, exercise, round((seconds - answer) / step))
            gates = {item: {"required_speedup": 0.0, "required_efficiency": 0.0, gate: required}}
            name = f"{item} at {factor}x {gate.removeprefix('required_')}"
            result.append(Contestant(name, exercise, factor > 1, objects, gates))
    return result


def contestants(judge: Judge, lab: Build, out: Path) -> list[Contestant]:
    answers = solutions_folder(lab, out, "solutions-only")
    per_image = solutions_folder(lab, out, "per image")
    (per_image / "train_sgd_vec.so").unlink()
    compile_object(lab, SOURCES / "per_image.cpp", per_image / "train_sgd_vec.so")
    gates = rubric().gates
    result = [Contestant(f"solutions, {ITEMS[e]}", e, True, answers, gates) for e in ITEMS]
    result.append(Contestant("image by image, training epoch", "train_sgd_vec", False, per_image, gates))
    return result + [c for exercise in ITEMS for c in near_the_gates(judge, lab, out, exercise)]


def row(condition: str, contestant: Contestant, grades: list[Grade]) -> str:
    counts = {status: sum(g.status == status for g in grades) for status in ("pass", "fail", "inconclusive", "error")}
    wrong = counts["fail" if contestant.should_pass else "pass"]
    ratios = [g.ratio for g in grades if g.ratio == g.ratio]
    spread = max(ratios) / min(ratios) if ratios else float("nan")
    middle = statistics.median(ratios) if ratios else float("nan")
    cells = [condition, contestant.name, len(grades), wrong, counts["inconclusive"], counts["error"], f"{middle:.2f}"]
    cells += [f"{spread:.2f}", f"{statistics.median(g.seconds for g in grades):.1f}"]
    return "| " + " | ".join(map(str, cells)) + " |"


HEAD = "| condition | submission | grades | wrong | inconclusive | error | speedup | max/min | seconds |\n" + "|---" * 9 + "|"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make reliability", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--grades", type=int, default=200, help="of each submission under each condition")
    parser.add_argument("--conditions", default=",".join(CONDITIONS), help="some of them, separated by commas")
    arguments = parser.parse_args()
    lab = read_build(arguments.build.resolve())
    out = lab.folder / "reliability"
    out.mkdir(exist_ok=True)
    judge = Judge(lab, out, seed=0, blas=choose(lab), launcher=[])
    try:
        known = contestants(judge, lab, out)
        print(f"{judge.blas.describe()}; {arguments.grades} grades each\n\n{HEAD}", flush=True)
        for condition in arguments.conditions.split(","):
            with hogs(condition), Progress(len(known) * arguments.grades) as progress:
                grades: dict[Contestant, list[Grade]] = {contestant: [] for contestant in known}
                for number in range(arguments.grades):
                    for contestant in known:
                        progress.step(f"{condition}: {contestant.name}")
                        grades[contestant].append(grade(replace(judge, seed=number), contestant)[0])
            for contestant in known:
                print(row(condition, contestant, grades[contestant]), flush=True)
                results = [vars(g) for g in grades[contestant]]
                name = f"{condition}-{contestant.name}".replace(" ", "-")
                (out / f"{name}.json").write_text(json.dumps(results))
    except UserError as error:
        print(f"reliability: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
