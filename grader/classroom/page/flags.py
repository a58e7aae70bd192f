"""What the teacher should look at: never a mark. Called by the class page.

A flag is a sentence with the keys that it is about; the page links each to its report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.classroom.results import Class, Result
from grader.common.build_facts import ROOT
from grader.common.files import text_of
from grader.common.language import _, sentences_of, shown
from grader.report.item import Item

# Findings that no attempt at the exercise makes.
REACHING_OUT = {"system", "files", "asm", "interposition", "reserved"}
# Failures that are a worker's talk with the judge, which the code of a function has no part in.
TALKING = {
    "sent a reply that nobody had asked for",
    "sent a reply that is not one ({why})",
    "sent a reply with an unknown status",
    "ended the process (exit code {code}) instead of returning",
}
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
IDENTIFIER = re.compile(r"\b[A-Za-z_]\w{11,}\b")
OWN_TEXT = 300  # characters beside the stub's: two that are alike are no accident, even without a comment
FEW = 3  # of a class that has the same oddity; more have it from a lecture


@dataclass(frozen=True)
class Flag:
    kind: str
    about: str
    who: list[Result]


def _of_item(item: Item) -> Iterator[tuple[str, str]]:
    where = f"{item.exercise}, {item.title}: "
    if item.flag:
        yield _("speed"), where + shown(item.flag)
    for finding in item.findings:
        if finding["rule"] in REACHING_OUT:
            yield _("reaches outside"), f"{item.exercise}.cpp:{finding['line']}: {finding['construct']}"
    if TALKING & {*sentences_of(item.message)} or "Operation not permitted" in item.message:
        yield _("sandbox"), where + shown(item.message)


def _of_reports(results: Iterable[Result]) -> Iterator[Flag]:
    for result in results:
        found = [said for item in (result.report.items if result.report else []) for said in _of_item(item)]
        for kind, about in dict.fromkeys(found):
            yield Flag(kind, about, [result])


@dataclass(frozen=True)
class _Source:
    result: Result
    file: str
    squeezed: str  # without white space; comments and names are kept
    own: str  # what the stub does not have
    oddities: frozenset[str]


def _source(result: Result, path: Path) -> _Source:
    stub = ROOT / "exercises" / path.name
    given = {line.strip() for line in text_of(stub).splitlines()} if stub.is_file() else set()
    text = text_of(path)
    own = "\n".join(line for line in text.splitlines() if line.strip() not in given)
    comments = {" ".join(found.split()) for found in COMMENT.findall(own)}
    # A comment of a few words is said by many; a long name that the stub does not have is not.
    odd = {c for c in comments if len(c) >= 20} | set(IDENTIFIER.findall(COMMENT.sub("", own)))
    odd -= {word for line in given for word in IDENTIFIER.findall(line)}
    return _Source(result, path.name, "".join(text.split()), own, frozenset(odd))


def _sources(own: Class) -> list[_Source]:
    found = []
    for result in own.results:
        folder = own.folder / "submissions" / result.submission.key
        files = [folder / name for name in sorted(set(result.submission.files)) if name.endswith(".cpp")]
        found += [_source(result, path) for path in files if path.is_file() and not path.is_symlink()]
    return found


def _identical(sources: list[_Source]) -> Iterator[Flag]:
    groups = defaultdict(list)
    for source in sources:
        if COMMENT.search(source.own) or len("".join(source.own.split())) >= OWN_TEXT:
            groups[source.file, source.squeezed].append(source.result)
    for (file, _squeezed), who in groups.items():
        if len(who) > 1:
            about = _("{file} is the same in {count} submissions, comments and names included")
            yield Flag(_("identical"), about.format(file=file, count=len(who)), who)


def _shared(sources: list[_Source]) -> Iterator[Flag]:
    """A comment or a long name that two or three have; libraries' names are many people's in a class of some size."""
    whose: dict[str, dict[str, Result]] = defaultdict(dict)
    texts: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for odd in source.oddities:
            whose[odd][source.result.submission.key] = source.result
            texts[odd].add(source.squeezed)
    together: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for odd, who in whose.items():
        if 1 < len(who) <= FEW and len(texts[odd]) > 1:  # of identical files the other flag speaks
            together[tuple(sorted(who))].append(odd)
    for keys, odd in together.items():
        words = ", ".join(f"“{text[:60]}”" for text in sorted(odd, key=len, reverse=True)[:FEW])
        about = _("nobody else writes {words}").format(words=words)
        yield Flag(_("shared oddity"), about, [whose[odd[0]][key] for key in keys])


def flags(own: Class) -> list[Flag]:
    sources = _sources(own)
    rare = _shared(sources) if len(own.results) >= 10 * FEW else iter(())  # in a small class everything is rare
    return [*_of_reports(own.results), *_identical(sources), *rare]
