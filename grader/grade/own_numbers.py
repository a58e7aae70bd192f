"""The numbers of answers.toml that a student counts with sizes of one's own: which are right, and a question or a slip
by name where one is not. It never says the number. Called by answers_toml.py."""

from __future__ import annotations

import math

from grader.common.language import Text, marked, tr
from grader.grade.own_sizes import Sizes

TOLERANCE = 0.01
CACHE_BYTES = 1 << 20
LEARNING_RATE = 0.01
LAB = Sizes(784, 10, 64)

QUESTIONS = {
    "multiplications": marked(
        "multiplications only, and of one image: how many numbers has W, and how often is each used for it?"
    ),
    "bytes": marked("the pixels of one batch only: how many are there, and how many bytes has a double?"),
    "operations_per_byte": marked(
        "take one pixel: how often is it fetched, how many bytes is that, and how many operations follow each time? "
        "An addition counts, too"
    ),
    "first_loss": marked("all classes are equally likely then: what is the loss of one image?"),
    "rate": marked("by how much is the step of a sum longer than the step of a mean?"),
    "in_cache": marked("how many bytes has one image of doubles?"),
}


def _right(sizes: Sizes) -> dict[str, float]:
    return {
        "multiplications": sizes.D * sizes.K,
        "bytes": 8 * sizes.D * sizes.m,
        # Of a pixel: a multiplication and an addition for each class, and 8 bytes, in both products.
        "operations_per_byte": 2 * sizes.K / 8,
        "first_loss": math.log(sizes.K),
        "rate": LEARNING_RATE / sizes.m,
        "in_cache": CACHE_BYTES // (8 * sizes.D),
    }


def _slips(sizes: Sizes) -> dict[str, dict[float, str]]:
    """Of some numbers: by which factor a slip makes it wrong, and its name."""
    return {
        "multiplications": {
            2: marked("additions are counted here, too; only multiplications are asked for"),
            sizes.m: marked("this is for all images of a batch; only one is asked for"),
        },
        "bytes": {
            1 / 8: marked("this is the number of pixels; how many bytes has a double?"),
            1 / sizes.m: marked("this is for one image; all of a batch are asked for"),
            2: marked("the pixels of a batch count once here, however often they are fetched"),
        },
        "operations_per_byte": {
            1 / 2: marked("an addition is an operation, too; and count the bytes of both fetches with both products"),
            2: marked("the pixel is fetched once for each product: the bytes of both fetches count"),
            8: marked("these are the operations for each number that is fetched; how many bytes has a double?"),
        },
        "rate": {sizes.m**2: marked("with this rate the step of a sum is longer still")},
        "in_cache": {8: marked("so many fit with one byte for a pixel; how many bytes has a double?")},
    }


def _is(value: float, right: float) -> bool:
    return math.isclose(value, right, rel_tol=TOLERANCE)


def is_right(key: str, said: float, sizes: Sizes) -> bool:
    return _is(said, _right(sizes)[key])


def hint(key: str, said: float, sizes: Sizes) -> Text:
    """On a number that is not right."""
    if _is(said, _right(LAB)[key]):
        return tr("this is counted with D = 784, K = 10 and m = 64; count with {sizes}", sizes=str(sizes))
    slips = _slips(sizes).get(key, {})
    slip = next((name for factor, name in slips.items() if _is(said, factor * _right(sizes)[key])), "")
    return tr(slip or QUESTIONS[key])
