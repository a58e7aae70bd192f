"""Where the lab stands: python3 -m grader.experiments.bench --build DIR. `make bench` calls it.

One epoch of the full data by the lab's versions and by its peers, in double, batches of 64, one thread, as ratios to the
BLAS floor; then how time grows, and memory. It grades nothing; a peer that is not installed is named."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.common.build_facts import ROOT, read_build
from grader.common.language import Count, _, marked, shown
from grader.common.progress import Progress
from grader.common.tool import run_tool
from grader.common.wrap import fill
from grader.experiments.ablation.__main__ import machine
from grader.experiments.ablation.table import times
from grader.experiments.bench import plot
from grader.experiments.bench.measure import BATCH, CLASSES, FLOOR, FULL, PEERS, Result, growth, measure
from grader.machine.blas import choose

ROUNDS = 5
SHORT = {  # the headings of the columns
    "floor": marked("floor"),
    "answers": marked("answers"),
    "bonus": marked("bonus"),
    "numpy": "NumPy",
    "torch": "PyTorch",
}


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="bold")
    table.add_column(headings[0], no_wrap=True)
    for heading in headings[1:]:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def peers_table(result: Result) -> Table:
    table = _table(_("version"), _("seconds"), _("floor = 1"), _("rounds from, to"), _("memory"))
    floor = statistics.median(result.floor)
    table.add_row(shown(FLOOR.label), f"{floor:.4f}", "1", "", "")
    for peer in sorted(
        PEERS, key=lambda peer: result.series[peer.request].ratio if peer.request in result.series else 1e9
    ):
        if peer.request not in result.series:
            missing = _("missing: {package}").format(package=_(peer.package))
            table.add_row(shown(peer.label), missing)
            continue
        series = result.series[peer.request]
        spread = f"{times(min(series.ratios))} - {times(max(series.ratios))}"
        table.add_row(shown(peer.label), f"{series.second:.4f}", times(series.ratio), spread, f"{series.memory:.2f}")
    return table


def growth_table(result: Result) -> Table:
    names = [FLOOR, *(p for p in PEERS if any(p.request in row for row in result.growth.values()))]
    table = _table(_("images"), _("classes"), _("batch"), *(_(SHORT[peer.request]) for peer in names))
    for (images, classes, batch), row in result.growth.items():
        figures = [f"{1e6 * row[peer.request] / images:.2f}" for peer in names]
        table.add_row(f"{Count(images):,}", str(classes), f"{Count(batch):,}", *figures)
    return table


def show(result: Result, lines: list[str], data: str) -> None:
    console = Console(width=min(80, Console().width), highlight=False)
    told = _("One epoch of {images:,} images ({data}), {classes} classes, batches of {batch}, double, one thread")
    for line in (*lines, told.format(images=Count(result.images), data=data, classes=CLASSES, batch=BATCH), ""):
        console.print(line, markup=False)
    console.print(peers_table(result))
    note = _(
        "Medians of CPU time; each round is floor, version, version, floor. Memory: the peak of a process of its own, in "
        "times the images. scikit-learn updates after each image, and fits a classifier for each class."
    )
    console.print()
    console.print(fill(note), markup=False)
    console.print("\n" + _("How time grows: microseconds an image"), style="bold")
    console.print(growth_table(result))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--images", type=int, default=FULL)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser


def data_name() -> str:
    sys.path.insert(0, str(ROOT / "reference"))
    import load_fmnist

    folder = load_fmnist.find_data()
    return _("the sample, again and again") if folder.name == "sample" else _("all of Fashion-MNIST")


def main(arguments: argparse.Namespace) -> None:
    lab = read_build(arguments.build.resolve())
    environment = {**os.environ, **choose(lab).environment()}
    with Progress(arguments.rounds * len(PEERS) + len(growth(arguments.images)) + 1) as progress:
        result = measure(arguments.build, arguments.images, arguments.rounds, environment, progress.step)
    show(result, machine(lab), data_name())
    written = plot.draw(result, arguments.build / "bench")
    print("\n" + _("The picture is in") + "".join(f"\n{path}" for path in written))


if __name__ == "__main__":
    sys.exit(run_tool("bench", parser(), main))
