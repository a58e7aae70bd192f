"""What the training epoch of the answers reached on other machines: machines.csv, a row for each processor and kernels.

`make calibrate` prints the row of its machine. The page shows them beside the student's own figures."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from grader.report import arithmetic

FILE = Path(__file__).with_name("machines.csv")
ITEM = "training epoch"


@dataclass(frozen=True)
class Machine:
    """Texts, as the file has them."""

    processor: str
    kernels: str  # of OpenBLAS; of another library its name
    loop: str  # the time of the loop version, in BLAS floors
    answers: str  # their speed as a share of the BLAS floor's
    gflops: str  # of their products in an epoch
    share: str  # of the peak of one core


def machine(processor: str, kernels: str, loop: float, answers: float, gflops: float, share: float) -> Machine:
    return Machine(processor, kernels, f"{loop:.1f}", f"{answers:.2f}", f"{gflops:.3g}", f"{share:.2f}")


def row(one: Machine) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(vars(one).values())
    return text.getvalue()


def known() -> list[Machine]:
    """Those of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Machine(**line) for line in csv.DictReader(file)]


def own(processor: str, blas: dict, figures: dict) -> Machine | None:
    """That of a grade, from an item's `speed`; None where no peak is known."""
    rate = arithmetic.of(figures)
    if rate is None or not processor:
        return None
    loop = figures["ratio"] / figures["efficiency"]
    return machine(processor, blas["core"] or blas["library"], loop, figures["efficiency"], rate.gflops, rate.share)
