"""The rules on the file as a whole: definitions that would replace those of a library, of the contract or of another
exercise. Called by inspection.py."""

from collections.abc import Iterator, Sequence

from clang import cindex

from grader.legality import names
from grader.legality.graph import Graph, Node
from grader.legality.messages import finding
from grader.legality.report import Finding
from grader.legality.tree import CLASSES, FUNCTIONS, body_of, children, file_of, kind_of, path_of, walk

# What a file consists of beside functions. A type, an operator or a template of anything but a function can hold code
# that runs without being seen called.
HARMLESS_DECLARATIONS = {
    "VAR_DECL", "NAMESPACE", "NAMESPACE_ALIAS", "USING_DIRECTIVE", "USING_DECLARATION", "TYPEDEF_DECL",
    "TYPE_ALIAS_DECL", "STATIC_ASSERT", "LINKAGE_SPEC",
}  # fmt: skip


def file_findings(graph: Graph, functions: Sequence[str]) -> Iterator[Finding]:
    for declaration in graph.declarations:
        if construct := replaces(declaration, graph, functions):
            yield finding(declaration.location, "interposition", construct)
        elif construct := could_hide_code(declaration):
            yield finding(declaration.location, "class", construct)


def could_hide_code(declaration: cindex.Cursor) -> str:
    """A definition of a kind that no exercise needs, or ""."""
    kind, name = kind_of(declaration), declaration.spelling
    if kind in CLASSES or kind == "ENUM_DECL":
        return f"{'enum' if kind == 'ENUM_DECL' else 'struct'} {name}".strip()
    if kind == "FUNCTION_TEMPLATE":
        parameters = {kind_of(child) for child in children(declaration)}
        return f"template {name}" if parameters & {"TEMPLATE_NON_TYPE_PARAMETER", "TEMPLATE_TEMPLATE_PARAMETER"} else ""
    if kind == "FUNCTION_DECL":
        return name if name.startswith("operator") else ""
    is_empty = kind == "UNEXPOSED_DECL" and not name and not children(declaration)
    return "" if kind in HARMLESS_DECLARATIONS or is_empty else name or kind.lower()


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
