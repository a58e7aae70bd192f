"""An epoch in PyTorch, line for line as the answers; so a student's copy has no such file. Called by peers.py."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch


def epoch(
    images: np.ndarray, labels: np.ndarray, weights: np.ndarray, bias: np.ndarray, batch: int, rate: float
) -> Callable[[], float]:
    """Ready to be timed: it updates `weights` and `bias`, and returns the mean loss. An image is a row."""
    torch.set_num_threads(1)
    X, y, W, b = (torch.from_numpy(part) for part in (images, labels, weights, bias))

    @torch.no_grad()
    def work() -> float:
        loss = 0.0
        for first in range(0, len(X), batch):
            x, t = X[first : first + batch], y[first : first + batch]
            # ANSWER to steps 6 and 9: a student's copy is searched for it
            probs = torch.softmax(x @ W + b, dim=1)
            rows = torch.arange(len(t))
            loss -= float(torch.log(probs[rows, t]).sum())
            probs[rows, t] -= 1
            W.sub_(x.T @ probs, alpha=rate / len(t))
            b.sub_(probs.mean(dim=0), alpha=rate)
            # END ANSWER
        return loss / len(X)

    return work
