"""The functions, classes and variables that a file defines, as nodes, and which of them uses which.
Built once a file by inspection.py; the rules fill in the findings of each node."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from clang import cindex

from grader.legality.report import Finding
from grader.legality.tree import CLASSES, FUNCTIONS, body_of, file_of, kind_of

SCOPES = {"NAMESPACE", "LINKAGE_SPEC", "UNEXPOSED_DECL"}


@dataclass
class Node:
    """A definition; a class with its members, a template with all its specialisations, is one."""

    kind: str  # function, class or variable
    name: str
    cursors: list[cindex.Cursor] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    loops: list[tuple[cindex.Cursor, int]] = field(default_factory=list)  # each with the loops around it
    uses: dict[str, cindex.Cursor] = field(default_factory=dict)  # keys of other nodes, each with one place of use

    def holds(self, offset: int) -> bool:
        return any(cursor.extent.start.offset <= offset < cursor.extent.end.offset for cursor in self.cursors)


class Graph:
    def __init__(
        self, unit: cindex.TranslationUnit, callable_contract: frozenset[str], also_allowed: frozenset[str]
    ) -> None:
        self.source = unit.spelling
        self.callable_contract = callable_contract  # functions of other exercises that this one may call
        self.also_allowed = also_allowed  # names that the rubric adds to allowed.toml
        self.declarations = list(self.in_file(unit.cursor))
        self.templates = {d.spelling for d in self.declarations if kind_of(d) == "FUNCTION_TEMPLATE"}
        self.nodes: dict[str, Node] = {}
        for declaration in self.declarations:
            key = self.key(declaration)
            if key and (kind_of(declaration) not in FUNCTIONS or body_of(declaration) is not None):
                node = self.nodes.setdefault(key, Node(key.split()[0], declaration.spelling))
                node.cursors.append(declaration)

    def in_file(self, parent: cindex.Cursor) -> Iterator[cindex.Cursor]:
        """The declarations of the file at namespace scope, the namespaces themselves included."""
        for child in parent.get_children():
            if file_of(child) == self.source:
                yield child
                if kind_of(child) in SCOPES:
                    yield from self.in_file(child)

    def key(self, cursor: cindex.Cursor) -> str:
        """The node that a declaration of the file belongs to, "" for what is none (a namespace, a type alias, ...)."""
        kind = kind_of(cursor)
        parent = cursor.semantic_parent
        if kind in CLASSES:
            return f"class {cursor.spelling}"
        if kind in FUNCTIONS and parent is not None and kind_of(parent) in CLASSES:
            return f"class {parent.spelling}"
        if kind in FUNCTIONS and cursor.spelling in self.templates:
            return f"function {cursor.spelling}"
        if kind in FUNCTIONS:
            return f"function {cursor.spelling} {(cursor.get_definition() or cursor).location.offset}"
        if kind == "VAR_DECL" or kind == "UNEXPOSED_DECL" and cursor.spelling:
            return f"variable {(cursor.get_definition() or cursor).location.offset}"
        return ""

    def reachable(self, start: str, stop: frozenset[str] = frozenset()) -> list[str]:
        """The keys that are used from `start`, directly or not, in the order in which they are met; `start` is one of
        them only where it uses itself. Does not go into `stop`."""
        met: dict[str, None] = {}
        waiting = list(self.nodes[start].uses)
        while waiting:
            key = waiting.pop(0)
            if key not in met and key not in stop:
                met[key] = None
                waiting += self.nodes[key].uses
        return list(met)
