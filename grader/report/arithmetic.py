"""How fast the arithmetic of a timed item was: GFLOP/s, and the share of this machine's peak. Called by what shows it.

What counts as an operation is said in grader/protocol/operations.hpp; the judge has measured the rest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Arithmetic:
    gflops: float  # 1e9 floating-point operations of the products a second
    share: float  # of the peak of multiply-adds on one core, above 0

    def __str__(self) -> str:
        return f"{self.gflops:.3g} ({self.share:.2f})"


def peak(figures: dict) -> float | None:
    """The GFLOP/s of this machine's peak, from an item's `speed` or `fast`; None where it is not known."""
    at_peak = figures.get("arithmetic_seconds")
    return figures["operations"] / at_peak / 1e9 if at_peak and "operations" in figures else None


def of(figures: dict, seconds: float | None = None) -> Arithmetic | None:
    """Of a call that takes so many seconds, the submission's where none are named; None where no peak is known."""
    best, taken = peak(figures), seconds or figures["submission_seconds"]
    if best is None:
        return None
    return Arithmetic(figures["operations"] / taken / 1e9, figures["arithmetic_seconds"] / taken)
