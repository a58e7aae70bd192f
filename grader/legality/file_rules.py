"""The rules on the file as a whole: definitions that would replace those of a library, of the contract or of another
exercise. Called by inspection.py."""

from collections.abc import Iterator, Sequence

from clang import cindex

from grader.legality import names
from grader.legality.graph import Graph, Node
from grader.legality.messages import finding
from grader.legality.report import Finding
from grader.legality.tree import CLASSES, FUNCTIONS, body_of, file_of, kind_of, path_of, walk


def file_findings(graph: Graph, functions: Sequence[str]) -> Iterator[Finding]:
    for declaration in graph.declarations:
        construct = replaces(declaration, graph, functions)
        if construct:
            yield finding(declaration.location, "interposition", construct)


def replaces(declaration: cindex.Cursor, graph: Graph, functions: Sequence[str]) -> str:
    """The foreign name that a declaration takes, or ""."""
    kind = kind_of(declaration)
    path = path_of(declaration)
    if path and path[0] in names.FOREIGN_NAMESPACES and kind != "USING_DIRECTIVE":
        return "::".join(path) if kind != "NAMESPACE" else f"namespace {path[0]}"
    if is_linkage(declaration):
        return 'extern "C"'
    if kind not in FUNCTIONS or body_of(declaration) is None or kind_of(declaration.semantic_parent) in CLASSES:
        return ""
    name = declaration.spelling
    of_contract = file_of(declaration.canonical) != graph.source and kind == "FUNCTION_DECL"
    elsewhere = of_contract and len(path) == 1 and name not in functions
    allocation = name.startswith(("operator new", "operator delete"))
    plain_c = kind == "FUNCTION_DECL" and not declaration.mangled_name.startswith("_Z")
    return name if elsewhere or allocation or plain_c else ""


def is_linkage(declaration: cindex.Cursor) -> bool:
    if kind_of(declaration) not in ("LINKAGE_SPEC", "UNEXPOSED_DECL"):
        return False
    return next((token.spelling for token in declaration.get_tokens()), "") == "extern"


def runs_at_load(node: Node) -> bool:
    """Whether a variable of the file calls something before any function does."""
    return node.kind == "variable" and any(kind_of(part) == "CALL_EXPR" for c in node.cursors for part, _ in walk(c))
