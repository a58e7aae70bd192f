"""What a vectorised function may use of Armadillo and of the standard library: allowed.toml, asked by name.

Called by body_rules.py, for what is defined outside of the file. Whether it takes code to call is not asked here: a file
has none that it could hand over."""

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from clang import cindex

from grader.legality.tree import CLASSES, FUNCTIONS, SCALARS, kind_of

TABLE = Path(__file__).with_name("allowed.toml")
TYPES = CLASSES | {"TYPEDEF_DECL", "TYPE_ALIAS_DECL", "TYPE_ALIAS_TEMPLATE_DECL", "ENUM_DECL"}
SPECIAL = {"CONSTRUCTOR", "DESTRUCTOR", "CONVERSION_FUNCTION"}
FAMILIES = {"arma": "armadillo", "std": "std", "__gnu_cxx": "std"}
INNER_NAMESPACES = {"__cxx11", "chrono", "literals", "string_literals", "fill"}  # not named in the table


@cache
def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {family: {kind: tuple(text.split()) for kind, text in rows.items()} for family, rows in table.items()}


def lists(family: str, kind: str, name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _table()[family].get(kind, ()))


def is_manipulator(path: list[str]) -> bool:
    """Whether it is one of the functions that are handed to a stream."""
    return path[:1] == ["std"] and lists("std", "manipulators", path[-1])


def allows(target: cindex.Cursor, path: list[str]) -> bool:
    """Whether a file may use `target`, whose names are `path`; only Armadillo and std are asked about."""
    family = FAMILIES.get(path[0] if path else "")
    kind = kind_of(target)
    if family is None or path[-1].startswith("operator") and not path[-1].startswith(("operator new", "operator del")):
        return True
    if kind in TYPES:
        return target.type.get_canonical().kind.name in SCALARS or lists(family, "types", path[-1])
    if kind not in FUNCTIONS:
        return True  # constants and namespaces
    names = [name for name in path[1:-1] if name not in INNER_NAMESPACES] + path[-1:]
    if len(names) == 1:
        return lists(family, "functions", names[0]) or is_manipulator(path)
    if family == "std":
        return lists("std", "types", names[0])
    if kind in SPECIAL:
        return True
    # Of whatever type: an expression of Armadillo's has many.
    return lists(family, "members", names[-1]) and (not target.is_static_method() or lists(family, "types", names[0]))


def allows_by_name(name: str, is_member: bool) -> bool:
    """The same inside a template, where only the name is known."""
    if is_member:
        return lists("armadillo", "members", name)
    return lists("armadillo", "functions", name) or lists("std", "functions", name)
