"""The lab in NumPy: softmax regression on Fashion-MNIST, image by image and on whole batches.

Run it by itself (--help lists the options); the tests use it as a second oracle beside the loop version in C++, so
it must not depend on anything of the C++ side.
In NumPy an image is a row: a batch is (m, 784), W is (784, 10) and b is (10,).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from load_fmnist import Dataset, create_batches, find_data, load

BATCH_SIZE, LEARNING_RATE = 64, 0.01


# --- The loop version: one image at a time.


def softmax(logits: np.ndarray) -> np.ndarray:
    exps = np.exp(logits - np.max(logits))
    return exps / np.sum(exps)


def cross_entropy_loss(probs: np.ndarray, label: int) -> float:
    return -np.log(probs[label])


def gradient(img: np.ndarray, probs: np.ndarray, label: int) -> tuple[np.ndarray, np.ndarray]:
    error = probs.copy()
    error[label] -= 1
    return np.outer(img, error), error


def evaluate(imgs: np.ndarray, labels: np.ndarray, W: np.ndarray, b: np.ndarray) -> float:
    n_right = sum(np.argmax(np.dot(img, W) + b) == label for img, label in zip(imgs, labels))
    return float(n_right / len(imgs))


def mean_loss(imgs: np.ndarray, labels: np.ndarray, W: np.ndarray, b: np.ndarray) -> float:
    losses = (cross_entropy_loss(softmax(np.dot(img, W) + b), label) for img, label in zip(imgs, labels))
    return float(sum(losses) / len(imgs))


def train_sgd(train: Dataset, W: np.ndarray, b: np.ndarray, batch_size: int, lr: float) -> float:
    """One epoch: updates W and b in place, returns the mean of the loss of each image when it was visited."""
    loss = 0.0
    for batch_imgs, batch_labels in create_batches(*train, batch_size):
        sum_W, sum_b = np.zeros_like(W), np.zeros_like(b)
        for img, label in zip(batch_imgs, batch_labels):
            probs = softmax(np.dot(img, W) + b)
            loss += cross_entropy_loss(probs, label)
            grad_W, grad_b = gradient(img, probs, label)
            sum_W += grad_W
            sum_b += grad_b
        W -= lr * sum_W / len(batch_imgs)
        b -= lr * sum_b / len(batch_imgs)
    return float(loss / len(train.images))


VERSIONS = {"loop": (train_sgd, mean_loss, evaluate)}
with suppress(ModuleNotFoundError):  # a student's copy has no batches: they are the answers in another language
    import softmax_reg_vec as vec

    VERSIONS["vec"] = (vec.train_sgd_vec, vec.mean_loss_vec, vec.evaluate_vec)


# --- The baseline: least squares on one-hot labels, which has a solution in one step.


def least_squares_model(train: Dataset, n_classes: int = 10) -> tuple[np.ndarray, np.ndarray]:
    """The W and b whose logits come closest to the one-hot labels; a column of ones in the images stands for b."""
    design = np.column_stack([train.images, np.ones(len(train.images))])
    solution = np.linalg.lstsq(design, np.eye(n_classes)[train.labels], rcond=None)[0]
    return solution[:-1], solution[-1]


def report_baseline(folder: Path) -> None:
    train, valid = load(folder, "train"), load(folder, "t10k")
    print(f"NumPy, least squares on one-hot labels: {len(train.images)} training images of {folder}", flush=True)
    W, b = least_squares_model(train)
    for name, data in (("Training", train), ("Validation", valid)):
        accuracy = evaluate(*data, W, b)
        print(f"{name} accuracy: {accuracy:.2%} ({round(accuracy * len(data.images))}/{len(data.images)})")


# --- Training, the table, the CSV.


def initial_model(seed: int, n_pixels: int = 784, n_classes: int = 10) -> tuple[np.ndarray, np.ndarray]:
    np.random.seed(seed)
    return np.random.randn(n_pixels, n_classes) * 0.01, np.zeros(n_classes)


def run(version: str, train: Dataset, valid: Dataset, epochs: int, seed: int) -> Iterator[tuple[float, ...]]:
    """After each epoch: training loss, validation loss, validation accuracy, seconds of CPU time of training."""
    train_epoch, loss_of, accuracy_of = VERSIONS[version]
    W, b = initial_model(seed)
    for _ in range(epochs):
        start = time.process_time()
        train_loss = train_epoch(train, W, b, BATCH_SIZE, LEARNING_RATE)
        seconds = time.process_time() - start
        yield train_loss, loss_of(*valid, W, b), accuracy_of(*valid, W, b), seconds


def write_atomically(path: Path, text: str) -> None:
    """A reader never sees half a file, and a failure keeps the old one."""
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise SystemExit(f"{path}: cannot be written ({error.strerror}); choose another place") from None


def train_and_report(version: str, folder: Path, epochs: int, seed: int, csv: Path | None) -> None:
    train, valid = load(folder, "train"), load(folder, "t10k")
    print(f"NumPy, {version} version: {len(train.images)} training images of {folder}")
    print("epoch  train loss  valid loss  accuracy         right  seconds")
    rows, n = ["epoch,train_loss,valid_loss,valid_accuracy,seconds"], len(valid.images)
    for epoch, figures in enumerate(run(version, train, valid, epochs, seed), start=1):
        train_loss, valid_loss, accuracy, seconds = figures
        right = f"{round(accuracy * n)}/{n}"
        losses = f"{train_loss:10.6f}  {valid_loss:10.6f}"
        print(f"{epoch:5}  {losses}  {accuracy:8.2%}  {right:>12}  {seconds:7.3f}", flush=True)
        rows.append(",".join([str(epoch), *(f"{figure:.17g}" for figure in figures)]))
    if csv is not None:
        write_atomically(csv, "\n".join(rows) + "\n")
    print(f"Validation accuracy after epoch {epochs}: {accuracy:.2%}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Softmax regression on Fashion-MNIST in NumPy.")
    parser.add_argument("--version", choices=VERSIONS, default="loop", help="image by image, or whole batches")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0, help="of the initial W, as in np.random.seed")
    parser.add_argument("--data", type=Path, help="the folder of the four IDX files")
    parser.add_argument("--csv", type=Path, help="also write the figures of each epoch to this file")
    parser.add_argument("--baseline", action="store_true", help="fit least squares in place of training, and stop")
    options = parser.parse_args()
    if options.epochs < 1 or not 0 <= options.seed < 2**32:
        parser.error("--epochs must be at least 1 and --seed in 0 .. 4294967295")
    if options.baseline:
        report_baseline(options.data or find_data())
    else:
        train_and_report(options.version, options.data or find_data(), options.epochs, options.seed, options.csv)


if __name__ == "__main__":
    main()
