"""make release: what students get holds no answer, is the same whoever makes it, and grades itself.

The lab that is released is a repository of its own, with the files as they are here, committed or not."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.tests.support.answer_support import PEERS, answers_in, nameless_pieces, telling_pieces

NAMES = ("softmax-lab.tar.gz", "softmax-lab.zip", "template.bundle")
DAY = "1700000000"
IDENTITY = {f"GIT_{who}_{what}": "somebody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str) -> str:
    settings = {**os.environ, **IDENTITY, "GIT_COMMITTER_DATE": f"@{DAY} +0200", "GIT_AUTHOR_DATE": f"@{DAY} +0200"}
    done = subprocess.run(["git", "-C", str(folder), *arguments], env=settings, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole lab, with a history that knows the answers, too."""
    folder = tmp_path_factory.mktemp("lab") / "lab"
    for file in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").rstrip("\0").split("\0"):
        if (ROOT / file).exists():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
    git(folder, "init", "--quiet")
    for message in ("first", "second"):
        git(folder, "add", "--all", "--force")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return folder


def release(lab: Path, out: Path, *more: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader.classroom.release", "--out", str(out), *more]
    return subprocess.run(command, cwd=lab, env={**os.environ, **settings}, capture_output=True, text=True)


@pytest.fixture(scope="module")
def released(lab: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("released")
    done = release(lab, out)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.replace(str(out), "build/release").splitlines())) <= 80
    return out


