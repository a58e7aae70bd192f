"""make bench, on few images and in one round: every version that is here trains alike, and stands in table and picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.experiments.bench import measure
from grader.machine.blas import ONE_THREAD

BUILD = Path(os.environ.get("LAB_BUILD", ROOT / "build"))
ENVIRONMENT = {**os.environ, **ONE_THREAD, "FASHION_MNIST_DIR": str(ROOT / "data" / "sample")}


@pytest.fixture(autouse=True, scope="module")
def is_built() -> None:
    if not (BUILD / "bench_epochs").is_file():
        pytest.skip("make bench builds its program")


def test_every_version_has_the_loss_of_the_loops() -> None:
    runners = {python: measure.Runner(command, 200, ENVIRONMENT) for python, command in measure.commands(BUILD).items()}
    expected = runners[False].ask("loops", 200, 10, 64).loss
    for peer in measure.PEERS:
        if peer.request in ("read", "sklearn"):  # these train nothing, or something else
            continue
        try:
            assert runners[peer.python].ask(peer.request, 200, 10, 64).loss == pytest.approx(expected, rel=1e-5), peer
        except measure.Missing:
            assert peer.package
    with pytest.raises(measure.Missing):
        runners[False].ask("fortran", 200)
    for runner in runners.values():
        runner.close()


@pytest.mark.thorough
def test_the_table_and_the_picture_are_there() -> None:
    command = [
        sys.executable,
        "-m",
        "grader.experiments.bench",
        "--build",
        str(BUILD),
        "--images",
        "1000",
        "--rounds",
        "1",
    ]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in ("the BLAS floor", "the loop version", "NumPy, loops", "microseconds"))
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert (BUILD / "bench.png").stat().st_size > 10000
