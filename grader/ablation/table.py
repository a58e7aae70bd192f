"""The table of `make ablation`, in 80 columns. Called by __main__.py."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.table import Table

from grader.ablation.measure import CACHE_BYTES, Result
from grader.ablation.variants import BATCH, VARIANTS


def times(value: float) -> str:
    """Three digits, as far as they mean something."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _table(result: Result) -> Table:
    table = Table(box=None, padding=(0, 1), collapse_padding=True, header_style="bold")
    table.add_column("\nvariant", no_wrap=True)
    for heading in ("ms an\nepoch", "time,\nbase=1", "middle\nhalf", "GFlop\n/s", "flop\n/byte"):
        table.add_column(heading, justify="right", no_wrap=True)
    shown = [variant for variant in VARIANTS if variant.key in result.series]
    for section, members in groupby(shown, key=lambda variant: variant.section):
        table.add_row(section, style="bold")
        for variant in members:
            series = result.series[variant.key]
            low, high = series.middle_half
            figures = [f"{1e3 * series.second:.1f}", times(series.ratio), f"{times(low)}-{times(high)}"]
            roofline = [f"{result.flops_of(variant) / 1e9:.2f}", f"{variant.flops_per_byte:.2f}"]
            table.add_row("  " + variant.label, *figures, *roofline)
    return table


def show(result: Result, machine: list[str]) -> None:
    console = Console(width=min(80, Console().width), highlight=False)
    told = "One epoch of {images:,} images in batches of {batch}. Rounds: {rounds}"
    for line in (*machine, told.format(images=result.images, batch=BATCH, rounds=result.rounds), ""):
        console.print(line, markup=False)
    console.print(_table(result))
    console.print()
    roofs = (
        "The roofs of this machine, on one thread: a large product {flops:.1f} GFlop a second; reading from memory "
        "{memory:.1f} GB a second, reading {size} KiB from the cache {cache:.1f} GB a second."
    )
    figures = {"flops": result.flops / 1e9, "memory": result.memory / 1e9, "cache": result.cache / 1e9}
    console.print(roofs.format(size=CACHE_BYTES >> 10, **figures), markup=False)
    note = (
        "Medians of CPU time; half of the rounds lie between the two numbers of the middle half. Two threads are timed "
        "by the clock on the wall, which tells nothing on a busy machine. flop/byte: if each operation fetches its "
        "operands anew."
    )
    console.print(note, markup=False)
