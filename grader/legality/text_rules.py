"""The rules that the syntax tree does not show: directives, reserved names, attributes, parameter packs. They read the
preprocessed text, so that macros hide nothing. Called by inspection.py."""

import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from clang import cindex

from grader.common.language import tr
from grader.legality import names
from grader.legality.messages import finding, finding_at
from grader.legality.preprocessed import Preprocessed
from grader.legality.report import Finding


NOWHERE = -1  # the offset of what is of no definition


@dataclass
class TextFinding:
    offset: int
    finding: Finding


def include_findings(prepared: Preprocessed, loops_allowed: bool) -> Iterator[Finding]:
    for line, path in prepared.opened:
        if not may_include(path, loops_allowed):
            name = PurePath(path).name
            shown = f"#include <{name}>" if is_of_the_system(path) else f'#include "{name}"'
            yield finding_at(line, 1, "include", shown)


def is_of_the_system(path: str) -> bool:
    return os.path.normpath(path).startswith(("/usr/include/", "/usr/lib/"))


def may_include(path: str, loops_allowed: bool) -> bool:
    name = PurePath(path).name
    if name in names.HARMLESS_HEADERS or name in names.CONTRACT_HEADERS:
        return True
    return loops_allowed and (is_of_the_system(path) or name == names.LOOP_HEADER)


def text_findings(unit: cindex.TranslationUnit, prepared: Preprocessed, any_means: bool) -> Iterator[TextFinding]:
    yield from encoding(unit, prepared.text)
    yield from directives(unit, prepared)
    code = [token for token in unit.get_tokens(extent=unit.cursor.extent) if token.kind != cindex.TokenKind.COMMENT]
    words = [token.spelling for token in code]
    for i, token in enumerate(code):
        if (rule := broken_rule(words, i)) and not (any_means and is_of_speed(words, i, rule[0])):
            yield TextFinding(token.location.offset, finding(token.location, *rule))


def encoding(unit: cindex.TranslationUnit, text: str) -> Iterator[TextFinding]:
    for pattern, what in (("\x00", tr("a null byte")), ("\r(?!\n)", tr("a lone carriage return"))):
        match = re.search(pattern, text)
        if match:
            offset = len(text[: match.start()].encode())
            place = cindex.SourceLocation.from_offset(unit, unit.get_file(unit.spelling), offset)
            yield TextFinding(NOWHERE, finding(place, "text", what))


def directives(unit: cindex.TranslationUnit, prepared: Preprocessed) -> Iterator[TextFinding]:
    """Those that would change how the file is compiled. They are left out of what is."""
    file = unit.get_file(unit.spelling)
    for line, text in prepared.directives:
        if not re.match(names.HARMLESS_PRAGMAS, text):
            place = cindex.SourceLocation.from_position(unit, file, line, 1)
            rule = "pragma" if text.startswith("#pragma") else "preprocessor"
            yield TextFinding(place.offset, finding(place, rule, text[:60]))


def broken_rule(words: list[str], i: int) -> tuple[str, str] | None:
    """The rule that the token at `i` breaks, and the construct."""
    word = words[i]
    if word in ("__attribute__", "__attribute"):
        return "attribute", "__attribute__" + "".join(words[i + 1 : i + 6])
    if word == "asm" or re.fullmatch(r"__asm(__)?", word):
        return "asm", word
    if re.fullmatch(r"__\w*|_[A-Z]\w*", word) and word not in names.HARMLESS_RESERVED:
        return "reserved", word
    if attributes := attributes_at(words, i):
        shown = "[[" + "".join(attributes) + "]]"
        return None if are_harmless(attributes) else ("attribute", shown[:60])
    if word == "..." and words[max(0, i - 2) : i] != ["catch", "("]:
        return "pack", word
    return None


def is_of_speed(words: list[str], i: int, rule: str) -> bool:
    """Whether the token serves the speed of a file that may use any means."""
    if rule == "reserved":
        return re.fullmatch(names.OF_SPEED_RESERVED, words[i]) is not None
    if rule != "attribute":
        return False
    attributes = attributes_at(words, i) or in_parentheses(words[i + 1 :])
    # Without what stands in the parentheses of each: "avx2,fma" is no attribute, and no name there is one either.
    flat = "".join(attributes)
    while (inner := re.sub(r"\([^()]*\)", "", flat)) != flat:
        flat = inner
    found = [name.removeprefix("gnu::").strip("_") for name in flat.split(",")]
    return all(name in names.OF_SPEED_ATTRIBUTES for name in found)


def in_parentheses(words: list[str]) -> list[str]:
    """What stands in the (( ... )) that these words begin with."""
    depth = 0
    for i, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if depth == 0:
            return words[2 : i - 1]
    return []


def attributes_at(words: list[str], i: int) -> list[str]:
    """What stands in [[ ... ]] if that starts here: no expression starts so."""
    if words[i : i + 2] not in (["[", "["], ["<:", "<:"], ["[", "<:"], ["<:", "["]):
        return []
    return list(itertools.takewhile(lambda word: word not in ("]", ":>"), words[i + 2 :]))


def are_harmless(attributes: list[str]) -> bool:
    """Each of a list: a text in parentheses, as in deprecated("..."), is no name."""
    allowed = "|".join(names.HARMLESS_ATTRIBUTES)
    return re.fullmatch(rf'({allowed})(\("[^"]*"\))?(,({allowed})(\("[^"]*"\))?)*', "".join(attributes)) is not None
