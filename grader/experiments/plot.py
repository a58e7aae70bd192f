"""Draws the learning curves: python3 -m grader.experiments.plot --build DIR [--csv FILE]. `make plot` calls it.

Reads the CSV that `make train` has left, and writes a PNG and an SVG into the build folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from grader.common.language import _
from grader.common.tool import UserError, run_tool
from grader.experiments import figure
from grader.experiments.curves import Epoch, read_curves
from grader.experiments.versions import VERSIONS

MOST_MARKERS = 30


def newest(folder: Path) -> Path:
    found = sorted(folder.glob("curves-*.csv"), key=lambda path: path.stat().st_mtime)
    if not found:
        message = _(
            "there are no learning curves in {folder} yet. Type: make train VERSION=learning_curves for those of your "
            "train_with_validation (step 2), or make train for those of the loop version; then make plot again"
        )
        raise UserError(message.format(folder=folder))
    return found[-1]


def _line(axes: Axes, rows: list[Epoch], name: str, label: str, *, dark: bool, align: str) -> None:
    """One curve with its name beside its end, where the eye is: no legend to look up."""
    x, y = [row.epoch for row in rows], [getattr(row, name) for row in rows]
    colour = figure.DARK if dark else figure.LIGHT
    marker = ("o" if dark else "s") if len(rows) <= MOST_MARKERS else ""
    axes.plot(x, y, "-" if dark else "--", color=colour, marker=marker, markersize=5, linewidth=2, gid=name)
    apart = {"bottom": 2, "top": -2, "center": 0}[align]
    where = {"xytext": (10, apart), "textcoords": "offset points", "ha": "left", "va": align}
    axes.annotate(label, (x[-1], y[-1]), color=colour, annotation_clip=False, **where)


def _axes(axes: Axes, rows: list[Epoch], title: str, unit: str) -> None:
    axes.set(title=title, xlabel=_("epoch"), ylabel=unit)
    axes.set_xlim(rows[0].epoch - 0.5, rows[-1].epoch + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.margins(y=0.15)


def draw(rows: list[Epoch], heading: str, stem: Path) -> tuple[Path, Path]:
    picture, (losses, accuracy) = figure.new(10, 4.2, 2)
    picture.suptitle(heading, x=0.01, ha="left", fontweight="bold")
    last = rows[-1]
    train_align, valid_align = ("bottom", "top") if last.train_loss >= last.valid_loss else ("top", "bottom")
    training = _("training\n{value:.4f}").format(value=last.train_loss)
    validation = _("validation\n{value:.4f}").format(value=last.valid_loss)
    _line(losses, rows, "train_loss", training, dark=True, align=train_align)
    _line(losses, rows, "valid_loss", validation, dark=False, align=valid_align)
    _axes(losses, rows, _("Loss"), _("mean cross-entropy (nats)"))
    share = _("validation\n{value:.2%}").format(value=last.valid_accuracy)
    _line(accuracy, rows, "valid_accuracy", share, dark=False, align="center")
    _axes(accuracy, rows, _("Accuracy"), _("share of images that are right"))
    accuracy.yaxis.set_major_formatter(PercentFormatter(1.0))
    return figure.save(picture, stem)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make plot", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True, help="where the curves are, and where the pictures go")
    parser.add_argument("--csv", default="", help="draw this file and not the newest")
    return parser


def main(arguments: argparse.Namespace) -> None:
    path = Path(arguments.csv) if arguments.csv else newest(arguments.build)
    known = VERSIONS.get(path.stem.removeprefix("curves-"))
    heading = _("Learning curves of {version}").format(version=known.title if known else path.name)
    png, svg = draw(read_curves(path), heading, arguments.build / path.stem)
    print(_("{csv} is drawn in\n{png} and\n{svg}").format(csv=path, png=png, svg=svg))


if __name__ == "__main__":
    sys.exit(run_tool("plot", parser(), main))
