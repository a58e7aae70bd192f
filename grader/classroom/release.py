"""make release: the student's copy of the lab, as OUT/softmax-lab.tar.gz, OUT/softmax-lab.zip and OUT/template.bundle.

left_out.gitattributes says what a student does not get, and student/ holds what only a student gets. The copy becomes
a repository of one commit without a past, and git makes the three files of it: the same bytes from the same commit."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.common.files import not_a_link, own_folder, replacing
from grader.common.language import _, readable
from grader.common.tool import UserError, run_tool

HERE = Path(__file__).parent
LEFT_OUT = HERE / "left_out.gitattributes"
STUDENT = HERE / "student"
ASSISTANTS = HERE / "assistants"  # the copy's AGENTS.md, by how far an assistant may help
NAME = "softmax-lab"
AUTHOR = "Softmax lab"
# Whose machine it is must not show: neither its settings, nor its zone of time, nor who calls.
SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC", "LC_ALL": "C"}
REPRODUCIBLE = (
    "-c",
    "tar.umask=022",
    "-c",
    "pack.threads=1",
    "-c",
    "tar.tar.gz.command=gzip -9 -n",
    "-c",
    "core.autocrlf=false",
)


def git(folder: Path, *arguments: str, **settings: str) -> bytes:
    """What git prints; a UserError has what it complains of."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", *REPRODUCIBLE, "-c", f"safe.directory={folder}", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, env={**environment, **SETTINGS, **settings})
    except FileNotFoundError:
        raise UserError(_("git is needed and not installed. Type: sudo apt-get install git")) from None
    if done.returncode != 0:
        says = _("`git {command}` failed in {folder}: {reason}")
        reason = done.stderr.decode(errors="replace").strip()
        raise UserError(says.format(command=" ".join(arguments), folder=folder, reason=reason))
    return done.stdout


def check(lab: Path) -> None:
    """Only a checkout of the whole lab, with nothing that its last commit does not have, can be released."""
    if not (lab / "solutions").is_dir():
        says = _("{lab} has no solutions/: it is a student's copy already, and a release is made from the whole lab")
        raise UserError(says.format(lab=lab))
    if not (lab / ".git").exists():
        says = _("{lab} is no checkout of git, which knows the files of the lab and its last commit: git clone the lab")
        raise UserError(says.format(lab=lab))
    changed = git(lab, "status", "--porcelain", "--untracked-files=no").decode(errors="replace").splitlines()
    if changed:
        says = _(
            "a release is made from the last commit, which lacks the changes in {files} files, such as {file}. Commit "
            "them (git commit -a) or set them aside (git stash)"
        )
        raise UserError(says.format(files=len(changed), file=changed[0][3:]))


def date_of(lab: Path) -> str:
    """Seconds since 1970: of SOURCE_DATE_EPOCH, as in all reproducible builds, or else of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not given.isdecimal():
        says = _("SOURCE_DATE_EPOCH={given}: a number of seconds since 1970 is needed")
        raise UserError(says.format(given=given))
    return given or git(lab, "log", "-1", "--format=%ct").decode().strip()


def version_of(lab: Path) -> str:
    found = re.search(
        r"^project\(\w+ VERSION ([\d.]+)", (lab / "CMakeLists.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert found
    return found[1]


def rules_for(assistant: str) -> Path:
    known = sorted(file.stem for file in ASSISTANTS.glob("*.md"))
    if assistant not in known:
        says = _("ASSISTANT={assistant}: how far may an assistant help? There are {known}")
        raise UserError(says.format(assistant=assistant, known=", ".join(known)))
    return ASSISTANTS / f"{assistant}.md"


def student_copy(lab: Path, copy: Path, rules: Path) -> None:
    """The last commit without what is left out, and with what only students get."""
    archive = git(lab, "-c", f"core.attributesFile={LEFT_OUT}", "archive", "--format=tar", "HEAD")
    copy.mkdir()
    subprocess.run(["tar", "-xf", "-", "-C", str(copy)], input=archive, check=True)
    shutil.copytree(STUDENT, copy, dirs_exist_ok=True)
    shutil.copytree(copy / "exercises", copy / "grader" / "tutor" / "stubs")  # for make reset
    shutil.copy(rules, copy / "AGENTS.md")


def as_repository(copy: Path, version: str, date: str) -> None:
    """One commit, whose name depends on the files and the date alone."""
    who = {f"GIT_{role}_{what}": AUTHOR for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {f"GIT_{role}_DATE": f"@{date} +0000" for role in ("AUTHOR", "COMMITTER")}
    git(copy, "init", "--quiet", "--initial-branch=main", "--template=")
    git(copy, "add", "--all", "--force")
    git(copy, "commit", "--quiet", "--message", f"Softmax regression, from loops to batches: {version}", **who, **when)


def write(copy: Path, out: Path, version: str) -> list[Path]:
    """The three files, each whole or not at all."""
    archive = ("archive", f"--prefix={NAME}-{version}/")
    ways = {
        f"{NAME}.tar.gz": (*archive, "--format=tar.gz", "--output={file}", "HEAD"),
        f"{NAME}.zip": (*archive, "--format=zip", "--output={file}", "HEAD"),
        "template.bundle": ("bundle", "create", "--quiet", "{file}", "HEAD", "main"),
    }
    files = [not_a_link(out / name) for name in ways]
    for file, command in zip(files, ways.values()):
        with replacing(file) as partial:
            git(copy, *(word.format(file=partial) if word.endswith("{file}") else word for word in command))
    return files


def release(lab: Path, out: Path, assistant: str) -> list[Path]:
    rules = rules_for(assistant)
    check(lab)
    date, version = date_of(lab), version_of(lab)
    own_folder(out)
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        copy = Path(folder) / "copy"
        student_copy(lab, copy, rules)
        as_repository(copy, version, date)
        return write(copy, out.resolve(), version)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make release", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="where the three files go")
    parser.add_argument("--assistant", default="tutor", help="how far an assistant may help: strict, tutor, open")
    return parser


def main(arguments: argparse.Namespace) -> None:
    for file in release(ROOT, arguments.out, arguments.assistant):
        print(readable(f"{arguments.out / file.name}  {file.stat().st_size / 1e6:.1f} MB"))
    print(_("For students, without answers. What to do with them: grader/classroom/README.md"))


if __name__ == "__main__":
    sys.exit(run_tool("release", parser(), main))
