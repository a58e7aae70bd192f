"""Takes a class in: from what a system packed to the folders submissions/KEY and roster.json.

What was given is only read. Paths that are written to are made of keys and of the contract's names alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from grader.classroom import roster
from grader.classroom.intake.choosing import choose
from grader.classroom.intake.archives import opened_class
from grader.classroom.intake.found import Found, Refused, composed, in_folder, is_archive, is_clutter
from grader.classroom.intake.systems import Handed, recognised
from grader.classroom.intake.worksheet import Worksheet, find_worksheet
from grader.classroom.roster import Entry, Roster
from grader.common.files import own_folder
from grader.common.language import Text, _
from grader.common.progress import Progress
from grader.common.tool import UserError


@dataclass
class TakenIn:
    """The roster, and the notes as what can be shown in the reader's language."""

    roster: Roster
    notes: dict[str, list[Text]] = field(default_factory=dict)  # by key


def submissions_of(out: Path) -> Path:
    return out / "submissions"


def _all_of(given: Path) -> list[Found]:
    """What was given: a folder, the archive that a system made, or a folder that holds this archive alone."""
    if given.is_file():
        return opened_class(given)
    files = list(in_folder(str(given)))
    tops = [file for file in files if len(file.path) == 1 and not is_clutter(file.path)]
    archives = [file for file in tops if is_archive(file.name)]
    if len(archives) == 1 and all(file.read for file in tops):
        inside = opened_class(given / archives[0].name)
        if len({file.path[0] for file in inside if not is_clutter(file.path)}) > 1:
            return inside
    return files


def _check(given: Path, out: Path) -> None:
    if not given.exists():
        says = _(
            "{given} is not there. SUBMISSIONS names the folder, or the archive, that holds what students handed in"
        )
        raise UserError(says.format(given=given))
    if given.is_file() and not is_archive(given.name):
        says = _("{given} is no folder and no archive (.zip, .tar.gz): SUBMISSIONS names what students handed in")
        raise UserError(says.format(given=given))
    if given.is_dir() and out.resolve().is_relative_to(given.resolve()):
        says = _("{out} lies in {given}, which is only read: name another folder for the class, OUT=build/class")
        raise UserError(says.format(out=out, given=given))


def _known_keys(out: Path) -> dict[str, str]:
    """The keys of the run before, so that a student who comes later gives no other a new one."""
    if not roster.roster_of(out).exists():
        return {}
    return {_identity(entry): entry.key for entry in roster.load(out).submissions}


def _identity(entry: Entry) -> str:
    return entry.identifier or entry.name


def _keys(entries: list[Entry], known: dict[str, str]) -> None:
    taken = {*known.values()}
    free = (key for key in (f"s{number:03}" for number in range(1, 10**6)) if key not in taken)
    for entry in entries:
        entry.key = entry.pseudonym = known.pop(_identity(entry), "") or next(free)


def _holds(folder: Path, contents: dict[str, bytes]) -> bool:
    if folder.is_symlink() or not folder.is_dir() or {*os.listdir(folder)} != contents.keys():
        return False
    files = [folder / name for name in contents]
    return all(f.is_file() and not f.is_symlink() and f.read_bytes() == contents[f.name] for f in files)


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    if _holds(folder, contents):
        return  # another part of the class may be grading it
    shutil.rmtree(folder, ignore_errors=True)
    own_folder(folder)
    for name, content in contents.items():
        (folder / name).write_bytes(content)


def _remove_others(folder: Path, keys: Iterable[str]) -> None:
    for old in folder.iterdir():
        if old.name not in keys:
            shutil.rmtree(old, ignore_errors=True)


def _entry(handed: Handed, sheet: Worksheet | None) -> Entry:
    row = sheet.rows.get(handed.identifier) if sheet else None
    if row:
        handed.name, handed.email, handed.late = row.name or handed.name, row.email, handed.late or row.late
    name = composed(handed.name)
    return Entry("", "", name, handed.identifier, handed.email, composed(handed.source), "")


def take_in(given: Path, out: Path, worksheet: Path | None = None) -> TakenIn:
    _check(given, out)
    name = composed(given.resolve().name)
    try:
        system, handed_in = recognised(_all_of(given), name)
    except Refused as refused:
        raise UserError(refused.why) from None
    sheet = find_worksheet(given, worksheet)
    pairs = [(_entry(handed, sheet), handed) for handed in handed_in.values()]
    pairs.sort(key=lambda pair: (pair[0].name.casefold(), pair[0].source))
    if not pairs:
        raise UserError(
            _("{given} holds no submissions. SUBMISSIONS names what students handed in").format(given=given)
        )
    entries = [entry for entry, _handed in pairs]
    _keys(entries, _known_keys(out))
    folder = own_folder(own_folder(out) / "submissions")
    taken = TakenIn(Roster(system, str(sheet.file.resolve()) if sheet else None, entries))
    with Progress(len(pairs)) as progress:
        for entry, handed in pairs:
            progress.step(_("reading {name}").format(name=entry.key))
            chosen = choose(handed)
            entry.state, entry.notes, entry.late = chosen.state, [*chosen.notes], handed.late
            entry.files, entry.gradable = sorted(chosen.contents), bool(chosen.contents)
            taken.notes[entry.key] = chosen.notes
            _write(folder / entry.key, chosen.contents)
            handed.files.clear()  # what an archive held is kept in memory until here
    _remove_others(folder, {entry.key for entry in entries})
    roster.save(taken.roster, out)
    return taken
