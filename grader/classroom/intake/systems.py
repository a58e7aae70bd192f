"""Whose file is which: tells by the names how Moodle, Gradescope or Canvas packed a class, or Git cloned it.

A submission is known by what its system numbers it by, never by a name, which two students may share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from grader.classroom.intake.found import ARCHIVES, Found, Refused, is_archive, is_clutter
from grader.classroom.intake.naming import LOOSE, contract_name
from grader.common.language import Text, _, tr
from grader.common.tool import UserError

# Moodle (mod/assign/classes/downloader.php): the first underscore ends the name; no number where students without a
# group share one; before 4.1 an underscore at the end of a folder's name.
MOODLE = re.compile(r"(?P<name>[^_]*)(?:_(?P<id>\d+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<rest>.*))?")
# Canvas (lib/content_zipper.rb), anonymous or not.
CANVAS = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_(?:(?P<file>\d+)_)?(?P<rest>.+)", re.IGNORECASE)
GRADESCOPE = "submission_metadata.yml"
LARGEST_LIST = 64 << 20
NO_SOURCE = (".csv", ".xlsx", ".ods", ".json", ".yml", ".txt", ".md")  # lists of the teacher's, beside submissions


@dataclass
class Handed:
    """What one student, or one group, handed in."""

    identity: str  # the same for the same student
    name: str
    source: str
    identifier: str = ""
    email: str = ""
    late: bool = False
    files: list[Found] = field(default_factory=list)  # their paths are below what the system made
    unmatched: Text | None = None  # why nobody can tell whose it is


class Class(dict[str, Handed]):
    """The submissions, by their identities."""

    def of(self, identity: str, name: str, source: str, **facts: object) -> Handed:
        if identity not in self:
            self[identity] = Handed(identity, name, source, **facts)  # type: ignore[arg-type]
        return self[identity]

    def stray(self, file: Found, why: Text) -> None:
        """A file that is nobody's."""
        if not (len(file.path) == 1 and file.name.lower().endswith(NO_SOURCE)):
            first = file.path[0]
            self.of(f"stray {first}", first, first, unmatched=why).files.append(file)


def _moodle(files: list[Found]) -> Class:
    found = Class()
    for file in files:
        match = MOODLE.fullmatch(file.path[0])
        if not match:
            found.stray(file, tr("its name is not one that Moodle gives: whose is it?"))
            continue
        number, name = match["id"] or "", match["name"].strip()
        handed = found.of(number or f"no number {name}", name, file.path[0], identifier=number)
        if not number:
            handed.unmatched = tr("Moodle puts students without a group into one folder: whose is it?")
        if len(file.path) > 1:
            handed.files.append(file.below(1))
        elif file.read and match["rest"]:
            handed.files.append(Found((match["rest"],), file.time, file.read, file.size, file.refused))
    return found


def _canvas(files: list[Found]) -> Class:
    found = Class()
    for file in files:
        match = CANVAS.fullmatch(file.path[0])
        if not match or len(file.path) > 1:
            found.stray(file, tr("its name is not one that Canvas gives: whose is it?"))
            continue
        handed = found.of(match["id"], match["name"], file.path[0], identifier=match["id"])
        handed.late |= bool(match["late"])
        handed.files.append(Found((match["rest"],), file.time, file.read, file.size, file.refused))
    return found


def _submitters(metadata: Found) -> dict[str, list[dict]]:
    """By the folders of the export. Where the list cannot be read, each goes by the name of its folder."""
    try:
        from grader.classroom.intake import ruby_yaml  # PyYAML is needed for Gradescope alone
    except ImportError:
        raise UserError(
            _("PyYAML is missing, which reads {list}. Type: make setup class").format(list=GRADESCOPE)
        ) from None
    try:
        table = ruby_yaml.read(metadata.content(LARGEST_LIST))
        return {str(folder): list(facts[":submitters"]) for folder, facts in table.items()}
    except (Refused, ValueError, AttributeError, TypeError, KeyError):
        return {}


