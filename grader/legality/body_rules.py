"""The rules on what stands inside a definition: loops of any spelling, calls, state, unsafe `auto`. Fills in a node's
findings, loops and uses; which of them count is decided in inspection.py."""

import re
from pathlib import Path

from clang import cindex

from grader.legality import names
from grader.legality.clang_setup import pretty_printed
from grader.legality.graph import Graph, Node
from grader.legality.messages import finding
from grader.legality.tree import CLASSES, FUNCTIONS, LOOPS, body_of, candidates, file_of, kind_of, path_of, walk

CONSTRUCTS = {
    "GOTO_STMT": ("loop", "goto"),
    "INDIRECT_GOTO_STMT": ("loop", "computed goto"),
    "LAMBDA_EXPR": ("lambda", "lambda"),
    "StmtExpr": ("statement-expression", "({ ... })"),
    "STMT_EXPR": ("statement-expression", "({ ... })"),
    "ASM_STMT": ("asm", "asm"),
    "MS_ASM_STMT": ("asm", "asm"),
    "PACK_EXPANSION_EXPR": ("pack", "..."),
}
REFERENCES = {"DECL_REF_EXPR", "MEMBER_REF_EXPR", "CALL_EXPR", "TYPE_REF", "TEMPLATE_REF", "OVERLOADED_DECL_REF"}
SCALARS = {"BOOL", "CHAR_S", "CHAR_U", "SCHAR", "UCHAR", "WCHAR", "SHORT", "USHORT", "INT", "UINT", "LONG", "ULONG",
           "LONGLONG", "ULONGLONG", "FLOAT", "DOUBLE", "LONGDOUBLE", "ENUM"}  # fmt: skip
CHARACTERS = {"CHAR_S", "CHAR_U", "WCHAR"}


def examine(node: Node, graph: Graph) -> None:
    for top in node.cursors:
        if node.kind == "class" and kind_of(top) in FUNCTIONS:  # a member that is defined outside of its class
            node.findings.append(finding(top.location, "class", f"struct {node.name}"))
        for cursor, loops in walk(top):
            kind = kind_of(cursor)
            if kind in LOOPS:
                node.loops.append((cursor, loops))
            elif kind in CONSTRUCTS:
                node.findings.append(finding(cursor.location, *CONSTRUCTS[kind]))
            elif kind in REFERENCES:
                reference(cursor, node, graph)
            elif kind == "VAR_DECL" or cursor == top and node.kind == "variable":
                variable(cursor, node)
            elif kind in CLASSES:
                local_class(cursor, node)
            elif kind in FUNCTIONS and holds_delayed(cursor.result_type, 2):
                node.findings.append(finding(cursor.location, "dangling-auto", f"auto {cursor.spelling}(...)"))


def local_class(cursor: cindex.Cursor, node: Node) -> None:
    members = (part for part, _ in walk(cursor) if kind_of(part) in FUNCTIONS)
    if any(body_of(member) is not None for member in members):
        node.findings.append(finding(cursor.location, "class", f"struct {cursor.spelling}"))


def variable(cursor: cindex.Cursor, node: Node) -> None:
    lasting = (cindex.StorageClass.STATIC, cindex.StorageClass.EXTERN)
    stored = cursor.storage_class in lasting or cursor.tls_kind != cindex.TLSKind.NONE
    if (stored or node.kind == "variable") and not is_constant(cursor):
        node.findings.append(finding(cursor.location, "state", cursor.spelling))
    if holds_delayed(cursor.type, 1) and has_temporaries(cursor):
        node.findings.append(finding(cursor.location, "dangling-auto", f"auto {cursor.spelling}"))


def is_constant(cursor: cindex.Cursor, seen: set[int] | None = None) -> bool:
    """A constant number or text, or anything that is written constexpr: these carry nothing between calls. `seen` are
    the variables whose constancy is looked at already."""
    kind = cursor.type.get_canonical()
    if kind.is_const_qualified() and cursor.tls_kind == cindex.TLSKind.NONE:
        text = kind.kind.name == "POINTER" and kind.get_pointee()
        if kind.kind.name in SCALARS or text and text.is_const_qualified() and text.kind.name in CHARACTERS:
            seen = set() if seen is None else seen
            seen.add(cursor.hash)
            return not is_from_a_call(cursor, seen)
    return is_constexpr(cursor)


def is_constexpr(cursor: cindex.Cursor) -> bool:
    return re.match(r"((static|inline|const) )*constexpr ", pretty_printed(cursor)) is not None


def is_from_a_call(cursor: cindex.Cursor, seen: set[int]) -> bool:
    """Whether the value of a variable comes from an argument, from something that can change, or from memory that is
    made for it: it is then that of the first call, or can be made to differ from call to call."""
    for part, _ in walk(cursor):
        kind, target = kind_of(part), part.referenced
        if kind == "CXX_NEW_EXPR" or kind == "CALL_EXPR" and part.type.get_canonical().kind.name not in SCALARS:
            return True
        if kind != "DECL_REF_EXPR" or target is None or target.hash in seen:
            continue
        if kind_of(target) in ("PARM_DECL", "UNEXPOSED_DECL", "UNKNOWN"):
            return True
        if file_of(target) == file_of(cursor):
            seen.add(target.hash)
            is_fixed = is_constant(target, seen) if kind_of(target) == "VAR_DECL" else is_constexpr(target)
            if not is_fixed and kind_of(target) != "ENUM_CONSTANT_DECL":
                return True
    return False


