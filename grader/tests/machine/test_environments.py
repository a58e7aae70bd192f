"""The machine is never the student's fault: in odd environments the answers earn full marks, or an `error` says what to do.

Run by pytest (`make test`); needs the built grader. The launchers are in grader/tests/launchers/."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from grader.common.build_facts import ROOT, read_build
from grader.tests.support.corpus_support import SOLUTIONS, build_folder

pytestmark = pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
LAUNCHER = build_folder() / "without_seccomp"
WITHOUT_LOCKS = build_folder() / "without_locks"
ONLY = "softmax_batch"
LOWER = {  # than the grader's own limits, and hard, so that raising them is refused
    "cpu": (resource.RLIMIT_CPU, 500),
    "stack": (resource.RLIMIT_STACK, 4 << 20),
    "files": (resource.RLIMIT_NOFILE, 48),
    "file size": (resource.RLIMIT_FSIZE, 60_000 << 10),
    "memory": (resource.RLIMIT_AS, 3_000_000 << 10),
}


def grade(out: Path, *options: str, launcher: tuple[str, ...] = (), **more: Any) -> subprocess.CompletedProcess[str]:
    command = [*launcher, sys.executable, "-m", "grader.grade", str(SOLUTIONS), "--build", str(build_folder())]
    command += ["--out", str(out), "--only", ONLY, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, **more)


def score(out: Path) -> tuple[float, float]:
    report = json.loads((out / "report.json").read_text())
    return report["score"], report["max_score"]


@pytest.mark.skipif(not LAUNCHER.exists(), reason="built without libseccomp")
class TestWithoutSeccomp:
    def test_the_grade_goes_on_and_says_what_is_missing(self, tmp_path: Path) -> None:
        done = grade(tmp_path, launcher=(str(LAUNCHER),))
        assert done.returncode == 0 and score(tmp_path) == (2, 2), done.stdout + done.stderr
        assert "; no seccomp; no sandbox" in done.stdout
        assert "seccomp" not in json.loads((tmp_path / "report.json").read_text())["protections"]

    @pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not here")
    def test_with_the_sandbox_it_stops(self, tmp_path: Path) -> None:
        done = grade(tmp_path, "--sandbox", launcher=(str(LAUNCHER),))
        if "bubblewrap does not work here" in done.stderr:
            pytest.skip("no user namespaces here")
        assert done.returncode == 2 and "refuses a seccomp filter" in " ".join(done.stderr.split())
        assert not (tmp_path / "report.json").exists()

    def test_a_worker_that_must_be_confined_and_is_not_is_the_graders_fault(self, tmp_path: Path) -> None:
        """The judge asks the worker itself, whatever was found out before."""
        assert grade(tmp_path).returncode == 0
        settings = json.loads((tmp_path / "judge" / f"{ONLY}-parity.json").read_text())
        results = tmp_path / "results"
        (tmp_path / "settings").write_text(json.dumps({**settings, "must_be_confined": True, "results": str(results)}))
        judge = [read_build(build_folder()).judge, f"[{ONLY}][parity]", "--settings", str(tmp_path / "settings")]
        subprocess.run([str(LAUNCHER), *judge], stdout=subprocess.DEVNULL, timeout=60)
        items = [json.loads(line) for line in results.read_text().splitlines()]
        assert {item["status"] for item in items} == {"error"} and "shut itself in" in str(items[0]["message"])


UNSHARED = ["unshare", "--map-root-user", "--mount"]
MAY_MOUNT = subprocess.run([*UNSHARED, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode == 0
MAY_BE_ANYBODY = os.geteuid() == 0 and shutil.which("setpriv") is not None


def check_that_nothing_is_charged(done: subprocess.CompletedProcess[str], report: Path, words: str) -> None:
    """Either there is no report, or what could not be judged counts neither way; it is said why, in a sentence."""
    said = " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in said and not any(line in said for line in ("does not compile", "too deep")), said
    assert done.returncode == (0 if report.exists() else 2), said
    assert words in said or (report.exists() and words in report.read_text()), said
    items = json.loads(report.read_text())["items"] if report.exists() else []
    assert "fail" not in {item["status"] for item in items} and sum(i["points"] for i in items) in (0, 2)


@pytest.mark.skipif(not MAY_MOUNT, reason="no file system can be mounted here")
@pytest.mark.parametrize("size", [4, 20, 60, 200, 700, 1500])
def test_a_full_disk_costs_nothing_and_is_forgotten(size: int, tmp_path: Path) -> None:
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    command = f"{sys.executable} -m grader.grade {SOLUTIONS} --build {build_folder()} --out {disk}/out"
    command += f" --only {ONLY}"
    script = f"""mount -t tmpfs -o size={size}k tmpfs {disk}
        {command} >{kept}/said 2>&1; echo $? >{kept}/code; cp {disk}/out/report.json {kept} || true
        mount -o remount,size=100m {disk} && {command} >&2 && cp {disk}/out/report.json {kept}/again"""
    later = subprocess.run([*UNSHARED, "sh", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (kept / "again").exists(), later.stderr
    done = subprocess.CompletedProcess(command, int((kept / "code").read_text()), (kept / "said").read_text(), "")
    if not (kept / "report.json").exists() or json.loads((kept / "report.json").read_text())["score"] != 2:
        check_that_nothing_is_charged(done, kept / "report.json", "the disk is full")
        assert f"{disk}/out" in "".join((kept / name).read_text() for name in os.listdir(kept)).replace("\n", "")
    assert json.loads((kept / "again").read_text())["score"] == 2


@pytest.mark.skipif(not MAY_BE_ANYBODY, reason="only root can grade as a user who has no other process")
@pytest.mark.parametrize("most", [1, 3, 5, 7, 9, 10, 11, 12])
def test_where_no_process_is_left_nothing_is_charged(most: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        out = Path(folder) / "out"
        nobody = ("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups", "prlimit", f"--nproc={most}")
        done = grade(out, launcher=nobody)
        if not (out / "report.json").exists() or score(out) != (2, 2):
            check_that_nothing_is_charged(done, out / "report.json", "")
        assert grade(out).returncode == 0 and score(out) == (2, 2), "it was remembered"


@pytest.mark.skipif(not WITHOUT_LOCKS.exists(), reason="built without libseccomp")
def test_a_folder_that_knows_no_locks_is_graded_in(tmp_path: Path) -> None:
    done = grade(tmp_path, launcher=(str(WITHOUT_LOCKS),))
    assert done.returncode == 0 and score(tmp_path) == (2, 2), done.stdout + done.stderr


@pytest.mark.parametrize("name", LOWER)
def test_a_lower_limit_of_the_machine_is_kept(name: str, tmp_path: Path) -> None:
    kind, most = LOWER[name]
    done = grade(tmp_path, preexec_fn=lambda: resource.setrlimit(kind, (most, most)))
    assert done.returncode == 0 and score(tmp_path) == (2, 2), done.stdout + done.stderr


def test_a_reader_that_has_enough_leaves_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} -m grader.grade {SOLUTIONS} --build {build_folder()} --out {tmp_path} --only {ONLY} | head -1"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert done.stderr == ""
