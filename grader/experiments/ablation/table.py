"""The table of `make ablation`, in 80 columns. Called by __main__.py."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.table import Table

from grader.common.language import Count, _, shown
from grader.common.wrap import fill
from grader.experiments.ablation.measure import CACHE_BYTES, FLOATS_FOR_A_DOUBLE, Result
from grader.experiments.ablation.variants import BATCH, VARIANTS


def times(value: float) -> str:
    """Three digits, as far as they mean something."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _table(result: Result) -> Table:
    table = Table(box=None, padding=(0, 1), collapse_padding=True, header_style="bold")
    table.add_column("\n" + _("variant"), no_wrap=True)
    for heading in (_("ms an\nepoch"), _("time,\nbase=1"), _("middle\nhalf"), "GFlop\n/s", _("flop\n/byte")):
        table.add_column(heading, justify="right", no_wrap=True)
    measured = [variant for variant in VARIANTS if variant.key in result.series]
    for section, members in groupby(measured, key=lambda variant: variant.section):
        table.add_row(shown(section), style="bold")
        for variant in members:
            series = result.series[variant.key]
            low, high = series.middle_half
            figures = [f"{1e3 * series.second:.1f}", times(series.ratio), f"{times(low)}-{times(high)}"]
            roofline = [f"{result.flops_of(variant) / 1e9:.2f}", f"{variant.flops_per_byte:.2f}"]
            table.add_row("  " + shown(variant.label), *figures, *roofline)
    return table


def show(result: Result, machine: list[str]) -> None:
    console = Console(width=min(80, Console().width), highlight=False)
    told = _("One epoch of {images:,} images in batches of {batch}. Rounds: {rounds}")
    for line in (*machine, told.format(images=Count(result.images), batch=BATCH, rounds=result.rounds), ""):
        console.print(line, markup=False)
    console.print(_table(result))
    console.print()
    roofs = _(
        "The roofs of this machine, on one thread: a large product {flops:.1f} GFlop a second, with float {floats:.1f}, "
        "because twice as many fit into an instruction; reading from memory "
        "{memory:.1f} GB a second, reading {size} KiB from the cache {cache:.1f} GB a second."
    )
    figures = {
        "flops": result.flops / 1e9,
        "floats": FLOATS_FOR_A_DOUBLE * result.flops / 1e9,
        "memory": result.memory / 1e9,
        "cache": result.cache / 1e9,
    }
    console.print(fill(roofs.format(size=CACHE_BYTES >> 10, **figures)), markup=False)
    note = _(
        "Medians of CPU time; half of the rounds lie between the two numbers of the middle half. Two threads are timed "
        "by the clock on the wall, which tells nothing on a busy machine. flop/byte: if each operation fetches its "
        "operands anew."
    )
    console.print(fill(note), markup=False)
