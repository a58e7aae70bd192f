"""One epoch by one of the Python versions that `make bench` compares, timed: python3 -m grader.experiments.bench.peers.

It answers as epochs.cpp does: each line "version images classes batch" by "CPU seconds, peak memory in KB, mean loss", or by
"missing" where a package is not installed."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

from grader.common.build_facts import ROOT

sys.path.insert(0, str(ROOT / "reference"))
import load_fmnist  # noqa: E402
import softmax_reg  # noqa: E402

RATE = 0.01
Epoch = Callable[
    [np.ndarray, np.ndarray, int, int], tuple[float, float]
]  # images, labels, classes, batch -> CPU seconds, mean loss


def _timed(work: Callable[[], float]) -> tuple[float, float]:
    start = time.process_time()
    loss = work()
    return time.process_time() - start, loss


def _numpy(version: str) -> Epoch:
    def epoch(images: np.ndarray, labels: np.ndarray, classes: int, batch: int) -> tuple[float, float]:
        train = softmax_reg.VERSIONS[version][0]
        W, b = softmax_reg.initial_model(0, images.shape[1], classes)
        return _timed(lambda: train(load_fmnist.Dataset(images, labels), W, b, batch, RATE))

    return epoch


def _torch(images: np.ndarray, labels: np.ndarray, classes: int, batch: int) -> tuple[float, float]:
    from grader.experiments.bench import written_out  # which a student's copy has not

    return _timed(
        written_out.epoch(images, labels, *softmax_reg.initial_model(0, images.shape[1], classes), batch, RATE)
    )


def _autograd(images: np.ndarray, labels: np.ndarray, classes: int, batch: int) -> tuple[float, float]:
    """As its tutorials have it: a linear layer, the loss, backward() and torch.optim.SGD."""
    import torch

    torch.set_num_threads(1)
    X, y = torch.from_numpy(images), torch.from_numpy(labels)
    layer = torch.nn.Linear(images.shape[1], classes, dtype=torch.float64)
    W, b = softmax_reg.initial_model(0, images.shape[1], classes)
    layer.load_state_dict({"weight": torch.from_numpy(W.T.copy()), "bias": torch.from_numpy(b)})
    loss_of, optimizer = torch.nn.CrossEntropyLoss(), torch.optim.SGD(layer.parameters(), lr=RATE)

    def work() -> float:
        loss = 0.0
        for first in range(0, len(X), batch):
            x, t = X[first : first + batch], y[first : first + batch]
            optimizer.zero_grad()
            found = loss_of(layer(x), t)
            found.backward()
            optimizer.step()
            loss += found.item() * len(t)
        return loss / len(X)

    return _timed(work)


def _sklearn(images: np.ndarray, labels: np.ndarray, classes: int, batch: int) -> tuple[float, float]:
    """It compares in part only: a classifier for each class, and an update after each image."""
    from sklearn.linear_model import SGDClassifier

    model = SGDClassifier(loss="log_loss", penalty=None, learning_rate="constant", eta0=RATE, shuffle=False, max_iter=1)

    def work() -> float:
        model.partial_fit(images, labels, classes=np.arange(classes))
        return float("nan")  # it tells none

    return _timed(work)


VERSIONS: dict[str, tuple[str, Epoch]] = {  # the package that each needs
    "numpy loops": ("numpy", _numpy("loop")),
    **({"numpy": ("numpy", _numpy("vec"))} if "vec" in softmax_reg.VERSIONS else {}),
    **({"torch": ("torch", _torch)} if find_spec("grader.experiments.bench.written_out") else {}),
    "torch autograd": ("torch", _autograd),
    "sklearn": ("sklearn", _sklearn),
}


def answer(request: str, data: Any) -> str:
    version, count, classes, batch = request.rsplit(" ", 3)
    package, epoch = VERSIONS.get(version, ("", None))
    if epoch is None or find_spec(package) is None:
        return "missing"
    images, labels = data.images[: int(count)], data.labels[: int(count)]
    labels = labels if classes == "10" else np.arange(int(count)) % int(classes)
    seconds, loss = epoch(images, labels, int(classes), int(batch))
    return f"{seconds:.9f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} {loss:.17g}"


def main() -> None:
    most = int(sys.argv[1])
    train = load_fmnist.load(load_fmnist.find_data(), "train")
    # As in epochs.cpp: those of the data again and again, where it has fewer.
    which = np.arange(most) % len(train.images)
    data = load_fmnist.Dataset(train.images[which], train.labels[which]) if most != len(train.images) else train
    del train
    print(most, flush=True)
    for line in sys.stdin:
        print(answer(line.strip(), data), flush=True)


if __name__ == "__main__":
    main()