def armadillo_types(kind: cindex.Type) -> list[str]:
    """The Armadillo templates in a type, outermost first: eGlue<Glue<Mat, Mat>, Mat> -> eGlue, Glue, Mat, Mat."""
    if kind.kind in (cindex.TypeKind.LVALUEREFERENCE, cindex.TypeKind.RVALUEREFERENCE):
        kind = kind.get_pointee()
    spelling = kind.get_canonical().spelling
    return re.findall(r"arma::(\w+)<", spelling) if re.match(r"(const )?arma::", spelling) else []


def holds_delayed(kind: cindex.Type, depth: int) -> bool:
    """Whether the type is an expression that is not computed yet, made of at least `depth` of them."""
    types = armadillo_types(kind)
    return types[:1] != [] and types[0] in names.DELAYED_TYPES and sum(t in names.DELAYED_TYPES for t in types) >= depth


def has_temporaries(cursor: cindex.Cursor) -> bool:
    """Whether the value of a variable refers to Armadillo objects that end with the line: any but the outermost."""
    made = [part for part, _ in walk(cursor) if kind_of(part) == "CALL_EXPR" and armadillo_types(part.type)]
    return any(returns_value(part) for part in made[1:])


def returns_value(call: cindex.Cursor) -> bool:
    target = call.referenced
    if target is None or kind_of(target) == "CONSTRUCTOR":
        return True
    return target.result_type.kind not in (cindex.TypeKind.LVALUEREFERENCE, cindex.TypeKind.RVALUEREFERENCE)


def reference(cursor: cindex.Cursor, node: Node, graph: Graph) -> None:
    for target in candidates(cursor):
        path = path_of(target)
        if "loops" in path[:-1]:
            node.findings.append(finding(cursor.location, "loops-call", "::".join(path)))
            return
        defined_here = file_of(target.get_definition() or target) == graph.source
        key = graph.key(target) if defined_here else ""
        if key in graph.nodes:
            node.uses.setdefault(key, cursor)
        elif broken := broken_rule(cursor, target, path, graph):
            shown = f".{path[-1]}" if kind_of(target) == "CXX_METHOD" else "::".join(path)
            node.findings.append(finding(cursor.location, broken, shown))
            return


def broken_rule(cursor: cindex.Cursor, target: cindex.Cursor, path: list[str], graph: Graph) -> str:
    """The rule that a use of something outside of the file breaks, or ""."""
    root, name = path[0] if path else "", path[-1] if path else ""
    if root == "arma":
        return armadillo_rule(cursor, name)
    if root == "std":
        return standard_rule(cursor, target, path)
    if len(path) == 1 and kind_of(target) in FUNCTIONS:
        return global_rule(target, name, graph)
    return ""


def armadillo_rule(cursor: cindex.Cursor, name: str) -> str:
    if name in names.ARMADILLO_LOOPS and kind_of(cursor) == "MEMBER_REF_EXPR":
        return "loop"
    if name in names.ARMADILLO_EACH and kind_of(cursor) == "CALL_EXPR":
        takes_code = any("function<" in part.type.get_canonical().spelling for part in cursor.get_arguments())
        return "loop" if takes_code else ""
    return "files" if name in names.ARMADILLO_FILES and kind_of(cursor) == "MEMBER_REF_EXPR" else ""


def standard_rule(cursor: cindex.Cursor, target: cindex.Cursor, path: list[str]) -> str:
    if names.SYSTEM_PARTS_OF_STD & set(path):
        return "system"
    if names.FILES_OF_STD & set(path):
        return "files"
    if path[-1] in ("iword", "pword"):  # numbers that a stream keeps for whoever asks
        return "state"
    if path[-1] == "function" and kind_of(cursor) == "TEMPLATE_REF":
        return "lambda"
    if kind_of(cursor) not in ("DECL_REF_EXPR", "OVERLOADED_DECL_REF"):
        return ""
    if "ranges" in path or "execution" in path:
        return "loop"
    free = len(path) == 2 and kind_of(target) in ("FUNCTION_DECL", "FUNCTION_TEMPLATE")
    algorithm = Path(file_of(target)).name in names.ALGORITHM_HEADERS and path[-1] not in names.SCALAR_ALGORITHMS
    return "loop" if free and algorithm and not path[-1].startswith("operator") else ""


def global_rule(target: cindex.Cursor, name: str, graph: Graph) -> str:
    """Functions of the global namespace: those of the contract, arithmetic, and everything else."""
    header = file_of(target.canonical)
    if Path(header).name in names.CONTRACT_HEADERS and header != graph.source:
        own = {node.name for node in graph.nodes.values()}
        return "" if name in own | graph.callable_contract else "contract-call"
    harmless = name in names.HARMLESS_C or name.startswith(names.HARMLESS_BUILTINS)
    return "" if harmless or name.startswith("operator") or name.rstrip("fl") in names.HARMLESS_C else "system"
