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
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT, read_build
from grader.grade.headers import make_headers
from grader.tests.support.corpus_support import SOLUTIONS, build_folder
from grader.tests.support.machine_support import ONLY, earns_all, grade, mounting, score, others_may_enter

pytestmark = pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
LAUNCHER = build_folder() / "without_seccomp"
WITHOUT_NAMESPACES = build_folder() / "without_namespaces"
WITHOUT_LOCKS = build_folder() / "without_locks"
LOWER = {  # than the grader's own limits, and hard, so that raising them is refused
    "cpu": (resource.RLIMIT_CPU, 500),
    "stack": (resource.RLIMIT_STACK, 4 << 20),
    "files": (resource.RLIMIT_NOFILE, 48),
    "file size": (resource.RLIMIT_FSIZE, 60_000 << 10),
    "memory": (resource.RLIMIT_AS, 3_000_000 << 10),
}


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
MAY_BE_ANYBODY = os.geteuid() == 0 and shutil.which("setpriv") is not None and others_may_enter()


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that any user may write to; pytest's own are in one that only their owner enters."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        yield Path(folder)


def check_that_nothing_is_charged(done: subprocess.CompletedProcess[str], report: Path, words: str) -> None:
    """Either there is no report, or what could not be judged counts neither way; it is said why, in a sentence."""
    said = " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in said and not any(line in said for line in ("does not compile", "too deep")), said
    assert done.returncode == (0 if report.exists() else 2), said
    assert words in said or (report.exists() and words in report.read_text()), said
    items = json.loads(report.read_text())["items"] if report.exists() else []
    assert "fail" not in {item["status"] for item in items} and sum(i["points"] for i in items) in (0, 2)


@pytest.mark.skipif(not MAY_MOUNT, reason="no file system can be mounted here")
@pytest.mark.parametrize("size", [4, 60, 700])
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


@pytest.mark.skipif(not MAY_BE_ANYBODY, reason="needs root, and a lab that others may enter")
@pytest.mark.parametrize("most", [1, 5, 10])
def test_where_no_process_is_left_nothing_is_charged(most: int, everybodys: Path) -> None:
    out = everybodys / "out"
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


