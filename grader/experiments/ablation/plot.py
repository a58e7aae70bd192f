"""The picture of `make ablation`: what each factor costs, and the variants under the roofs of the machine.

Called by __main__.py."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from grader.common.language import Count, _, shown
from grader.experiments import figure
from grader.experiments.ablation.measure import CACHE_BYTES, FLOATS_FOR_A_DOUBLE, Result
from grader.experiments.ablation.table import times
from grader.experiments.ablation.variants import BASE, BATCHES, VARIANTS, Variant

ROW, HEADING = 1.0, 1.25
NAME_AT = {
    "right": {"xytext": (7, 0), "ha": "left", "va": "center"},
    "above": {"xytext": (0, 7), "ha": "center", "va": "bottom"},
    "below": {"xytext": (0, -7), "ha": "center", "va": "top"},
}


def _plain(axis: object) -> None:
    """Numbers such as 0.5, 2 and 20 on a logarithmic axis, and not powers of ten."""
    axis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5)))
    axis.set_major_formatter(FuncFormatter(lambda value, position: f"{value:g}"))
    axis.set_minor_formatter(NullFormatter())


def _beside(axes: Axes, y: float, text: str, points: int, **look: str) -> None:
    """Text to the left of the axes."""
    place = {"xycoords": ("axes fraction", "data"), "xytext": (-points, 0), "textcoords": "offset points"}
    axes.annotate(text, (0, y), va="center", annotation_clip=False, **place, **look)


def _costs(axes: Axes, result: Result, measured: list[Variant]) -> None:
    """A row for each variant: the median, and the middle half of the rounds as a line."""
    y = 0.0
    for section, members in groupby(measured, key=lambda variant: variant.section):
        y += HEADING
        _beside(axes, y, shown(section), 240, fontweight="bold")
        for variant in members:
            y += ROW
            series = result.series[variant.key]
            colour = figure.LIGHT if variant is BASE else figure.DARK
            axes.plot(series.middle_half, (y, y), color=colour, linewidth=2)
            axes.plot(series.ratio, y, "D" if variant is BASE else "o", color=colour, gid=f"cost-{variant.key}")
            _beside(axes, y, shown(variant.label), 230)
            right = max(series.ratio, series.middle_half[1])
            axes.annotate(times(series.ratio), (right, y), xytext=(8, 0), textcoords="offset points", va="center")
    axes.axvline(1, color=figure.LIGHT, linewidth=1)
    axes.set(xscale="log", ylim=(y + 1, 0.2), yticks=[], xlabel=_("time of an epoch, base = 1"))
    axes.set_title(_("What each factor costs"))
    axes.margins(x=0.12)
    _plain(axes.xaxis)


def _roofs(axes: Axes, result: Result) -> None:
    left, right = axes.get_xlim()
    peak = FLOATS_FOR_A_DOUBLE * result.flops / 1e9
    for speed, style, name, offset, side in (
        (result.cache / 1e9, "--", _("cache ({size} KiB): {speed:.0f} GB/s"), (4, 18), "bottom"),
        (result.memory / 1e9, "-", _("memory: {speed:.0f} GB/s"), (14, 6), "top"),
    ):
        ridge = peak / speed
        axes.plot((left, ridge), (left * speed, peak), style, color=figure.GREY, linewidth=1.5)
        turned = {"rotation": 45, "rotation_mode": "anchor", "transform_rotates_text": True}
        where = {"xytext": offset, "textcoords": "offset points", "ha": "left", "va": side}
        label = name.format(size=CACHE_BYTES >> 10, speed=speed)
        axes.annotate(label, (left, left * speed), color=figure.GREY, **where, **turned)
    where = {"xytext": (0, 3), "textcoords": "offset points", "ha": "right", "va": "bottom"}
    for name, height in (
        (_("a large product: {peak:.0f} GFlop/s"), result.flops / 1e9),
        (_("with float: {peak:.0f} GFlop/s"), peak),
    ):
        axes.plot((height / (result.cache / 1e9), right), (height, height), color=figure.GREY, linewidth=1.5)
        axes.annotate(name.format(peak=height), (right, height), color=figure.GREY, **where)


def _roofline(axes: Axes, result: Result, measured: list[Variant]) -> None:
    """Operations a second against operations a byte: left of a slope, bytes set the pace."""
    points = [variant for variant in measured if not variant.uses_wall_time]
    by_size = [variant for variant in points if variant.section == BATCHES]
    axes.plot(
        [v.flops_per_byte for v in by_size], [result.flops_of(v) / 1e9 for v in by_size], color=figure.DARK, linewidth=1
    )
    for variant in points:
        place = (variant.flops_per_byte, result.flops_of(variant) / 1e9)
        colour = figure.LIGHT if variant is BASE else figure.DARK
        marker, front = ("D", 4) if variant is BASE else ("o", 3)
        axes.plot(*place, marker, color=colour, zorder=front, gid=f"roof-{variant.key}")
        axes.annotate(shown(variant.name), place, textcoords="offset points", zorder=5, **NAME_AT[variant.name_at])
    axes.set(
        xscale="log", yscale="log", xlim=(0.05, 20), xlabel=_("operations a byte (flop/B)"), ylabel=_("GFlop a second")
    )
    axes.set_title(_("The same, under the roofs of this machine"))
    axes.set_ylim(top=1.5 * FLOATS_FOR_A_DOUBLE * result.flops / 1e9)
    _roofs(axes, result)
    _plain(axes.xaxis)
    _plain(axes.yaxis)


def draw(result: Result, machine: list[str], stem: Path) -> tuple[Path, Path]:
    picture, (costs, roofline) = figure.new(14, 7, 2)
    title = _("Where the speed comes from: one epoch of {images:,} images").format(images=Count(result.images))
    picture.suptitle(title, x=0.01, ha="left", fontweight="bold")
    picture.supxlabel(_("; ").join(machine), fontsize=9, color=figure.GREY, x=0.01, ha="left")
    measured = [variant for variant in VARIANTS if variant.key in result.series]
    _costs(costs, result, measured)
    _roofline(roofline, result, measured)
    return figure.save(picture, stem)
