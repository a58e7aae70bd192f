"""The ways to train an epoch that `make ablation` times, each a change of one factor, and what each must move.

Read by measure.py, table.py and plot.py. The code of the variants is epoch.cpp."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.common.language import tr

D, K, BATCH = 784, 10, 64
FLOPS_PER_IMAGE = 4 * D * K  # two products of D x K, a multiplication and an addition each


@dataclass(frozen=True)
class Variant:
    """Its section, label and name are in English; shown() translates them."""

    key: str
    section: str
    label: str
    program: str  # of CMakeLists.txt: how it is compiled
    request: str  # to that program
    flops_per_byte: float
    threads: int = 1
    name: str = ""  # beside its point in the roofline; empty: its point stands with others
    name_at: str = "right"

    @property
    def uses_wall_time(self) -> bool:
        """Two threads take as much CPU time as one, or more; what they save is time on the wall."""
        return self.threads > 1


def _batches(m: int, bytes_per_number: int = 8, copies: int = 0) -> float:
    """Flops per byte of a batch of m images, when each operation fetches its operands and writes its result.

    The images twice, once for each product, the K x m logits, written and read, and five times a D x K matrix: W and
    the gradient in the products, and both of them and W again in the update."""
    numbers = 2 * D * m + 2 * K * m + 5 * D * K + 2 * copies * D * m
    return FLOPS_PER_IMAGE * m / (bytes_per_number * numbers)


def _one_pass(m: int) -> float:
    """The same where both products take an image while it is there: each is fetched once, W is read, and updated in
    place, and no gradient is written."""
    numbers = D * m + 2 * K * m + 3 * D * K
    return FLOPS_PER_IMAGE * m / (8 * numbers)


def _images() -> float:
    """The same for one image at a time: W and the sum of the gradients, read and written, move for each of them."""
    numbers = 2 * D + 2 * K + 3 * D * K + 4 * D * K / BATCH
    return FLOPS_PER_IMAGE / (8 * numbers)


SCALAR, BATCHES = tr("one image at a time"), tr("batches: one product for m images")
STEPS = tr("the bonus, without BLAS, step by step")
COMPILER, DATA = tr("batches of 64, compiled otherwise"), tr("batches of 64, other data or threads")
BASE = Variant(
    "base",
    BATCHES,
    tr("m = 64, -O2: the base"),
    "O2",
    f"batches {BATCH}",
    _batches(BATCH),
    name="m = 64",
    name_at="above",
)
BY_IMAGE = tr("one product of BLAS an image, -O2")


def _scalar(key: str, label: str, program: str, name: str = "") -> Variant:
    return Variant(key, SCALAR, label, program, f"loops {BATCH}", _images(), name=name)


def _compiled(key: str, label: str, program: str, name: str = "") -> Variant:
    return Variant(key, COMPILER, label, program, BASE.request, BASE.flops_per_byte, 1, name, "below")


def _batch(m: int, name: str, name_at: str = "above") -> Variant:
    return Variant(f"batches-{m}", BATCHES, tr("m = {m:,}", m=m), "O2", f"batches {m}", _batches(m), 1, name, name_at)


def _data(
    key: str, label: str, request: str, flops_per_byte: float, threads: int = 1, name: str = "", name_at: str = "right"
) -> Variant:
    return Variant(key, DATA, label, "O2", f"{request} {BATCH}", flops_per_byte, threads, name, name_at)


HAS_STEPS = (Path(__file__).parent / "steps.cpp").exists()  # which a student's copy lacks


def _step(number: int, label: str) -> Variant:
    return Variant(f"step-{number}", STEPS, label, "O2", f"step{number} {BATCH}", _one_pass(BATCH))


# Each step of the bonus exercise, upon those before it.
OF_BONUS = (
    _step(1, tr("1. own loops on vectors, in one pass")),
    _step(2, tr("2. sums in registers")),
    _step(3, tr("3. W in blocks")),
    _step(4, tr("4. the next batch fetched")),
    _step(5, tr("5. exp on vectors")),
)

VARIANTS = (
    _scalar("loops-O0", tr("the loops, -O0"), "O0", tr("loops, -O0")),
    _scalar("loops-checked", tr("the loops, -O2, bounds checked"), "checked"),
    _scalar("loops", tr("the loops, -O2: the loop version"), "O2", tr("loops, -O2")),
    _scalar("loops-O3", tr("the loops, -O3"), "O3"),
    _scalar("loops-native", tr("the loops, -O3 -march=native"), "native", tr("loops, -O3 -march=native")),
    Variant("images", SCALAR, BY_IMAGE, "O2", f"images {BATCH}", _images(), name=tr("BLAS, one image")),
    _batch(1, "m = 1"),
    _batch(8, "m = 8"),
    BASE,
    _batch(512, ""),
    _batch(4096, tr("m = {m:,}", m=4096), "right"),
    _compiled("O0", "-O0", "O0", "-O0"),
    _compiled("O3", "-O3", "O3"),
    _compiled("native", "-O3 -march=native", "native"),
    _compiled("unchecked", tr("-O2, Armadillo's checks off"), "unchecked"),
    _data(
        "rows",
        tr("an image a row: batches copied"),
        "rows",
        _batches(BATCH, copies=1),
        name=tr("rows"),
        name_at="below",
    ),
    _data("float", tr("float in place of double"), "float", _batches(BATCH, bytes_per_number=4), name="float"),
    _data("threads", tr("two threads (time on the wall)"), "batches", BASE.flops_per_byte, threads=2),
    *(OF_BONUS if HAS_STEPS else ()),
)
