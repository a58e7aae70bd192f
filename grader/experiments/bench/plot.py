"""The picture of `make bench`: how the time of an image grows with images, classes and batches. Called by __main__.py."""

from __future__ import annotations

from pathlib import Path

from grader.common.language import _, shown
from grader.experiments import figure
from grader.experiments.bench.measure import BATCH, CLASSES, FLOOR, PEERS, Result

LINES = ((figure.GREY, "--"), (figure.DARK, "-"), (figure.LIGHT, "-"), (figure.DARK, ":"), (figure.LIGHT, ":"))


def _points(result: Result, axis: int) -> list[tuple[int, int, int]]:
    """Those in which only this one changes."""
    some = min(6000, result.images)
    usual = (some, CLASSES, BATCH)
    return sorted(
        (key for key in result.growth if all(key[i] == usual[i] for i in range(3) if i != axis)),
        key=lambda key: key[axis],
    )


def draw(result: Result, stem: Path) -> tuple[Path, Path]:
    picture, axes = figure.new(12, 4, 3)
    peers = [FLOOR, *(p for p in PEERS if any(p.request in row for row in result.growth.values()))]
    for i, (axis, name) in enumerate(zip(axes, (_("images"), _("classes"), _("images in a batch")))):
        points = _points(result, i)
        for peer, (colour, style) in zip(peers, LINES):
            micros = [1e6 * result.growth[key][peer.request] / key[0] for key in points]
            axis.plot(
                [key[i] for key in points],
                micros,
                style,
                color=colour,
                marker="o",
                markersize=3,
                label=shown(peer.label),
            )
        axis.set(xscale="log", yscale="log", xlabel=name, ylabel=_("microseconds an image") if i == 0 else "")
    axes[0].legend(frameon=False, fontsize=9)
    return figure.save(picture, stem)