def test_a_tmp_where_no_program_runs(tmp_path: Path) -> None:
    """The grade does without such a /tmp, and so does the doctor; a checkout there is another thing."""
    launcher = mounting(f"-t tmpfs -o noexec tmpfs {tmp_path}")
    checks = (
        "import sys; from pathlib import Path; from grader.machine.doctor import compiler as c; b = Path(sys.argv[1])"
    )
    checks += "; print(*(f.status + ' ' + f.what for f in [*c.check_compiler(b), *c.check_libraries(b)]), sep='\\n')"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    for build, status in ((build_folder(), "OK"), (tmp_path / "build", "PROBLEM")):
        command = [*launcher, sys.executable, "-c", checks, str(build)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert f"{status} compiler" in done.stdout and f"{status} Armadillo" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(not WITHOUT_NAMESPACES.exists(), reason="built without libseccomp")
@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not here")
def test_without_namespaces_only_the_sandbox_is_missing(tmp_path: Path) -> None:
    done = grade(tmp_path / "sandbox", "--sandbox", launcher=[str(WITHOUT_NAMESPACES)])
    assert done.returncode == 2 and "bubblewrap does not work here" in " ".join(done.stderr.split())
    assert not (tmp_path / "sandbox" / "report.json").exists()
    earns_all(grade(tmp_path / "open", launcher=[str(WITHOUT_NAMESPACES)]), tmp_path / "open")


def strange_tools(folder: Path) -> str:
    """A folder of programs that have the names of the grader's tools, and fail."""
    folder.mkdir()
    for name in ("as", "ld", "prlimit", "bwrap", "gprof", "sed", "stat", "python3", "c++", "clang"):
        (folder / name).write_text("#!/bin/sh\necho strange; exit 3\n")
        (folder / name).chmod(0o755)
    return str(folder)


# By another search path the choice of BLAS is one to be kept.
NOT_KEPT = ("env", "LD_LIBRARY_PATH=/nowhere")
ODD = {
    "one processor": lambda folder: ["taskset", "-c", str(min(os.sched_getaffinity(0)))],
    "nothing but a PATH": lambda folder: ["env", "-i", "PATH=/usr/bin:/bin"],
    "an empty PATH": lambda folder: ["env", "PATH="],
    "strange tools first": lambda folder: ["env", f"PATH={strange_tools(folder / 'strange')}:{os.environ['PATH']}"],
    "no HOME": lambda folder: ["env", "-u", "HOME"],
    "a HOME that is not there": lambda folder: ["env", "HOME=/nonexistent"],
    "ASCII": lambda folder: ["env", "PYTHONIOENCODING=ascii"],
    "Latin-1": lambda folder: ["env", *locale(folder, "en_US", "ISO-8859-1")],
    "a decimal comma": lambda folder: ["env", *locale(folder, "de_DE", "UTF-8")],
    "a read-only checkout": lambda folder: [*read_only(), *NOT_KEPT],
    "another user": lambda folder: [*another_user(), *NOT_KEPT],
}


def locale(folder: Path, language: str, encoding: str) -> list[str]:
    name = f"{language}.{encoding}"
    command = ["localedef", "-i", language, "-f", encoding, str(folder / name)]
    if shutil.which("localedef") is None or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip(f"the locale {name} is not here")
    return [f"LOCPATH={folder}", f"LC_ALL={name}", "PYTHONUTF8=0"]


def read_only() -> list[str]:
    """The lab with its build, as somebody else has made them."""
    return mounting(*(option for place in {ROOT, build_folder()} for option in read_only_mount(place)))


def read_only_mount(place: Path) -> list[str]:
    return [f"--bind {place} {place}", f"-o remount,ro,bind {place}"]


def another_user() -> list[str]:
    """Who owns neither the lab nor the build, and is not in passwd."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root can become somebody else")
    trial = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups"]
    if subprocess.run([*trial, "ls", str(build_folder()), str(SOLUTIONS)], capture_output=True).returncode != 0:
        pytest.skip("the lab is in a folder of root's alone")
    return trial


@pytest.mark.parametrize("name", ODD)
def test_the_answers_earn_their_marks_where_it_is_odd(name: str, tmp_path: Path, everybodys: Path) -> None:
    make_headers(read_build(build_folder()))
    launcher = ODD[name](tmp_path)
    earns_all(grade(everybodys / "out", launcher=launcher), everybodys / "out")


@pytest.mark.parametrize("name", ["ASCII", "Latin-1"])
def test_what_a_terminal_cannot_show_costs_nothing_else(name: str, tmp_path: Path) -> None:
    """Where g++ quotes a name, and in the hint on it."""
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "softmax_batch.cpp").write_text('#include "softmax_reg_vec.hpp"\nnp x;\n')
    launcher = ODD[name](tmp_path)
    command = [*launcher, sys.executable, "-m", "grader.grade", str(tmp_path / "submission"), "--only", ONLY]
    command += ["--build", str(build_folder()), "--out", str(tmp_path)]
    hint = [*launcher, sys.executable, "-m", "grader.tutor.hint", "--report", str(tmp_path / "report.json")]
    hint += ["--memory", str(tmp_path / "hints.json"), "--build", str(build_folder())]
    for one in (command, hint):
        done = subprocess.run(one, cwd=ROOT, capture_output=True, encoding="latin-1")
        assert done.returncode == 0 and done.stderr == "", done.stderr
    grade_says = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="latin-1").stdout
    assert "'np' does not name a type" in grade_says


def test_a_build_that_takes_no_files_is_named(tmp_path: Path) -> None:
    """Where something is to be compiled first, a grade stops with a sentence; the doctor knows it, too."""
    build = tmp_path / "build"
    build.mkdir()
    shutil.copy2(build_folder() / "lab.json", build)
    (build / "CMakeCache.txt").write_text((build_folder() / "CMakeCache.txt").read_text())
    (build / "pch").mkdir()
    launcher = mounting(*read_only_mount(build))
    done = grade(tmp_path / "out", "--build", str(build), launcher=launcher)
    said = " ".join(done.stderr.split())
    assert done.returncode == 2 and f"{build}/pch/tools: Read-only file system. " in said and "Traceback" not in said
    command = [*launcher, sys.executable, "-c", "from grader.machine.doctor.machine import *; import sys; "]
    command[-1] += "print(*check_build(Path(sys.argv[1])))"
    told = subprocess.run([*command, str(build)], cwd=ROOT, capture_output=True, text=True)
    assert "PROBLEM  build" in told.stdout and "sudo rm -r" in told.stdout, told.stderr


def test_a_checkout_that_takes_no_files_names_what_to_do() -> None:
    command = [*mounting(*read_only_mount(ROOT)), "make", "-C", str(ROOT), "grade", "BUILD=nothing-here"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode != 0 and "make grade BUILD=" in done.stdout and "No such file" not in done.stderr


def test_a_build_of_others_that_is_out_of_date_names_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "CMakeCache.txt").touch()
    (tmp_path / "build.ninja").write_text("rule fail\n command = false\nbuild grader_programs: fail\n")
    command = [*mounting(*read_only_mount(tmp_path)), "make", "-C", str(ROOT), "grade", f"BUILD={tmp_path}"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode != 0 and "make grade BUILD=" in done.stdout