def _gradescope(files: list[Found]) -> Class:
    found = Class()
    people = _submitters(next(file for file in files if file.path == (GRADESCOPE,)))
    for file in files:
        folder = file.path[0]
        if file.path == (GRADESCOPE,) or is_clutter(file.path):
            continue
        if file.read and len(file.path) == 1:
            found.stray(file, tr("it lies beside the folders of Gradescope: whose is it?"))
            continue
        group = people.get(folder, [])
        name = ", ".join(str(one.get(":name", "")) for one in group) or folder
        email = ", ".join(str(one.get(":email", "")) for one in group)
        number = folder.rsplit("_")[-1]
        handed = found.of(folder, name, folder, identifier=number if number.isdecimal() else "", email=email)
        if people and not group:
            handed.unmatched = tr("{list} does not say whose it is", list=GRADESCOPE)
        if len(file.path) > 1:
            handed.files.append(file.below(1))
    return found


def _without_ending(name: str) -> str:
    endings = [ending for ending in ARCHIVES if name.lower().endswith(ending)]
    return name[: -max(map(len, endings))] if endings else name


def _folders(files: list[Found]) -> Class:
    """A folder or an archive of each student's, under the student's name."""
    found = Class()
    for file in files:
        first = file.path[0]
        if is_clutter((first,)):
            continue
        if len(file.path) == 1 and file.refused:
            found.stray(file, file.refused)
        elif len(file.path) == 1 and file.read and not is_archive(first):
            found.stray(file, tr("it lies beside the submissions, in no folder: whose is it?"))
        else:
            name = _without_ending(first).strip()
            own = found.of(name.casefold(), name, first).files
            own += [file.below(1)] if len(file.path) > 1 else [file] if file.read else []
    return found


def _one_student(files: list[Found], name: str) -> Class:
    found = Class()
    found.of(name.casefold(), name, ".").files.extend(files)
    return found


def _share(pattern: re.Pattern[str], files: Iterable[Found]) -> float:
    names = {file.path[0] for file in files if not is_clutter(file.path)}
    return sum(bool(pattern.fullmatch(name)) for name in names) / max(1, len(names))


def _of_a_system(files: list[Found]) -> tuple[str, Class] | None:
    if _share(MOODLE, files) > 0:
        return "moodle", _moodle(files)
    if any(file.path == (GRADESCOPE,) for file in files):
        return "gradescope", _gradescope(files)
    if _share(CANVAS, (file for file in files if len(file.path) == 1 and file.read)) > 0.5:
        return "canvas", _canvas(files)
    return None


def _holds_submission(files: list[Found]) -> bool:
    """Whether these are one student's files and not a class's."""
    tops = [contract_name(file.name) for file in files if len(file.path) == 1 and file.read]
    return any(file.path[0] == "exercises" for file in files) or any(top and top[1] < LOOSE for top in tops)


def _wrapped(files: list[Found]) -> list[Found] | None:
    """What is in the only folder that is there."""
    firsts = {file.path[0] for file in files if not is_clutter(file.path)}
    inside = [file.below(1) for file in files if len(file.path) > 1 and not is_clutter(file.path)]
    return inside if len(firsts) == 1 and inside else None


def recognised(files: list[Found], name: str) -> tuple[str, Class]:
    """Which system packed these, and the submissions; `name` is that of the folder that holds them."""
    if known := _of_a_system(files):
        return known
    if _holds_submission(files):
        return "folders", _one_student(files, name)
    if inside := _wrapped(files):
        if known := _of_a_system(inside):
            return known
        deeper = {file.path[0] for file in inside if len(file.path) > 1 or file.read is None or is_archive(file.name)}
        is_students = _holds_submission(inside) or any(file.path[0] == ".git" for file in inside)
        if len(deeper) > 1 and not is_students:
            return recognised(inside, name)
    return "git" if any(len(f.path) == 2 and f.path[1] == ".git" for f in files) else "folders", _folders(files)
