"""NumPy's answers to a small problem, for the C++ side to compare with: python3 reference/golden.py writes golden.hpp."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from load_fmnist import Dataset
from softmax_reg import initial_model, write_atomically
from softmax_reg_vec import cross_entropy_loss_batch, evaluate_vec, grad_batch, softmax_batch, train_sgd_vec

TEMPLATE = """\
// NumPy's answers to a small problem (D = 5, K = 3, m = 4), which the grader and the tests compare with.
// Generated, do not edit; to write it again: python3 reference/golden.py
// An image is a column. loss_sum is summed over the batch, grad_W and grad_b are means; trained_* is what one epoch
// in batches of 3 with learning rate 0.1 makes of W and b; initial_W is the start for seed 0.
#ifndef GOLDEN_HPP
#define GOLDEN_HPP

#include <armadillo>

// clang-format off
namespace golden {

@LINES@

}  // namespace golden

#endif
"""


def problem() -> dict[str, np.ndarray | float]:
    """A small problem and NumPy's answers to it, under the names of the C++ header and in its shapes."""
    np.random.seed(3)
    imgs, W, b = np.random.rand(4, 5), np.random.randn(5, 3), np.random.randn(3)
    labels = np.array([2, 0, 1, 0])
    logits = np.dot(imgs, W) + b
    probs = softmax_batch(logits)
    grad_W, grad_b = grad_batch(imgs, probs, labels)
    trained_W, trained_b = W.copy(), b.copy()
    trained_loss = train_sgd_vec(Dataset(imgs, labels), trained_W, trained_b, 3, 0.1)
    return {
        "images": imgs.T, "labels": labels, "W": W, "b": b, "logits": logits.T, "probs": probs.T,
        "loss_sum": cross_entropy_loss_batch(probs, labels), "grad_W": grad_W, "grad_b": grad_b,
        "accuracy": evaluate_vec(imgs, labels, W, b), "trained_loss": trained_loss, "trained_W": trained_W,
        "trained_b": trained_b, "initial_W": initial_model(0, 5, 3)[0],
    }  # fmt: skip


def cpp_line(name: str, value: np.ndarray | float) -> str:
    """One definition; Python's repr gives every digit that a double has."""
    if isinstance(value, float):
        return f"inline const double {name} = {float(value)!r};"
    if value.ndim == 1:
        return f"inline const arma::{'uvec' if value.dtype == np.intp else 'vec'} {name}{{{join(value)}}};"
    rows = ",\n    ".join(f"{{{join(row)}}}" for row in value)
    return f"inline const arma::mat {name}{{\n    {rows}}};"


def join(values: np.ndarray) -> str:
    return ", ".join(repr(value) for value in values.tolist())


def header() -> str:
    lines = "\n".join(cpp_line(name, value) for name, value in problem().items())
    return TEMPLATE.replace("@LINES@", lines)


if __name__ == "__main__":
    write_atomically(Path(__file__).with_name("golden.hpp"), header())
