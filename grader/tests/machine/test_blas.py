"""Kernels of BLAS that compute wrong numbers or crash are never chosen; where all do, grade and doctor say what to do.

Run by pytest (`make test`); needs the built grader and compiles grader/tests/launchers/wrong_blas.cpp."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT, read_build
from grader.common.tool import UserError
from grader.machine import blas
from grader.machine.doctor import compiler
from grader.tests.support.corpus_support import SOLUTIONS, build_folder

LAB = read_build(build_folder())
WRONG_BLAS = ROOT / "grader" / "tests" / "launchers" / "wrong_blas.cpp"
Preload = Callable[..., str]


# What /proc/cpuinfo says there.
ALTRA = """processor	: 0
BogoMIPS	: 50.00
Features	: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp ssbs
CPU implementer	: 0x41
CPU architecture: 8
CPU variant	: 0x3
CPU part	: 0xd0c
CPU revision	: 1

processor	: 1
BogoMIPS	: 50.00
"""
RASPBERRY = """processor	: 0
BogoMIPS	: 108.00
Features	: fp asimd evtstrm crc32 cpuid
CPU implementer	: 0x41
CPU architecture: 8
CPU variant	: 0x0
CPU part	: 0xd08
CPU revision	: 3

Hardware	: BCM2835
Revision	: c03112
Model		: Raspberry Pi 4 Model B Rev 1.2
"""
EPYC = """processor	: 0
vendor_id	: AuthenticAMD
model name	: AMD EPYC 7763 64-Core Processor
flags		: fpu sse sse2 ssse3 fma sse4_1 sse4_2 avx sse4a avx2
"""
PROCESSORS = {
    "aarch64, Ampere Altra": (ALTRA, "0x41:0xd0c", ["NEOVERSEN1", "CORTEXA57", "ARMV8"]),
    "aarch64, Raspberry Pi 4": (RASPBERRY, "0x41:0xd08", ["CORTEXA57", "ARMV8"]),
    "aarch64, emulated": (EPYC, "AMD EPYC 7763 64-Core Processor", []),
    "x86_64, AMD EPYC": (EPYC, "AMD EPYC 7763 64-Core Processor", ["Zen", "Haswell", "Sandybridge", "Nehalem"]),
}


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(blas.VARIABLE, raising=False)


def script(file: Path, text: str) -> str:
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return str(file)


def library(
    folder: Path, kernels: str = "", function: str = "dgemm", crashes: bool = False, openblas: bool = True
) -> Path:
    file = folder / "libwrong.so"
    values = {"KERNELS": f'"{kernels}"', "FUNCTION": f'"{function}"', "CRASHES": str(crashes).lower()}
    command = [LAB.compiler, "-std=c++17", "-shared", "-fPIC", *(f"-D{name}={value}" for name, value in values.items())]
    subprocess.run([*command, *["-DIS_OPENBLAS"] * openblas, str(WRONG_BLAS), "-o", str(file), "-ldl"], check=True)
    return file


@pytest.fixture
def probe(tmp_path: Path) -> Preload:
    """Makes a probe whose BLAS is wrong."""

    def make(*arguments: str, **more: bool) -> str:
        return script(
            tmp_path / "probe", f'LD_PRELOAD="{library(tmp_path, *arguments, **more)}" exec "{LAB.blas_probe}"'
        )

    return make


@pytest.fixture
def own() -> str:
    """The kernels that OpenBLAS takes by its own choice, where there are others to take."""
    facts = blas._probe(LAB.blas_probe, "")
    others = {*blas.kinds(platform.machine(), blas.processor()[1])} - {facts["core"]}
    if not facts["config"] or not others:
        pytest.skip("this BLAS has no kernels to choose from")
    return facts["core"]


@pytest.mark.parametrize("machine", PROCESSORS)
def test_a_processor_and_the_kernels_that_it_can_run(machine: str, tmp_path: Path) -> None:
    text, name, cores = PROCESSORS[machine]
    (tmp_path / "cpuinfo").write_text(text)
    found, features = blas.processor(tmp_path / "cpuinfo")
    assert (found, blas.kinds(machine.split(",")[0], features)) == (name, cores)


def test_the_blas_of_this_machine_is_right() -> None:
    assert blas._probe(LAB.blas_probe, "")["wrong"] == ""


@pytest.mark.thorough(one_of_each=lambda function: "function")
@pytest.mark.parametrize("function", ["dgemm", "dgemv", "dgels"])
def test_kernels_that_are_wrong_are_not_chosen(function: str, own: str, probe: Preload) -> None:
    """Even where they are the library's own choice."""
    chosen = blas.fastest(probe(own, function))
    assert chosen.core not in ("", own) and chosen.chosen_by == "grader"


