"""Why a speed needs what it needs on this machine, in words for the terminal and the page. rubric.py computes it."""

from __future__ import annotations

from typing import Any

from grader.common.language import _


def needed_words(speed: dict[str, Any]) -> str:
    """One sentence on the `needed` of an item's `speed`, with the reason that binds."""
    most = speed["ratio"] / speed["efficiency"]  # what BLAS itself reaches, in times the loops
    needed = speed["needed"]
    if needed == speed["sufficient_efficiency"]:
        why = _("{needed}, because BLAS itself is only {most:.1f} times the loops here")
    else:
        why = _("{needed}, which is {times:.1f} times the loops")
    share = _("needed on this machine: {share:.2f} of the BLAS floor").format(share=needed)
    return why.format(needed=share, most=most, times=needed * most)
