"""The rules that only the tokens can show: directives, reserved names, attributes, parameter packs. Whatever could make
g++ compile another text than the one that clang is shown is reported here. Called by inspection.py."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clang import cindex

from grader.common.language import tr
from grader.legality import names
from grader.legality.messages import finding
from grader.legality.report import Finding

DIGRAPHS = {"%:": "#", "%:%:": "##", "<:": "[", ":>": "]", "<%": "{", "%>": "}"}


@dataclass
class Token:
    text: str
    place: cindex.SourceLocation
    line: int
    offset: int


@dataclass
class TextFinding:
    offset: int
    of_file: bool  # not of the function in which it stands
    finding: Finding


def text_findings(unit: cindex.TranslationUnit, text: str, loops_allowed: bool) -> list[TextFinding]:
    found = list(encoding(unit, text))
    lines = re.split(r"\r\n|\n\r|\r|\n", text)  # as clang counts them
    code: list[Token] = []
    for group in compiled(directives_and_code(tokens(unit), lines)):
        if group[0].text == "#":
            broken = directive(group, own_macros(code), loops_allowed)
            found += [TextFinding(group[0].offset, True, one) for one in broken]
        code += group
    return found + list(code_findings(code, lines))


def own_macros(code: list[Token]) -> set[str]:
    """The macros that the file itself has defined so far."""
    return {b.text for a, b in zip(code, code[1:], strict=False) if a.text == "define"}


def encoding(unit: cindex.TranslationUnit, text: str) -> Iterator[TextFinding]:
    for pattern, what in (("\x00", tr("a null byte")), ("\r(?!\n)", tr("a lone carriage return"))):
        match = re.search(pattern, text)
        if match:
            offset = len(text[: match.start()].encode())
            place = cindex.SourceLocation.from_offset(unit, unit.get_file(unit.spelling), offset)
            yield TextFinding(offset, True, finding(place, "text", what))


def tokens(unit: cindex.TranslationUnit) -> list[Token]:
    result = []
    for token in unit.get_tokens(extent=unit.cursor.extent):
        if token.kind != cindex.TokenKind.COMMENT:
            place = token.location
            result.append(Token(DIGRAPHS.get(token.spelling, token.spelling), place, place.line, place.offset))
    return result


def directives_and_code(found: list[Token], lines: list[str]) -> Iterator[list[Token]]:
    """Groups of tokens: a directive with its continued lines, or one line of code."""
    group: list[Token] = []
    for token in found:
        if group and token.line != group[-1].line:
            continued = all(lines[n - 1].rstrip().endswith("\\") for n in range(group[-1].line, token.line))
            if not (group[0].text == "#" and continued):
                yield group
                group = []
        group.append(token)
    if group:
        yield group


def compiled(groups: Iterable[list[Token]]) -> Iterator[list[Token]]:
    """Leaves out what stands in `#if 0`, or in the `#else` of `#if 1`; of other conditions both sides are kept."""
    taken: list[bool | None] = []  # of each #if around: whether its lines are compiled, None where that is not known
    for group in groups:
        words = [token.text for token in group[:3]]
        is_directive = words[0] == "#" and len(words) > 1
        if is_directive and words[1] == "endif" and taken:
            taken.pop()
        elif is_directive and words[1] == "else" and taken and taken[-1] is not None:
            taken[-1] = not taken[-1]
        if False not in taken:
            yield group
        if is_directive and words[1] in ("if", "ifdef", "ifndef"):
            literal = words[1] == "if" and len(group) == 3 and words[2] in ("0", "1")
            taken.append(words[2] == "1" if literal else None)
        elif is_directive and words[1] == "elif" and taken:
            taken[-1] = None


def directive(group: list[Token], defined: set[str], loops_allowed: bool) -> Iterator[Finding]:
    words = [token.text for token in group[1:]]
    name, rest = (words[0], words[1:]) if words else ("", [])
    shown = f"#{name} {''.join(rest)}".strip()[:60]
    place = group[0].place
    if name == "include":
        if not may_include("".join(rest), loops_allowed):
            yield finding(place, "include", shown)
    elif name == "pragma":
        if rest != ["once"]:
            yield finding(place, "pragma", f"#pragma {' '.join(rest)}"[:60])
    elif name in ("if", "ifdef", "ifndef", "elif"):
        known = names.HARMLESS_CONDITIONS | defined
        literal = name == "if" and rest in (["0"], ["1"])
        if not literal and not (name in ("ifdef", "ifndef") and len(rest) == 1 and rest[0] in known):
            yield finding(place, "preprocessor", f"#{name} {' '.join(rest)}"[:60])
    elif name == "define":
        if "##" in rest or rest[:1] and rest[0].startswith("ARMA_EXTRA"):
            yield finding(place, "preprocessor", f"#define {rest[0]} ... ##" if "##" in rest else f"#define {rest[0]}")
    elif name not in ("", "undef", "else", "endif", "error", "warning"):
        yield finding(place, "preprocessor", f"#{name}")


def may_include(header: str, loops_allowed: bool) -> bool:
    match = re.fullmatch(r'<([^>]*)>|"([^"]*)"', header)
    if match is None:
        return False
    name = match.group(1) or match.group(2) or ""
    standard_or_free = name in names.HARMLESS_HEADERS or loops_allowed and re.fullmatch(r"<[a-z_0-9.]+>", header)
    return bool(name in names.CONTRACT_HEADERS or standard_or_free or loops_allowed and name == names.LOOP_HEADER)


def code_findings(code: list[Token], lines: list[str]) -> Iterator[TextFinding]:
    """Names of the compiler, attributes and packs, also in the bodies of macros."""
    for i, token in enumerate(code):
        text = token.text
        following = [t.text for t in code[i + 1 : i + 4]]
        if re.fullmatch(r"__\w*|_[A-Z]\w*", text) and text not in names.HARMLESS_RESERVED:
            rule = "pragma" if text == "_Pragma" else "asm" if "asm" in text else "reserved"
            if text in ("__attribute__", "__attribute"):
                rule, text = "attribute", "__attribute__" + "".join(t.text for t in code[i + 1 : i + 6])
            yield TextFinding(token.offset, False, finding(token.place, rule, text))
        elif text == "asm":
            yield TextFinding(token.offset, False, finding(token.place, "asm", text))
        elif is_attribute(code, i) and following[1] not in names.HARMLESS_ATTRIBUTES:
            inside = itertools.takewhile(lambda t: t.text != "]", code[i + 2 :])
            shown = f"[[{''.join(t.text for t in inside)}]]"
            yield TextFinding(token.offset, False, finding(token.place, "attribute", shown))
        elif text == "..." and not harmless_ellipsis(code, i, lines):
            yield TextFinding(token.offset, False, finding(token.place, "pack", text))


def is_attribute(code: list[Token], i: int) -> bool:
    """Whether `[[name` starts here: nothing else in C++ is written so."""
    first = [token.text for token in code[i : i + 3]]
    return first[:2] == ["[", "["] and len(first) == 3 and re.fullmatch(r"\w+", first[2]) is not None


def harmless_ellipsis(code: list[Token], i: int, lines: list[str]) -> bool:
    """In catch (...), and in the parameters of a macro."""
    before = [token.text for token in code[max(0, i - 2) : i]]
    if before == ["catch", "("]:
        return True
    head = lines[code[i].line - 1]
    return re.match(r"\s*#\s*define\s+\w+\([\w\s,]*\.\.\.\s*\)", head) is not None and head.count("...") == 1
