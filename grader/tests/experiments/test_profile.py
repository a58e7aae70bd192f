"""make profile: perf, callgrind and gprof on the real programs; where a tool is not there, on what it once said."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.common.build_facts import ROOT
from grader.experiments import profile_tools

BUILD = Path(os.environ.get("LAB_BUILD", ROOT / "build"))
PROGRAM = BUILD / "train"  # the loop version, which needs no file of the student's
PERF = """\
# Overhead;Samples;Shared Object;Symbol
 42.09% ; 2574       ;libopenblasp-r0.3.21.so;[.] dgemm_kernel_HASWELL
 2.47%  ; 151        ;libm.so.6              ;[.] __ieee754_exp_fma
 1.46%  ; 89         ;train_vec              ;[.] arma::eop_core<arma::eop_scalar_times>::apply<arma::Mat<double> >
 0.52%  ; 52         ;libm.so.6              ;[.] exp@@GLIBC_2.29
 0.70%  ; 43         ;[kernel.kallsyms]      ;[k] finish_task_switch.isra.0
 0.57%  ; 35         ;libz.so.1.2.13         ;[.] 0x000000000000ab68
 0.51%  ; 33         ;train_vec              ;[.] arma::eop_core<arma::eop_exp>::apply<arma::Mat<double> >
"""
CALLGRIND = """\
431,084,097 (100.0%)  PROGRAM TOTALS
154,502,326 (35.84%)  ???:dgemm_kernel_HASWELL [/usr/lib/openblas/libopenblasp-r0.3.21.so]
 21,173,915 ( 4.91%)  ???:crc32_z [/usr/lib/x86_64-linux-gnu/libz.so.1.2.13]
  4,172,062 ( 0.97%)  ./math/../sysdeps/ieee754/dbl-64/e_exp.c:__ieee754_exp_fma
  2,794,512 ( 0.65%)  ???:softmax_batch(arma::Mat<double> const&) [/lab/build/train_vec]
"""


@pytest.fixture(scope="module")
def few_images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a training on 200 images."""
    folder = tmp_path_factory.mktemp("few")
    for path in (ROOT / "data" / "sample").glob("*.gz"):
        raw = gzip.decompress(path.read_bytes())
        head, item = (16, 784) if "idx3" in path.name else (8, 1)
        header = raw[:4] + np.array([200], dtype=">u4").tobytes() + raw[8:head]
        (folder / path.stem).write_bytes(header + raw[head : head + 200 * item])
    return {**os.environ, "FASHION_MNIST_DIR": str(folder)}


def show(version: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader.experiments.profile", "show", str(BUILD), version]
    settings = {**os.environ, "COLUMNS": "80", **environment}
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=300)


def shares(rows: list[profile_tools.Row]) -> dict[str, float]:
    assert sum(row.share for row in rows) == pytest.approx(1)
    assert [row.share for row in rows] == sorted((row.share for row in rows), reverse=True)
    return {row.name: row.share for row in rows}


def test_a_report_of_perf_is_read() -> None:
    lines = filter(None, map(profile_tools.PERF_LINE.match, PERF.splitlines()))
    found = shares(profile_tools.rows(lines))
    total = 2574 + 151 + 89 + 52 + 43 + 35 + 33
    assert found["dgemm_kernel_HASWELL (BLAS)"] == pytest.approx(2574 / total)
    assert found["exp, log (libm)"] == pytest.approx((151 + 52) / total)
    assert found["arma::eop_core::apply"] == pytest.approx((89 + 33) / total)
    assert found["the system (kernel)"] == pytest.approx(43 / total)
    assert found["reading the data"] == pytest.approx(35 / total)


def test_a_report_of_callgrind_is_read() -> None:
    lines = filter(None, map(profile_tools.CALLGRIND_LINE.match, CALLGRIND.splitlines()))
    found = shares(profile_tools.rows(lines))
    assert list(found) == ["dgemm_kernel_HASWELL (BLAS)", "reading the data", "exp, log (libm)", "softmax_batch"]


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("loops::linear", "loops::linear"),
        ("softmax_batch(arma::Mat<double> const&)", "softmax_batch"),
        ("void arma::op_max::apply<double>(arma::Mat<double>&) [clone .isra.0]", "arma::op_max::apply"),
        ("arma::each1<arma::Mat<double>, 0u>::operator+=<arma::Mat<double> >", "arma::each1::operator+="),
    ],
)
def test_cpp_names_are_shortened(symbol: str, name: str) -> None:
    assert profile_tools.short(symbol) == name


@pytest.mark.thorough
def test_perf_finds_the_loops() -> None:
    try:
        trial = ["perf", "record", "-q", "-F", "1000", "-o", "/dev/null", "--", "true"]
        subprocess.run(trial, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("perf does not work here")
    # Of 40 epochs: on a busy machine reading the data, which is done once, took more samples than ten of them.
    profile = profile_tools.perf(PROGRAM, 40, {**os.environ, "FASHION_MNIST_DIR": str(ROOT / "data" / "sample")})
    assert profile and {row.name for row in profile.rows[:2]} == {"loops::linear", "loops::gradient"}


@pytest.mark.thorough
def test_callgrind_finds_the_loops(few_images: dict[str, str]) -> None:
    if not shutil.which("valgrind"):
        pytest.skip("valgrind is not here")
    profile = profile_tools.callgrind(PROGRAM, few_images)
    assert profile and profile.measured == "instructions"
    assert {row.name for row in profile.rows[:2]} == {"loops::linear", "loops::gradient"}


def test_without_perf_the_loop_version_has_gprof(tmp_path: Path) -> None:
    (tmp_path / "perf").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "perf").chmod(0o755)
    done = show("loop", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    assert "measured by gprof" in done.stdout
    rows = re.findall(r"^ +([\d.]+)% +#* +([\d,]+) +loops::(\w+) *$", done.stdout, re.MULTILINE)
    found = json.loads((BUILD / "profile.json").read_text())
    assert [name for _, _, name in rows] == [row["name"] for row in found]
    assert [int(calls.replace(",", "")) for _, calls, _ in rows] == [row["calls"] for row in found]
    assert (BUILD / "profile.log").read_text() == (BUILD / "gprof.log").read_text()
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_stub_is_named_with_the_next_action() -> None:
    if "NotImplemented" not in (ROOT / "exercises" / "softmax_batch.cpp").read_text():
        pytest.skip("exercises/ is not the stubs")
    done = show("vec")
    assert done.returncode == 2 and "softmax_batch.cpp is still to do: write it" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
