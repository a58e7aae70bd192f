"""Counts the statements of a function in the tree: an `if` counts with everything inside it, each declarator, each side
of a comma and each assignment inside another expression counts, blocks and empty statements are free."""

import re
from collections.abc import Iterator

from clang import cindex

from grader.legality.clang_setup import pretty_printed
from grader.legality.tree import CLASSES, FUNCTIONS, LOOPS, body_of, children, kind_of, unwrapped, walk

FREE_DECLARATIONS = {
    "USING_DIRECTIVE", "USING_DECLARATION", "NAMESPACE_ALIAS", "TYPEDEF_DECL", "TYPE_ALIAS_DECL", "ENUM_DECL",
    "STATIC_ASSERT", "FUNCTION_DECL",
}  # fmt: skip
BRANCHES = {"IF_STMT", "SWITCH_STMT"}
LABELS = {"LABEL_STMT", "CASE_STMT", "DEFAULT_STMT", "UNEXPOSED_STMT"}
ASSIGNMENTS = {f"operator{sign}=" for sign in ("", "+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^")}
LITERAL = re.compile(r'R"([^(]*)\(.*?\)\1"|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\'', re.DOTALL)
TRANSPARENT = {"RETURN_STMT", "UNEXPOSED_EXPR", "PAREN_EXPR", "CSTYLE_CAST_EXPR"}
CLANG_COMMA = " , "  # clang writes the comma operator with a space before it, and no other comma


def commas(function: cindex.Cursor) -> int:
    """The comma operators of a definition, after macro expansion."""
    return LITERAL.sub('""', pretty_printed(function)).count(CLANG_COMMA)


def count(definition: cindex.Cursor) -> int:
    """The statements of a function, or of the members of a class."""
    body = body_of(definition)
    if body is None and kind_of(definition) not in CLASSES:
        return 0
    return len(list(statements(body) if body is not None else declared(definition))) + commas(definition)


def statements(cursor: cindex.Cursor) -> Iterator[cindex.Cursor]:
    """What counts as a statement in `cursor`, in the order of the source; comma operators are counted apart."""
    kind = kind_of(cursor)
    parts = children(cursor)
    if kind == "COMPOUND_STMT":
        for part in parts:
            yield from statements(part)
    elif kind == "DECL_STMT":
        for part in parts:
            yield from declared(part)
    elif kind in LABELS:
        yield from statements(parts[-1]) if parts else ()
    elif kind in BRANCHES:
        yield cursor
        yield from branches(cursor)
    elif kind in LOOPS:
        yield cursor
        yield from statements(parts[0 if kind == "DO_STMT" else -1])
    elif kind in ("CXX_TRY_STMT", "CXX_CATCH_STMT"):
        if kind == "CXX_TRY_STMT":
            yield cursor
        for part in parts:
            yield from statements(part) if kind_of(part) != "VAR_DECL" else ()
    elif kind != "NULL_STMT":
        yield cursor
        yield from packed(cursor, True)


def branches(cursor: cindex.Cursor) -> Iterator[cindex.Cursor]:
    """Everything under an if or a switch but its condition."""
    condition_seen = False
    for part in children(cursor):
        kind = kind_of(part)
        if kind == "VAR_DECL":
            yield part
        elif kind.endswith("_STMT") or condition_seen:
            yield from statements(part)
        else:
            condition_seen = True
            yield from packed(part, False)


def declared(cursor: cindex.Cursor) -> Iterator[cindex.Cursor]:
    """The statements in one declarator: itself, unless it only names something, or the bodies of a local class."""
    kind = kind_of(cursor)
    if kind in CLASSES:
        for part, _ in walk(cursor):
            body = body_of(part) if kind_of(part) in FUNCTIONS else None
            yield from statements(body) if body is not None else ()
    elif kind not in FREE_DECLARATIONS:
        yield cursor
        for part in children(cursor):
            yield from packed(part, False)


def packed(cursor: cindex.Cursor, outermost: bool) -> Iterator[cindex.Cursor]:
    """The assignments inside an expression, but for the one that the expression is, and blocks inside it."""
    kind = kind_of(cursor)
    if kind == "COMPOUND_STMT":  # of a lambda or of a statement expression
        yield from statements(cursor)
        return
    assigns = kind == "COMPOUND_ASSIGNMENT_OPERATOR" or kind == "CALL_EXPR" and cursor.spelling in ASSIGNMENTS
    if assigns and not outermost:
        yield cursor
    parts = children(cursor)
    target = cursor.referenced if kind == "CALL_EXPR" and len(parts) == 1 else None
    copies = target is not None and kind_of(target) == "CONSTRUCTOR"
    transparent = kind in TRANSPARENT or may_be_comma(cursor) or copies
    for part in parts:
        yield from packed(part, outermost and transparent)


def may_be_comma(cursor: cindex.Cursor) -> bool:
    """libclang 14 does not tell operators apart; && and || are the ones that matter, and give a bool."""
    return kind_of(cursor) == "BINARY_OPERATOR" and cursor.type.kind != cindex.TypeKind.BOOL


def is_stub(function: cindex.Cursor) -> bool:
    """Whether the body still is the single `throw lab::NotImplemented(...)`."""
    body = body_of(function)
    parts = children(body) if body is not None else []
    if len(parts) != 1 or kind_of(unwrapped(parts[0])) != "CXX_THROW_EXPR":
        return False
    return unwrapped(parts[0]).type is not None and any(
        kind_of(part) == "TYPE_REF" and part.spelling.endswith("lab::NotImplemented") for part, _ in walk(parts[0])
    )
