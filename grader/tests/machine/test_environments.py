"""The machine is never the student's fault: in odd environments the answers earn full marks, or an `error` says what to do.

Run by pytest (`make test`); needs the built grader. The launchers are in grader/tests/launchers/."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT, read_build
from grader.tests.support.corpus_support import SOLUTIONS, build_folder
from grader.tests.support.machine_support import ONLY, earns_all, grade, mounting, score

pytestmark = pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
LAUNCHER = build_folder() / "without_seccomp"
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
