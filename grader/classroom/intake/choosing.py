"""Which of the files that a student handed in are graded: the contract's, the newest of each. Says all that is not so.

The bytes stay as they are: what is wrong inside a file is for the grade to say, to the student."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from grader.classroom.intake.archives import with_archives_opened
from grader.classroom.intake.found import CLOSED_ARCHIVES, Found, MOST_FILES, Refused, is_clutter
from grader.classroom.intake.naming import CLOSE, LOOSE, contract_name, meant_by_document
from grader.classroom.intake.systems import Handed
from grader.common.language import Text, marked, tr
from grader.common.rubric import rubric

MOST_NOTES = 12
EXERCISES = "exercises"  # the folder of the lab in which students work
# How files begin that are no text, whatever their name says.
DOCUMENTS = {b"PK\x03\x04": marked("Word or zip"), b"\xd0\xcf\x11\xe0": "Word", b"{\\rtf": "RTF", b"%PDF": "PDF"}
DOCUMENT_ENDINGS = (".doc", ".docx", ".odt", ".pdf", ".rtf", ".rtfd", ".pages", ".html", ".png", ".jpg")


@dataclass
class Chosen:
    """What counts of a submission."""

    state: str
    notes: list[Text] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)  # by the contract's names


@dataclass(frozen=True)
class _Candidate:
    file: Found
    distance: int  # of its name from the contract's
    content: bytes
    order: int  # among all that was handed in: of two that are equally old, the later one is the newer

    @property
    def age(self) -> tuple[float, int]:
        return self.file.time, self.order


def _of_the_lab(files: list[Found]) -> list[Found]:
    """Without the folders that lie beside exercises/: a copy of the lab has its own files of the same names."""
    labs = {file.path[: file.path.index(EXERCISES)] for file in files if EXERCISES in file.path[:-1]}

    def is_beside(file: Found) -> bool:
        places = (file.path[:depth] for depth in range(len(file.path) - 1))
        return any(place in labs and file.path[len(place)] != EXERCISES for place in places)

    return [file for file in files if not is_beside(file)]


def _document(file: Found, content: bytes) -> Text | None:
    for start, kind in DOCUMENTS.items():
        if content.startswith(start):
            return tr("{file} is a document ({kind}) and not C++: left out", file=file.shown, kind=tr(kind))
    return None


def _other_note(file: Found) -> Text | None:
    """What is to be said of a file that is none of the contract's."""
    if file.refused:
        return file.refused
    name = file.name.lower()
    if name.endswith(CLOSED_ARCHIVES):
        return tr("{file} is an archive of a kind that is not opened here: ask for a .zip", file=file.shown)
    meant = meant_by_document(name)
    if meant and name.endswith(DOCUMENT_ENDINGS):
        return tr("{file} is a document: ask for {wanted} itself", file=file.shown, wanted=meant)
    return None


def _candidates(files: list[Found], notes: list[Text]) -> dict[str, list[_Candidate]]:
    found: dict[str, list[_Candidate]] = {}
    for order, file in enumerate(files):
        meant = contract_name(file.name) if file.read else None
        if meant is None or file.refused:
            if (file.read or file.refused) and (note := _other_note(file)):
                notes.append(note)
            continue
        try:
            content = file.content()
        except Refused as refused:
            notes.append(refused.why)
            continue
        if document := _document(file, content):
            notes.append(document)
        elif not content.strip():
            notes.append(tr("{file} is empty: left out", file=file.shown))
        else:
            found.setdefault(meant[0], []).append(_Candidate(file, meant[1], content, order))
    return found


def _day(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds)) if seconds else "?"


def _choose(wanted: str, all_candidates: list[_Candidate], notes: list[Text]) -> tuple[_Candidate, str]:
    """The newest, and what that makes of the submission."""
    # A guess counts only where nothing has the name.
    candidates = [one for one in all_candidates if one.distance < LOOSE] or all_candidates
    best = max(candidates, key=lambda one: one.age)
    others = [one for one in candidates if one.content != best.content]
    for other in others:
        says = tr(
            "two versions of {wanted}: {new} ({new_day}) counts, {old} ({old_day}) does not",
            wanted=wanted,
            new=best.file.shown,
            new_day=_day(best.file.time),
            old=other.file.shown,
            old_day=_day(other.file.time),
        )
        notes.append(says)
    if best.distance >= CLOSE:
        notes.append(tr("{file} is taken for {wanted}", file=best.file.shown, wanted=wanted))
    return best, "two versions" if others else "renamed" if best.distance >= CLOSE else "ok"


def _state(handed: Handed, contents: dict[str, bytes], found: set[str]) -> str:
    if handed.unmatched:
        return "unmatched"
    if not contents:
        return "empty"
    facts = {*found, *(["late"] if handed.late else [])}
    return next((state for state in ("two versions", "late", "renamed") if state in facts), "ok")


def _shortened(notes: list[Text]) -> list[Text]:
    notes = list(dict.fromkeys(notes))
    if len(notes) <= MOST_NOTES:
        return notes
    return [*notes[: MOST_NOTES - 1], tr("and {count} more of this kind", count=len(notes) - MOST_NOTES + 1)]


def _expected() -> set[str]:
    """A submission without the bonus is whole."""
    return {exercise.file for exercise in rubric().required.values()}


def choose(handed: Handed) -> Chosen:
    """Nothing in it raises for what a student did."""
    notes: list[Text] = [handed.unmatched] if handed.unmatched else []
    if len(handed.files) > MOST_FILES:
        notes.append(tr("more than {most:,} files: only the first are looked at", most=MOST_FILES))
    files = [file for file in with_archives_opened(handed.files[:MOST_FILES]) if not is_clutter(file.path)]
    contents, found = {}, set()
    for wanted, candidates in sorted(_candidates(_of_the_lab(files), notes).items()):
        best, state = _choose(wanted, candidates, notes)
        contents[wanted] = best.content
        found.add(state)
    if not contents:
        notes.append(tr("none of the files of exercises/ is in it"))
    elif missing := sorted(_expected() - {*contents}):
        notes.append(tr("missing: {files}", files=", ".join(missing)))
    if handed.late:
        notes.append(tr("handed in late"))
    return Chosen(_state(handed, contents, found), _shortened(notes), contents)
