"""The judge's clock: CPU time of the workers as the kernel counts it, with none of it lost on a busy machine.

No bound on a speed: other programs can lengthen the CPU time of a call, but nothing can shorten it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from grader.tests.support import corpus_support as support

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

EPOCH = "softmax_batch,cross_entropy_loss_batch,grad_batch,train_sgd_vec"
BUSY = "import os, time\nos.nice(10)\nend = time.monotonic() + 120\nwhile time.monotonic() < end: pass"


def test_no_call_loses_its_time(tmp_path: Path) -> None:
    """On busy processors the judge wakes up before the worker has left its own, whose account is then a tick old."""
    support.grade(support.SOLUTIONS, tmp_path, "--only", EPOCH)  # compiles, which would take long beside the hogs
    hogs = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
    try:
        result = support.grade(support.SOLUTIONS, tmp_path, "--only", EPOCH)
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
    speed = next(item["speed"] for item in result.report["items"] if "speed" in item)
    for who in ("submission", "floor"):
        samples = speed[f"{who}_samples"]
        # A sample is the mean of two calls, so one that lost its time halves it.
        assert min(samples) > 0.6 * statistics.median(samples), (who, samples)
