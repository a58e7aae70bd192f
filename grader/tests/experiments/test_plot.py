"""make plot: what it reads, what it refuses, and that the pictures show the data."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from grader.common.build_facts import ROOT
from grader.common.tool import UserError
from grader.experiments.curves import FIGURES, read_curves

HEAD = "epoch,train_loss,valid_loss,valid_accuracy,seconds\n"
GOOD = HEAD + "1,1.5,1.25,0.5,0.1\n2,1.0,0.75,0.625,0.1\n3,0.75,0.7,0.75,0.1\n"
BUILD = Path(os.environ.get("LAB_BUILD", ROOT / "build"))


def plot(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader.experiments.plot", "--build", str(folder), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def points(svg: Path, gid: str) -> np.ndarray:
    """The corners of the line of this name in an SVG, one row each."""
    root = ElementTree.parse(svg).getroot()
    group = next(element for element in root.iter() if element.get("id") == gid)
    path = next(element.get("d") for element in group.iter() if element.get("d"))
    return np.array(re.findall(r"[ML] ([\d.]+) ([\d.]+)", path), dtype=float)


def test_both_pictures_are_drawn_and_hold_the_data(tmp_path: Path) -> None:
    (tmp_path / "curves-vec.csv").write_text(GOOD)
    done = plot(tmp_path)
    assert done.returncode == 0 and "curves-vec.png" in done.stdout, done.stderr
    assert (tmp_path / "curves-vec.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    rows = read_curves(tmp_path / "curves-vec.csv")
    for name in FIGURES:
        drawn = points(tmp_path / "curves-vec.svg", name)
        assert len(drawn) == len(rows)
        # A line of pixels against values: any linear axis passes, a wrong or shuffled value does not.
        assert np.corrcoef(drawn[:, 0], [row.epoch for row in rows])[0, 1] == pytest.approx(1)
        assert np.corrcoef(drawn[:, 1], [getattr(row, name) for row in rows])[0, 1] == pytest.approx(-1)
    losses = [points(tmp_path / "curves-vec.svg", name)[0, 1] for name in ("train_loss", "valid_loss")]
    assert losses[0] < losses[1], "the larger loss is drawn higher: both stand on one axis"
    text = (tmp_path / "curves-vec.svg").read_text()
    assert all(word in text for word in (">epoch<", "nats", ">0.7500<", ">75.00%<", "your version"))
    assert not list(tmp_path.glob("*.part"))


def test_the_newest_is_drawn_unless_one_is_named(tmp_path: Path) -> None:
    for age, name in enumerate(("loop", "vec")):
        (tmp_path / f"curves-{name}.csv").write_text(GOOD)
        os.utime(tmp_path / f"curves-{name}.csv", (1e9 - age, 1e9 - age))
    assert "curves-loop.png" in plot(tmp_path).stdout
    other = tmp_path / "mine.csv"
    other.write_text(GOOD.replace(",seconds", "").replace(",0.1\n", "\n"))
    assert "mine.png" in plot(tmp_path, "--csv", str(other)).stdout


def test_without_a_csv_the_command_is_named(tmp_path: Path) -> None:
    done = plot(tmp_path)
    assert done.returncode == 2 and "make train VERSION=learning_curves" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr and max(map(len, done.stderr.splitlines())) <= 80
    done = plot(tmp_path, "--csv", "no/such.csv")
    assert done.returncode == 2 and "no/such.csv: cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: the names of the columns stand here, and epoch is missing"),
        (GOOD.replace("valid_loss", "loss"), "line 1: the names of the columns stand here, and valid_loss is missing"),
        (HEAD, "holds no epoch"),
        (HEAD + "1,1.5,1.25,0.5,0.1\n2,1.0\n", "line 3: it does not have as many cells"),
        (HEAD + "1,1.5,1.25,0.5,0.1,9\n", "line 2: it does not have as many cells"),
        (HEAD + "1,abc,1.25,0.5,0.1\n", "line 2: train_loss is 'abc', which is not a number"),
        (HEAD + "1,1.5,,0.5,0.1\n", "line 2: valid_loss is '', which is not a number"),
        (HEAD + "1,1.5,nan,0.5,0.1\n", "line 2: valid_loss is nan; a finite number"),
        (HEAD + "1,1.5,inf,0.5,0.1\n", "line 2: valid_loss is inf; a finite number"),
        (HEAD + "1,-1.5,1,0.5,0.1\n", "line 2: train_loss is -1.5; a finite number"),
        (HEAD + "1,1.5,1,76.6,0.1\n", "line 2: valid_accuracy is 76.6; it is a fraction"),
        (HEAD + "1,1.5,1,0.5,0.1\n1,1.5,1,0.5,0.1\n", "line 3: epoch is 1; it is a whole number that grows"),
        (HEAD + "1.5,1.5,1,0.5,0.1\n", "line 2: epoch is 1.5; it is a whole number"),
        (HEAD + '1,"1.5,1,0.5,0.1\n', "line 2: "),
    ],
)
def test_a_malformed_csv_is_refused_with_its_line(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "curves-bad.csv"
    path.write_text(text)
    with pytest.raises(UserError) as error:
        read_curves(path)
    assert problem in str(error.value) and str(path) in str(error.value) and "make train" in str(error.value)


def test_what_is_not_text_is_refused_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "curves-bad.csv").write_bytes(b"\x89PNG\xff\xfe")
    done = plot(tmp_path)
    assert done.returncode == 2 and "it is not text" in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.png"))


@pytest.mark.skipif(not (ROOT / "solutions").is_dir(), reason="a student's copy has no solutions/")
def test_step_2_is_drawn_from_what_train_with_validation_returns(tmp_path: Path) -> None:
    environment = {**os.environ, "FASHION_MNIST_DIR": str(ROOT / "data" / "sample")}
    for program in ("train", "train_curves_solutions"):
        command = [BUILD / program, "--epochs", "2", "--csv", tmp_path / f"curves-{program}.csv"]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    loop, own = (read_curves(tmp_path / f"curves-{name}.csv") for name in ("train", "train_curves_solutions"))
    figures = [np.array([[getattr(row, name) for name in FIGURES] for row in rows]) for rows in (loop, own)]
    np.testing.assert_allclose(*figures, rtol=1e-12)
    assert own[0].seconds is None and loop[0].seconds is not None
    assert plot(tmp_path).returncode == 0
