"""Takes a submission in: copies the files of the contract, and nothing else, from a folder that may be hostile.

Called by grade.py before anything else; nothing of the submission is executed or followed here."""

from __future__ import annotations

import codecs
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.common.files import own_folder
from grader.common.language import _, tr
from grader.common.rubric import Exercise, rubric
from grader.common.tool import UserError

LARGEST_FILE = 1 << 20
LARGEST_ANSWERS = 8 << 10  # finding a line of TOML takes time by the square of their number


@dataclass(frozen=True)
class Staged:
    """One file of the submission: its copy, or in `problem` why there is none."""

    exercise: Exercise
    copy: Path
    problem: str = ""


def _read_regular(path: Path) -> bytes:
    """The bytes of a plain file; a link, a pipe, a device or a huge file is refused with a ValueError."""
    try:
        # Without waiting, since opening a pipe would wait for its other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        text = tr("{file} is missing. Restore it, from the copy of the lab that you were given", file=path.name)
        raise ValueError(text) from None
    except OSError as error:
        if path.is_symlink():
            raise ValueError(tr("{file} is a link, not a file", file=path.name)) from None
        raise ValueError(tr("{file} cannot be read ({reason})", reason=error.strerror, file=path.name)) from None
    most = LARGEST_ANSWERS if path.suffix == ".toml" else LARGEST_FILE
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise ValueError(tr("{file} is not a plain file", file=path.name))
        if facts.st_size > most:
            sizes = {"size": facts.st_size, "most": most}
            raise ValueError(tr("{file} has {size:,} bytes; at most {most:,} are read", **sizes, file=path.name))
        data = os.read(descriptor, most)
    finally:
        os.close(descriptor)
    if not data.strip():
        raise ValueError(
            tr("{file} is empty. Restore it, from the copy of the lab that you were given", file=path.name)
        )
    if _is_utf_16(data):
        raise ValueError(
            tr(
                "{file} is in UTF-16, as PowerShell and Notepad (Unicode) write it. Save it as UTF-8: in VS Code click "
                "on UTF-16 at the bottom, then Save with Encoding; in Notepad choose Save as, Encoding: UTF-8",
                file=path.name,
            )
        )
    return data


def content(file: Path) -> bytes | None:
    """What a grade takes in of a file; None where it takes nothing."""
    try:
        return _read_regular(file)
    except ValueError:
        return None


def copy_of(exercise: Exercise, out: Path) -> Path:
    """Where a grade in `out` keeps what it has read of an exercise: alone in a folder, where no other file can be
    included."""
    return out / "submission" / exercise.name / exercise.file


def _is_utf_16(data: bytes) -> bool:
    """By its mark or, without one, by its zeros: every second byte of English or French in UTF-16 is one."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return data.startswith(marks) or any(data[i::2].count(0) > len(data) // 3 for i in (0, 1))


def _deeper(folder: Path) -> Path | None:
    """The only folder within this one that holds files of a submission, as a zip unpacks it."""
    names = [f"{deep}/{exercise.file}" for exercise in rubric().exercises.values() for deep in ("*", "*/*")]
    folders = {file.parent for name in names for file in folder.glob(name)}
    return folders.pop() if len(folders) == 1 else None


def stage(folder: Path, exercises: list[Exercise], out: Path) -> list[Staged]:
    """Copies each exercise's file to its place in `out`."""
    if not folder.is_dir():
        message = _("{folder} is not a folder. SUBMISSION names the folder that holds softmax_batch.cpp and so on")
        raise UserError(message.format(folder=folder))
    # Where only some are missing, their items say so.
    files = [folder / exercise.file for exercise in rubric().exercises.values()]
    if not any(file.is_symlink() or file.exists() for file in files):
        if deeper := _deeper(folder):
            says = _("{folder} holds no submission itself. Its files are one folder deeper: SUBMISSION={deeper}")
            raise UserError(says.format(folder=folder, deeper=deeper))
        wanted = ", ".join(exercise.file for exercise in exercises[:3]) + (", ..." if len(exercises) > 3 else "")
        message = _(
            "{folder} holds no {wanted}. Is it the folder of a submission, as {lab}/exercises is? Then restore what is "
            "missing, from the copy of the lab that you were given"
        )
        raise UserError(message.format(folder=folder, wanted=wanted, lab=ROOT.name))
    staged = []
    for exercise in exercises:
        copy = copy_of(exercise, out)
        own_folder(own_folder(out / "submission") / exercise.name)
        copy.unlink(missing_ok=True)
        try:
            copy.write_bytes(_read_regular(folder / exercise.file))
            staged.append(Staged(exercise, copy))
        except ValueError as error:
            staged.append(Staged(exercise, copy, error.args[0]))
    return staged
