"""Whether the gates fit this machine: python3 -m grader.maintenance.calibrate --build DIR. `make calibrate` calls it.

Times loop version, answers and BLAS floor, as a grade does. The words go to stderr, this machine's row for
grader/report/machines.csv as the last of them; a diff of grader/rubric.toml goes to stdout where a gate does not fit.
Changes nothing: `make calibrate | git apply` does."""

from __future__ import annotations

import argparse
import difflib
import math
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.common import rubric_check
from grader.common.build_facts import ROOT, Build, read_build
from grader.common.files import alone_in
from grader.common.language import _
from grader.common.progress import Progress
from grader.common.rubric import Gate, rubric
from grader.common.toml_lines import line_of
from grader.common.tool import UserError, run_tool
from grader.common.wrap import fill
from grader.grade import loop_ratio
from grader.grade.judging import Judge
from grader.machine.blas import Blas, choose, processor
from grader.maintenance.reliability.contestants import NO_GATE, Contestant, measured_item, solutions_folder, timed
from grader.report import arithmetic, machines
from grader.report.arithmetic import Arithmetic
from grader.report.needed import needed_words

# What is so many times as fast as a gate passes, and what is so many times as slow fails, whatever else the machine
# does: in grader/maintenance/reliability/RECORD.md no verdict of these was wrong.
MARGIN = 1.25


@dataclass
class Speeds:
    """Of one item of speed, a figure for each round."""

    loops: list[float] = field(default_factory=list)  # the time of the loop version, in BLAS floors
    answers: list[float] = field(default_factory=list)  # their share of the BLAS floor's speed
    rates: list[Arithmetic] = field(default_factory=list)  # of the answers, where the machine's peak is known

    @property
    def loop(self) -> float:
        return statistics.median(self.loops)

    @property
    def answer(self) -> float:
        return statistics.median(self.answers)


def _objects(lab: Build, out: Path) -> Path:
    shutil.rmtree(out / "objects", ignore_errors=True)  # the answers may be others now
    try:
        return solutions_folder(lab, out / "objects", "answers")
    except subprocess.CalledProcessError:
        raise UserError(_("the answers do not compile; this says why: make solutions")) from None


def _answer(judge: Judge, exercise: str, item: str, objects: Path) -> dict:
    found = measured_item(judge, Contestant("", exercise, True, objects, {item: NO_GATE}))
    if "speed" not in found:
        says = _("the answers could not be timed: {item}: {why}")
        raise UserError(says.format(item=item, why=found.get("message", found["status"])))
    return found["speed"]


def measure(judge: Judge, objects: Path, rounds: int) -> dict[str, Speeds]:
    """Of each item of speed; nothing else should be at work on the machine."""
    found = {item: Speeds() for item in timed().values()}
    with Progress(rounds * (1 + len(found))) as progress:
        for seed in range(rounds):
            progress.step(_("loop version and BLAS floor"))
            judge = replace(judge, seed=seed)
            for item, ratios in loop_ratio.measure(judge).items():
                found[item].loops.append(statistics.median(ratios))
            for exercise, item in timed().items():
                progress.step(_("answers: {item}").format(item=item))
                speed = _answer(judge, exercise, item, objects)
                found[item].answers.append(speed["efficiency"])
                found[item].rates += [rate] if (rate := arithmetic.of(speed)) else []
    return found


def proposal(gate: Gate, speeds: Speeds) -> Gate | None:
    """The gate itself where it fits, or the nearest that does; None where nothing tells the answers from the loops."""
    most, least = round(speeds.answer / MARGIN, 6), round(MARGIN / speeds.loop, 6)
    needed = gate.needed(speeds.loop)
    if least <= needed <= most:
        return gate
    share = math.floor(round(100 * most, 6)) / 100 if needed > most else math.ceil(round(100 * least, 6)) / 100
    if not least <= share <= most:
        return None
    if needed > most:
        return replace(gate, sufficient_efficiency=share, required_efficiency=min(gate.required_efficiency, share))
    return replace(gate, required_efficiency=share, sufficient_efficiency=max(gate.sufficient_efficiency, share))


def changed(text: str, gates: Mapping[str, Gate]) -> str:
    """The rubric with these gates in place of its own."""
    lines = text.split("\n")
    for item, gate in gates.items():
        for key, value in vars(gate).items():
            if value != getattr(rubric().gates[item], key):
                number = line_of(text, ("speed", "gates", item, key)) - 1
                lines[number] = re.sub(rf'(\b{key}"?\s*=\s*)[^\s,}}#]+', rf"\g<1>{value:g}", lines[number], count=1)
    return "\n".join(lines)


