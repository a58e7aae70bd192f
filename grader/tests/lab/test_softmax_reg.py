"""The lab in NumPy: its two versions agree with each other and with the C++ loop version, and golden.hpp is fresh."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "data" / "sample"
sys.path.insert(0, str(ROOT / "reference"))

import golden  # noqa: E402
import load_fmnist  # noqa: E402
import softmax_reg  # noqa: E402

NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
EPOCHS = 3


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env={**os.environ, **environment})


def run_numpy(*options: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, ROOT / "reference" / "softmax_reg.py", *options, **environment)


def figures(path: Path) -> np.ndarray:
    """The rows of a CSV without the epoch and the seconds: the two losses and the accuracy."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["epoch", "train_loss", "valid_loss", "valid_accuracy", "seconds"]
    assert [row[0] for row in rows] == [str(epoch) for epoch in range(1, len(rows) + 1)]
    return np.array([[float(cell) for cell in row[1:4]] for row in rows])


@pytest.fixture(scope="module")
def numpy_figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    folder, figures_of = tmp_path_factory.mktemp("numpy"), {}
    for version in softmax_reg.VERSIONS:
        file = folder / f"{version}.csv"
        done = run_numpy("--version", version, "--epochs", str(EPOCHS), "--data", SAMPLE, "--csv", file)
        assert done.returncode == 0, done.stderr
        assert max(len(line) for line in done.stdout.splitlines()[1:]) <= 80  # the first line ends with a path
        figures_of[version] = figures(file)
    return figures_of


def test_loop_and_vec_agree_and_learn(numpy_figures: dict[str, np.ndarray]) -> None:
    loop, vec = numpy_figures["loop"], numpy_figures["vec"]
    assert loop.shape == (EPOCHS, 3)
    np.testing.assert_allclose(vec, loop, rtol=1e-9)
    assert np.all(np.diff(loop[:, 1]) < 0), "the validation loss falls in each of the first epochs"
    assert loop[-1, 2] > 0.6, "far better than a guess, which is right once in ten"


def test_cpp_and_numpy_agree(numpy_figures: dict[str, np.ndarray], tmp_path: Path) -> None:
    program = os.environ.get("LAB_TRAIN")
    if not program:
        pytest.skip("LAB_TRAIN does not name the training program of the loop version; 'make test' sets it")
    file = tmp_path / "cpp.csv"
    done = run(program, "--epochs", str(EPOCHS), "--csv", file, FASHION_MNIST_DIR=str(SAMPLE))
    assert done.returncode == 0, done.stderr
    np.testing.assert_allclose(figures(file), numpy_figures["loop"], rtol=1e-9)


def test_baseline_solves_the_normal_equations() -> None:
    draw = np.random.default_rng(3)
    train = load_fmnist.Dataset(draw.random((40, 6)), draw.integers(0, 4, 40))
    W, b = softmax_reg.least_squares_model(train, 4)
    errors = np.dot(train.images, W) + b - np.eye(4)[train.labels]
    assert W.shape == (6, 4) and b.shape == (4,)
    np.testing.assert_allclose(np.dot(train.images.T, errors), 0, atol=1e-12)
    np.testing.assert_allclose(errors.sum(axis=0), 0, atol=1e-12)


def test_baseline_is_printed_and_better_than_a_guess() -> None:
    done = run_numpy("--baseline", "--data", SAMPLE)
    assert done.returncode == 0, done.stderr
    right = re.search(r"^Validation accuracy: (\S+)% \((\d+)/1000\)$", done.stdout, re.MULTILINE)
    assert right and float(right[1]) == int(right[2]) / 10 and int(right[2]) > 600
    assert "Training accuracy" in done.stdout and "epoch" not in done.stdout


def test_golden_header_is_fresh() -> None:
    """Every character but the last bits of a number, which BLAS and NumPy round as the processor lets them."""
    written, fresh = (ROOT / "reference" / "golden.hpp").read_text(encoding="utf-8"), golden.header()
    remedy = "stale: python3 reference/golden.py"
    assert NUMBER.sub("#", written) == NUMBER.sub("#", fresh), remedy
    numbers = [np.array([float(number) for number in NUMBER.findall(text)]) for text in (written, fresh)]
    np.testing.assert_allclose(*numbers, rtol=1e-13, err_msg=remedy)


def test_gradient_is_the_mean_of_the_loop_version() -> None:
    problem = golden.problem()
    triples = zip(problem["images"].T, problem["probs"].T, problem["labels"])
    gradients = [softmax_reg.gradient(img, probs, label) for img, probs, label in triples]
    np.testing.assert_allclose(np.mean([W for W, _ in gradients], axis=0), problem["grad_W"], rtol=1e-12)
    np.testing.assert_allclose(np.mean([b for _, b in gradients], axis=0), problem["grad_b"], rtol=1e-12)


@pytest.mark.parametrize("version", softmax_reg.VERSIONS)
def test_of_equal_logits_the_first_counts(version: str) -> None:
    accuracy_of = softmax_reg.VERSIONS[version][2]
    assert accuracy_of(np.ones((4, 2)), np.array([0, 1, 2, 0]), np.zeros((2, 3)), np.full(3, 5.0)) == 0.5


def test_the_data_is_looked_for_where_the_variable_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FASHION_MNIST_DIR", str(tmp_path))
    assert load_fmnist.find_data() == tmp_path
    monkeypatch.delenv("FASHION_MNIST_DIR")
    monkeypatch.setattr(load_fmnist, "ROOT", tmp_path)
    monkeypatch.setattr(load_fmnist, "SYSTEM_DATA", tmp_path / "system")
    assert load_fmnist.find_data() == tmp_path / "data" / "sample"


@pytest.mark.parametrize("content", [None, b"", b"not gzip", b"\x1f\x8b\x08\x00cut"])
def test_bad_data_is_named_without_a_traceback(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(content)
    done = run_numpy("--data", tmp_path)
    assert done.returncode == 1
    assert "train-images-idx3-ubyte" in done.stderr and "make data" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_short_plain_file_is_refused(tmp_path: Path) -> None:
    whole = load_fmnist.read_idx(SAMPLE, "t10k-images-idx3-ubyte")
    header = np.array([0x0803, *whole.shape], dtype=">u4").tobytes()
    file = tmp_path / "t10k-images-idx3-ubyte"
    file.write_bytes(header + whole.tobytes())
    assert np.array_equal(load_fmnist.read_idx(tmp_path, file.name), whole)
    for wrong in (whole.tobytes()[:-1], whole.tobytes() + b"x"):
        file.write_bytes(header + wrong)
        with pytest.raises(SystemExit, match="whole IDX file"):
            load_fmnist.read_idx(tmp_path, file.name)


def test_the_csv_keeps_its_old_content_when_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "figures.csv.part").mkdir()
    (tmp_path / "figures.csv").write_text("old")
    with pytest.raises(SystemExit, match="cannot be written"):
        softmax_reg.write_atomically(tmp_path / "figures.csv", "new")
    assert (tmp_path / "figures.csv").read_text() == "old"


@pytest.mark.parametrize("options", [("--epochs", "0"), ("--seed", "-1"), ("--seed", "4294967296"), ("--version", "x")])
def test_bad_options_are_refused(options: tuple[str, str]) -> None:
    done = run_numpy(*options)
    assert done.returncode == 2 and "Traceback" not in done.stderr and options[0] in done.stderr
