"""Small questions to clang's syntax tree, by the names of things (their numbers differ between versions).
Used by the modules of rules; decides nothing by itself."""

from collections.abc import Iterator

from clang import cindex

from grader.common.language import tr
from grader.legality.clang_setup import library

FUNCTIONS = {
    "FUNCTION_DECL", "FUNCTION_TEMPLATE", "CXX_METHOD", "CONSTRUCTOR", "DESTRUCTOR", "CONVERSION_FUNCTION",
}  # fmt: skip
CLASSES = {
    "CLASS_DECL", "STRUCT_DECL", "UNION_DECL", "CLASS_TEMPLATE", "CLASS_TEMPLATE_PARTIAL_SPECIALIZATION",
}  # fmt: skip
SCALARS = {"BOOL", "CHAR_S", "CHAR_U", "SCHAR", "UCHAR", "WCHAR", "SHORT", "USHORT", "INT", "UINT", "LONG", "ULONG",
           "LONGLONG", "ULONGLONG", "FLOAT", "DOUBLE", "LONGDOUBLE", "ENUM"}  # fmt: skip
BODIES = {"COMPOUND_STMT", "CXX_TRY_STMT"}
DEEPEST = 150
MOST_NODES = 50_000  # the ten small exercises together have about a thousand
LOOPS = {"FOR_STMT": "for", "CXX_FOR_RANGE_STMT": "range-for", "WHILE_STMT": "while", "DO_STMT": "do"}


def kind_of(cursor: cindex.Cursor) -> str:
    try:
        return cursor.kind.name
    except ValueError:  # a kind that is newer than the bindings
        return "UNKNOWN"


def children(cursor: cindex.Cursor) -> list[cindex.Cursor]:
    return list(cursor.get_children())


def too_large(unit: cindex.TranslationUnit) -> str:
    """Why the tree of the file must not be walked, or "". The walks recurse, and what they would not see of a tree
    that is too deep for them would count as allowed; so depth is measured here, without recursion."""
    waiting = [(child, 1) for child in unit.cursor.get_children() if file_of(child) == unit.spelling]
    seen = 0
    while waiting:
        cursor, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST:
            line = cursor.location.line
            return tr("{line}: nested more than {most} deep; write shorter expressions", line=line, most=DEEPEST)
        if seen > MOST_NODES:
            return tr("1: more than {most:,} expressions; write only what the exercise needs", most=MOST_NODES)
        waiting += [(child, depth + 1) for child in cursor.get_children()]
    return ""


def walk(cursor: cindex.Cursor, loops: int = 0) -> Iterator[tuple[cindex.Cursor, int]]:
    """The cursor and everything below it, each with the number of loops around it."""
    yield cursor, loops
    inner = loops + (kind_of(cursor) in LOOPS)
    for child in cursor.get_children():
        yield from walk(child, inner)


def body_of(function: cindex.Cursor) -> cindex.Cursor | None:
    bodies = [child for child in function.get_children() if kind_of(child) in BODIES]
    return bodies[-1] if bodies else None


def file_of(cursor: cindex.Cursor) -> str:
    file = cursor.location.file
    return file.name if file is not None else ""


def path_of(cursor: cindex.Cursor) -> list[str]:
    """The names around a declaration, outermost first, then its own: ["std", "thread", "join"]."""
    names: list[str] = []
    current = cursor
    while current is not None and kind_of(current) not in ("TRANSLATION_UNIT", "INVALID_FILE"):
        if kind_of(current) not in ("LINKAGE_SPEC", "UNEXPOSED_DECL") or current.spelling:
            names.append(current.spelling)
        current = current.semantic_parent
    return names[::-1]


def candidates(cursor: cindex.Cursor) -> list[cindex.Cursor]:
    """The declarations that a reference may mean: one, or a set of overloads inside a template."""
    target = cursor.referenced
    if target is None:
        return []
    if kind_of(target) != "OVERLOADED_DECL_REF":
        return [target]
    lib = library()
    return [lib.clang_getOverloadedDecl(target, i) for i in range(lib.clang_getNumOverloadedDecls(target))]


def unwrapped(cursor: cindex.Cursor) -> cindex.Cursor:
    """Through implicit casts, temporaries and parentheses, down to what the student wrote."""
    while kind_of(cursor) in ("UNEXPOSED_EXPR", "PAREN_EXPR") and len(children(cursor)) == 1:
        cursor = children(cursor)[0]
    return cursor