def test_kernels_that_are_wrong_are_not_chosen_for_their_speed(own: str, probe: Preload) -> None:
    every = {blas._probe(LAB.blas_probe, name)["core"] for name in blas.kinds(platform.machine(), blas.processor()[1])}
    chosen = blas.fastest(probe(",".join(every - {own})))
    assert (chosen.core, chosen.chosen_by) == (own, "library")


def test_kernels_that_crash_are_survived(own: str, probe: Preload) -> None:
    chosen = blas.fastest(probe(own, crashes=True))
    assert chosen.core not in ("", own) and chosen.chosen_by == "grader"


def test_where_no_kernels_are_right_it_says_what_to_install(own: str, probe: Preload) -> None:
    with pytest.raises(UserError, match=r"OpenBLAS [\d.]+ cannot be used .*10x784 \* 784x64 has wrong.* libblis-dev"):
        blas.fastest(probe())


@pytest.mark.thorough
def test_where_all_crash_it_says_so(probe: Preload) -> None:
    with pytest.raises(UserError, match=r"crashes with it \(Illegal instruction\)\. Type: make setup"):
        blas.fastest(probe(crashes=True))


@pytest.mark.thorough
def test_another_blas_is_checked_too(probe: Preload) -> None:
    with pytest.raises(UserError, match=r"libwrong.so cannot be used .*784x10 \* 10x1 has wrong.* libopenblas-dev"):
        blas.fastest(probe(function="dgemv", openblas=False))


@pytest.mark.thorough
@pytest.mark.parametrize("crashes", [False, True])
def test_a_wish_of_the_user_for_wrong_kernels(
    crashes: bool, own: str, probe: Preload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(blas.VARIABLE, own)
    with pytest.raises(UserError, match=rf"OPENBLAS_CORETYPE={own}: .*\. Type: unset OPENBLAS_CORETYPE"):
        blas.fastest(probe(own, crashes=crashes))


@pytest.mark.thorough
@pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
def test_a_grade_stops(tmp_path: Path, probe: Preload) -> None:
    facts = json.loads((build_folder() / "lab.json").read_text())
    (tmp_path / "lab.json").write_text(json.dumps({**facts, "blas_probe": probe(function="dgemv")}))
    command = [
        sys.executable,
        "-m",
        "grader.grade",
        str(SOLUTIONS),
        "--build",
        str(tmp_path),
        "--only",
        "softmax_batch",
    ]
    done = subprocess.run([*command, "--out", str(tmp_path / "out")], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and "cannot be used on this machine: 784x10 * 10x1 has" in " ".join(done.stderr.split())
    assert not (tmp_path / "out" / "report.json").exists()


@pytest.mark.thorough
def test_the_doctor_says_the_same(tmp_path: Path, probe: Preload, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError) as stopped:
        blas.fastest(probe(function="dgemv"))
    first = f'"{tmp_path}/libwrong.so" -Wl,--no-as-needed,-rpath,"{tmp_path}"'
    linker = f'case "$*" in *blas_probe.cpp*) set -- "$@" {first};; esac\nexec "{LAB.compiler}" "$@"'
    monkeypatch.setenv("CXX", script(tmp_path / "c++", linker))
    found = list(compiler.check_libraries(tmp_path))[-1]
    assert (found.what, found.status, found.says) == ("BLAS", "PROBLEM", str(stopped.value))