@pytest.fixture(scope="module")
def copies(released: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What a student unpacks or clones from each of the three."""
    folders = {name: tmp_path_factory.mktemp("copy") for name in NAMES}
    with tarfile.open(released / NAMES[0]) as archive:
        archive.extractall(folders[NAMES[0]])
    with zipfile.ZipFile(released / NAMES[1]) as packed:
        packed.extractall(folders[NAMES[1]])
        for member in packed.infolist():  # which Python leaves out, and unzip does not
            mode = member.external_attr >> 16 & 0o777
            (folders[NAMES[1]] / member.filename).chmod(mode or (0o755 if member.is_dir() else 0o644))
    git(released, "clone", "--quiet", str(released / NAMES[2]), str(folders[NAMES[2]] / "softmax-lab-1.0"))
    return {name: folder / "softmax-lab-1.0" for name, folder in folders.items()}


def contents(folder: Path) -> dict[str, tuple[bytes, bool]]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {str(file.relative_to(folder)): (file.read_bytes(), os.access(file, os.X_OK)) for file in files}


# --- no answer --------------------------------------------------------------------------------------------------------


def test_no_file_of_a_copy_holds_an_answer(copies: dict[str, Path]) -> None:
    assert len(telling_pieces()) > 50
    for folder in copies.values():
        assert answers_in(folder) == []


def test_the_history_is_one_commit_without_a_parent_and_holds_no_answer(
    copies: dict[str, Path], tmp_path: Path
) -> None:
    clone = copies["template.bundle"]
    assert git(clone, "rev-list", "--all", "--parents").split() == [git(clone, "rev-parse", "HEAD").strip()]
    assert git(clone, "fsck", "--unreachable", "--strict") == ""
    everything = ["git", "-C", str(clone), "cat-file", "--batch-all-objects", "--batch"]
    (tmp_path / "objects").write_bytes(subprocess.run(everything, capture_output=True, check=True).stdout)
    assert answers_in(tmp_path) == []
    assert "somebody" not in git(clone, "log", "--format=fuller")


@pytest.mark.parametrize("piece", sorted(telling_pieces()))
def test_the_search_finds_each_piece_of_an_answer(piece: str, tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("x" + " \n".join(piece) + "x")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(b"\0" + piece.encode()))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0tEXt\0" + piece.encode() + b"\xff")
    quoted = piece.replace('"', '\\"')
    (tmp_path / "fr.po").write_text(f'msgstr ""\n"{quoted[:5]}"\n"{quoted[5:]}\\n"\n')
    assert {file for file, found in answers_in(tmp_path) if found == piece} == {
        path.name for path in tmp_path.iterdir()
    }


@pytest.mark.parametrize("piece", sorted(nameless_pieces()))
def test_the_search_finds_each_line_whatever_its_variables_are_called(piece: str, tmp_path: Path) -> None:
    renamed = re.sub(r"(?<![\w.])(?!np\b)([a-zA-Z]\w*)(?![\w(])", r"my_\1", piece)
    (tmp_path / "text.md").write_text(f"It is `{renamed}`.\n")
    (tmp_path / "code.py").write_text("def f():\n    return " + piece.replace(", ", ",\n        ") + "  # so\n")
    (tmp_path / "stub.cpp").write_text(f"// So: {renamed}\n")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(renamed.encode()))
    assert {file for file, found in answers_in(tmp_path) if found == piece} == {
        path.name for path in tmp_path.iterdir()
    }


def test_the_search_finds_the_answers_in_the_lab_itself(lab: Path, tmp_path: Path) -> None:
    files = {file for file, _ in answers_in(lab / "solutions")}
    assert files == {path.name for path in (lab / "solutions").iterdir()}
    assert {file for file, _ in answers_in(lab / "grader" / "experiments" / "bench")} == {path.name for path in PEERS}
    for file in ("reference/softmax_reg_vec.py", "solutions/softmax_batch.cpp", "solutions/evaluate.cpp"):
        shutil.copy(lab / file, tmp_path)
    (tmp_path / "evaluate.cpp").write_text((tmp_path / "evaluate.cpp").read_text().replace("NUMPY ", ""))
    found = answers_in(tmp_path)
    assert {file for file, piece in found if piece in nameless_pieces()} == {path.name for path in tmp_path.iterdir()}


def test_what_only_instructors_have_stays_with_them(copies: dict[str, Path]) -> None:
    files = contents(copies["template.bundle"])
    rooms = ("solutions/", "grader/classroom/", "grader/maintenance/", "grader/tests/corpus/", "grader/tests/legality/")
    assert not [file for file in files if file.startswith(rooms)]
    assert "reference/softmax_reg_vec.py" not in files and "grader/tests/report/test_page.py" in files
    stubs = {name: content for name, content in files.items() if name.startswith("exercises/")}
    assert stubs and all(files[f"grader/tutor/stubs/{name.split('/')[1]}"] == stub for name, stub in stubs.items())
    assert {".github/workflows/grade.yml", ".gitlab-ci.yml", "handout.md", "handout.fr.md", "Makefile"} <= files.keys()


def test_the_readme_of_a_copy_names_only_what_is_there(copies: dict[str, Path]) -> None:
    for copy in copies.values():
        text = (copy / "README.md").read_text(encoding="utf-8")
        assert "solutions" not in text and "make release" not in text
        named = re.findall(r"`([\w./]+(?:/|\.md|\.toml)|LICENSE)`", text)
        assert {"handout.md", "exercises/"} <= set(named) and all((copy / name).exists() for name in named), named


def test_each_line_of_the_list_leaves_something_out(lab: Path) -> None:
    lines = (lab / "grader" / "classroom" / "left_out.gitattributes").read_text().splitlines()
    patterns = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert len(patterns) > 10
    assert [pattern for pattern in patterns if not git(lab, "ls-files", f":(glob){pattern}")] == []


# --- the same bytes, the same files -----------------------------------------------------------------------------------


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in NAMES}


def test_the_same_commit_gives_the_same_bytes_whoever_makes_it(lab: Path, released: Path, tmp_path: Path) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[user]\nname = Me\nemail = me@x\n[core]\nautocrlf = true\nfileMode = false\n[commit]\ngpgSign = true\n"
        "[init]\ndefaultBranch = trunk\n[tar]\numask = 077\n[pack]\nthreads = 4\n[gc]\nauto = 1\n"
    )
    clone = tmp_path / "a folder with spaces"
    git(tmp_path, "clone", "--quiet", str(lab), str(clone))
    for file in clone.rglob("*.cpp"):
        os.utime(file, (1, 1))
    machine = {"GIT_CONFIG_GLOBAL": str(settings), "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "GIT_DIR": "/nowhere"}
    umask = os.umask(0o077)
    try:
        done = release(clone, tmp_path / "out", **machine)
    finally:
        os.umask(umask)
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "out") == digests(released)


def test_the_date_is_that_of_the_commit_or_of_source_date_epoch(lab: Path, released: Path, tmp_path: Path) -> None:
    def dates(folder: Path) -> set[object]:
        with tarfile.open(folder / NAMES[0]) as archive, zipfile.ZipFile(folder / NAMES[1]) as packed:
            owners = {(member.uname, member.gname, member.uid, member.gid) for member in archive}
            assert owners == {("root", "root", 0, 0)}
            return {member.mtime for member in archive} | {member.date_time for member in packed.infolist()}

    assert dates(released) == {int(DAY), (2023, 11, 14, 22, 13, 20)}
    assert release(lab, tmp_path, SOURCE_DATE_EPOCH="1600000000").returncode == 0
    assert dates(tmp_path) == {1600000000, (2020, 9, 13, 12, 26, 40)}


def test_the_three_hold_the_same_files(copies: dict[str, Path]) -> None:
    first, *others = (contents(folder) for folder in copies.values())
    assert len(first) > 200 and first["grader/find_python"][1] and not first["Makefile"][1]
    assert all(other == first for other in others)


# --- refused with a sentence ------------------------------------------------------------------------------------------


def refused(lab: Path, out: Path, **settings: str) -> str:
    done = release(lab, out, **settings)
    assert done.returncode == 2 and done.stdout == "", done.stdout
    assert "Traceback" not in done.stderr and max(map(len, done.stderr.splitlines())) <= 80 + len(str(lab))
    assert not out.exists()
    return " ".join(done.stderr.split())


@pytest.fixture
def another(lab: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", str(lab), str(tmp_path / "lab"))
    return tmp_path / "lab"


def test_a_release_of_a_release_is_refused(another: Path, copies: dict[str, Path], tmp_path: Path) -> None:
    shutil.rmtree(another / "solutions")
    assert "it is a student's copy already" in refused(another, tmp_path / "out")
    for target in ("release", "stubs", "class", "regrade", "gradescope", "calibrate"):
        done = subprocess.run(
            ["make", target, "BUILD=none"], cwd=copies["template.bundle"], capture_output=True, text=True
        )
        said = " ".join(done.stdout.split())
        assert done.returncode == 2 and f"make {target}: this is a student's copy, which has no solutions/." in said
        assert not (copies["template.bundle"] / "none").exists(), "nothing is built for it"


def test_changes_that_no_commit_has_are_refused_by_name(another: Path, tmp_path: Path) -> None:
    (another / "new.txt").write_text("new\n")
    assert release(another, tmp_path / "clean").returncode == 0, "what git does not know is not released"
    with (another / "handout.md").open("a") as file:
        file.write("more\n")
    said = refused(another, tmp_path / "out")
    assert "lacks the changes in 1 files, such as handout.md" in said and "git commit" in said


def test_without_git_it_says_what_to_do(another: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "apt-get install git" in refused(another, tmp_path / "out", PATH=str(tmp_path / "empty"))
    shutil.rmtree(another / ".git")
    assert "is no checkout of git" in refused(another, tmp_path / "out")


def test_assistants_are_told_how_far_they_may_help(lab: Path, copies: dict[str, Path], tmp_path: Path) -> None:
    assert "You may not solve" in (copies[NAMES[0]] / "AGENTS.md").read_text()
    assert release(lab, tmp_path, "--assistant", "strict").returncode == 0
    with tarfile.open(tmp_path / NAMES[0]) as archive:
        rules = archive.extractfile("softmax-lab-1.0/AGENTS.md")
        assert rules and b"no assistant helps" in rules.read()
    refused = release(lab, tmp_path, "--assistant", "../tutor")
    assert refused.returncode == 2 and "ASSISTANT=../tutor: " in refused.stderr
    assert "open, strict, tutor" in " ".join(refused.stderr.split())


def test_a_date_that_is_none_is_refused(lab: Path, tmp_path: Path) -> None:
    assert "SOURCE_DATE_EPOCH=today" in refused(lab, tmp_path / "out", SOURCE_DATE_EPOCH="today")


# --- a fresh copy -----------------------------------------------------------------------------------------------------


# It builds the lab once more, which takes minutes: for whoever is about to hand out a copy.
@pytest.mark.skipif("LAB_FRESH_COPY" not in os.environ, reason="LAB_FRESH_COPY=1 asks for it")
def test_a_fresh_copy_grades_itself_and_all_is_to_do(copies: dict[str, Path]) -> None:
    copy = copies["softmax-lab.zip"]
    done = subprocess.run(["make", "grade"], cwd=copy, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 / 20" in done.stdout and "Nothing is written yet. Start here:" in done.stdout
