"""Where the speed comes from: python3 -m grader.experiments.ablation --build DIR. `make ablation` calls it.

Times one epoch in many ways, each a change of one factor, on this machine; prints a table and draws it beside the
roofline. It grades nothing and needs no file of a submission."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from grader.common.build_facts import Build, read_build
from grader.common.language import _
from grader.common.progress import Progress
from grader.common.tool import run_tool
from grader.experiments.ablation import plot, table
from grader.experiments.ablation.measure import measure, variants
from grader.machine.blas import choose, processor

ROUNDS, SECONDS = 15, 60.0


def machine(lab: Build) -> list[str]:
    """What the figures hold for."""
    version = subprocess.run([lab.compiler, "--version"], capture_output=True, text=True).stdout.splitlines()
    return [processor()[0], *version[:1], choose(lab).describe()]


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make ablation", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--images", type=int, default=6000, help="of the sample")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser


def main(arguments: argparse.Namespace) -> None:
    lab = read_build(arguments.build.resolve())
    environment = {**os.environ, **choose(lab).environment()}
    with Progress((arguments.rounds + 1) * len(variants())) as progress:
        result = measure(lab.folder, arguments.images, arguments.rounds, SECONDS, environment, progress.step)
    lines = machine(lab)
    png, svg = plot.draw(result, lines, arguments.build / "ablation")
    table.show(result, lines)
    print("\n" + _("The picture is in\n{png} and\n{svg}").format(png=png, svg=svg))


if __name__ == "__main__":
    sys.exit(run_tool("ablation", parser(), main))