def diff(old: str, new: str) -> str:
    name = rubric_check.FILE.relative_to(ROOT)
    lines = difflib.unified_diff(old.splitlines(True), new.splitlines(True), f"a/{name}", f"b/{name}")
    return "".join(lines)


def _range(figures: list[float], form: str) -> str:
    says = _("{least} to {most} in {rounds} rounds")
    return says.format(least=format(min(figures), form), most=format(max(figures), form), rounds=len(figures))


def _needed(gate: Gate, speeds: Speeds) -> str:
    most = {"ratio": speeds.loop, "efficiency": 1.0, "needed": gate.needed(speeds.loop)}
    return needed_words({**vars(gate), **most})


def words(item: str, gate: Gate, speeds: Speeds, better: Gate | None) -> list[str]:
    """What was measured of an item, what its gate asks for, and whether that fits."""
    loops = _("{item}: the loop version takes {loop:.1f} times as long as the BLAS floor ({range}).")
    answers = _("The answers reach {answer:.2f} of the floor's speed ({range}), {times:.1f} times the loops.")
    lines = [
        loops.format(item=item, loop=speeds.loop, range=_range(speeds.loops, ".1f")),
        answers.format(answer=speeds.answer, range=_range(speeds.answers, ".2f"), times=speeds.loop * speeds.answer),
        _("required_speedup {speedup:g} is {share:.2f} of the floor here; {needed}.").format(
            speedup=gate.required_speedup, share=gate.required_speedup / speeds.loop, needed=_needed(gate, speeds)
        ),
    ]
    needed = gate.needed(speeds.loop)
    compared = {"answers": speeds.answer / needed, "loops": 1 / speeds.loop / needed, "margin": MARGIN}
    if better is None:
        says = _(
            "No gate fits: the loops themselves are too close to the answers. Another BLAS may be faster: make doctor"
        )
        return [*lines, says]
    says = _("The gate fits: the answers are {answers:.2f} times as fast as it asks, the loops {loops:.2f} times.")
    if better != gate:
        says = _(
            "The gate does not fit: the answers are {answers:.2f} times as fast as it asks, the loops {loops:.2f} "
            "times; {margin} and {below} would be sure."
        )
        lines = [*lines, says.format(**compared, below=1 / MARGIN)]
        return [*lines, _("With the gate of the diff: {needed}.").format(needed=_needed(better, speeds))]
    return [*lines, says.format(**compared)]


def propose(found: Mapping[str, Speeds]) -> str:
    """The diff, or nothing; says why on stderr."""
    gates = rubric().gates
    better = {item: proposal(gates[item], speeds) for item, speeds in found.items()}
    for item, speeds in found.items():
        print(fill(" ".join(words(item, gates[item], speeds, better[item]))), file=sys.stderr)
    text = rubric_check.FILE.read_bytes().decode("utf-8-sig")
    return diff(text, changed(text, {item: gate for item, gate in better.items() if gate}))


def row_of(found: Mapping[str, Speeds], blas: Blas) -> str:
    """This machine's, for machines.csv; empty where its peak is not known."""
    epoch = found[machines.ITEM]
    if not epoch.rates:
        return ""
    gflops, share = (statistics.median(getattr(rate, name) for rate in epoch.rates) for name in ("gflops", "share"))
    kernels = blas.core or blas.library
    return machines.row(machines.machine(processor()[0], kernels, epoch.loop, epoch.answer, gflops, share))


def main(arguments: argparse.Namespace) -> None:
    lab = read_build(arguments.build.resolve())
    out = lab.folder / "calibrate"
    with alone_in(out, "BUILD"):
        judge = Judge(lab, out, seed=0, blas=choose(lab), launcher=[])
        print(judge.blas.describe(), file=sys.stderr)
        found = measure(judge, _objects(lab, out), max(1, arguments.rounds))
        proposed = propose(found)
    print(proposed, end="")
    if proposed:
        says = _("To take this over: make calibrate | git apply; then say the same in the handouts' tables of gates")
        print(fill(says), file=sys.stderr)
    if row := row_of(found, judge.blas):
        print(_("The row of this machine for grader/report/machines.csv:") + "\n" + row, file=sys.stderr)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("calibrate", parser(), main))
