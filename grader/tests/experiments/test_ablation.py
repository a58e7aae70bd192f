"""make ablation, on few images and in one round: every variant computes the same, and stands in table and picture."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from grader.common.build_facts import ROOT
from grader.common.tool import UserError
from grader.experiments.ablation import measure, variants
from grader.machine.blas import ONE_THREAD

sys.path.insert(0, str(ROOT / "reference"))
import load_fmnist  # noqa: E402
import softmax_reg  # noqa: E402

BUILD = Path(os.environ.get("LAB_BUILD", ROOT / "build"))
IMAGES = 200  # not a whole number of batches
ENVIRONMENT = {**os.environ, **ONE_THREAD}


@pytest.fixture(scope="module")
def short() -> Iterator[subprocess.CompletedProcess[str]]:
    command = [sys.executable, "-m", "grader.experiments.ablation", "--build", str(BUILD), "--images", str(IMAGES), "--rounds", "1"]
    settings = {**os.environ, "COLUMNS": "80"}
    for picture in BUILD.glob("ablation.*g"):
        picture.unlink()
    yield subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=300)


def loss_in_numpy(batch_size: int) -> float:
    """The loss of one epoch, summed over the images."""
    train = load_fmnist.load(ROOT / "data" / "sample", "train")
    few = load_fmnist.Dataset(train.images[:IMAGES], train.labels[:IMAGES])
    W, b = softmax_reg.initial_model(0)
    return IMAGES * softmax_reg.train_sgd(few, W, b, batch_size, softmax_reg.LEARNING_RATE)


@pytest.mark.thorough
def test_every_variant_trains_as_numpy_does() -> None:
    with measure.programs(BUILD, IMAGES, ENVIRONMENT) as program_of:
        for variant in measure.variants():
            size = int(variant.request.split()[1])
            rtol = 1e-5 if variant.key == "float" else 1e-10
            answer = program_of(variant).ask(variant.request)
            np.testing.assert_allclose(answer.amount, loss_in_numpy(size), rtol=rtol, err_msg=variant.key)
            assert answer.cpu > 0 and answer.wall > 0
    assert loss_in_numpy(8) != pytest.approx(loss_in_numpy(64), rel=1e-3), "the sizes of a batch differ in the loss"


def test_the_roofs_are_measured() -> None:
    with measure.programs(BUILD, 1, ENVIRONMENT) as program_of:
        program = program_of(variants.BASE)
        assert program.ask("peak 100").amount == 2 * 100**3
        assert program.ask("read 1048576").amount == 2**28
        with pytest.raises(UserError, match="ablation_O2 ended with code 1"):
            program.ask("nonsense 1")


@pytest.mark.thorough
def test_the_table_shows_every_variant(short: subprocess.CompletedProcess[str]) -> None:
    assert short.returncode == 0, short.stderr
    lines = short.stdout.splitlines()
    for variant in measure.variants():
        row = next(line for line in lines if line.strip().startswith(variant.label + "  "))
        milliseconds, ratio, middle, flops, intensity = row.replace(variant.label, "").split()
        assert float(milliseconds) > 0 and float(ratio) > 0 and float(flops) > 0 and "-" in middle
        assert float(intensity) == pytest.approx(variant.flops_per_byte, abs=0.005)
    for words in (f"One epoch of {IMAGES} images", "OpenBLAS", "GB a second"):
        assert words in short.stdout
    assert max(len(line) for line in lines if str(BUILD) not in line) <= 80 and "…" not in short.stdout


def test_the_picture_shows_every_variant(short: subprocess.CompletedProcess[str]) -> None:
    assert (BUILD / "ablation.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    names = {element.get("id") for element in ElementTree.parse(BUILD / "ablation.svg").getroot().iter()}
    for variant in measure.variants():
        assert f"cost-{variant.key}" in names
        assert variant.uses_wall_time or f"roof-{variant.key}" in names


def test_two_threads_need_two_processors() -> None:
    code = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
        "from grader.experiments.ablation.measure import variants\n"
        "print(*(variant.key for variant in variants()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "base" in done.stdout.split() and "threads" not in done.stdout.split()


def test_what_is_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ablation_O2 is missing.*make ablation"):
        with measure.programs(tmp_path, 1, ENVIRONMENT) as program_of:
            program_of(variants.BASE)


def test_each_byte_works_more_in_a_larger_batch() -> None:
    by_size = {int(v.request.split()[1]): v.flops_per_byte for v in variants.VARIANTS if v.section == variants.BATCHES}
    assert list(by_size) == [1, 8, 64, 512, 4096]
    assert list(by_size.values()) == sorted(by_size.values())
    assert by_size[4096] < variants.K / 4, "an image is fetched twice, 8 bytes a pixel, for 4 K operations a pixel"
    # By hand, for 64: 4 * 784 * 10 * 64 operations; two images, two times the logits, five times a matrix of 784 x 10.
    assert by_size[64] == pytest.approx(2007040 / (8 * (2 * 50176 + 2 * 640 + 5 * 7840)))


def test_one_epoch_that_is_held_up_changes_no_ratio() -> None:
    class Program:
        def __init__(self, *cpu: float) -> None:
            self.left = list(cpu)

        def ask(self, request: str) -> measure.Answer:
            return measure.Answer(self.left.pop(0), 0.0, 0.0)

    series, slow = measure.Series(), variants.VARIANTS[0]
    for base, own in (((0.01, 0.12), (0.75, 0.75)), ((0.12, 0.01), (0.75, 2.0)), ((0.01, 0.01), (2.0, 0.75))):
        measure._round(slow, Program(*own), Program(*base), series)  # type: ignore[arg-type]
    assert series.ratios == pytest.approx([75, 75, 75]) and series.second == 0.75


def test_the_middle_half_holds_the_median() -> None:
    series = measure.Series(seconds=[1.0, 2.0, 9.0], ratios=[1.0, 1.1, 1.2, 5.0])
    low, high = series.middle_half
    assert low == pytest.approx(1.075) and high == pytest.approx(2.15) and low < series.ratio < high
    assert series.second == 2.0
