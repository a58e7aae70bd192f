"""The rules on what stands inside a definition: loops of any spelling, calls, state, unsafe `auto`. Fills in a node's
findings, loops and uses; which of them count is decided in inspection.py."""

import re
from pathlib import Path

from clang import cindex

from grader.legality import allow_list, names
from grader.legality.clang_setup import pretty_printed
from grader.legality.graph import Graph, Node
from grader.legality.messages import finding
from grader.legality.tree import (
    CLASSES,
    FUNCTIONS,
    LOOPS,
    SCALARS,
    candidates,
    children,
    file_of,
    kind_of,
    path_of,
    unwrapped,
    walk,
)

CONSTRUCTS = {
    "GOTO_STMT": ("loop", "goto"),
    "INDIRECT_GOTO_STMT": ("loop", "computed goto"),
    "LAMBDA_EXPR": ("lambda", "lambda"),
    "StmtExpr": ("statement-expression", "({ ... })"),
    "STMT_EXPR": ("statement-expression", "({ ... })"),
    "ASM_STMT": ("asm", "asm"),
    "MS_ASM_STMT": ("asm", "asm"),
    "PACK_EXPANSION_EXPR": ("pack", "..."),
    "CXX_NEW_EXPR": ("not-allowed", "new"),
    "CXX_DELETE_EXPR": ("not-allowed", "delete"),
}
REFERENCES = {"DECL_REF_EXPR", "MEMBER_REF_EXPR", "CALL_EXPR", "TYPE_REF", "TEMPLATE_REF", "OVERLOADED_DECL_REF"}
CHARACTERS = {"CHAR_S", "CHAR_U", "WCHAR"}


def examine(node: Node, graph: Graph) -> None:
    called: set[int] = set()  # what names a function in order to call it
    for top in node.cursors:
        for cursor, loops in walk(top):
            kind = kind_of(cursor)
            if kind == "CALL_EXPR" and (parts := children(cursor)) and not constructs(cursor):
                called.add(unwrapped(parts[0]).hash)
            if kind in LOOPS:
                node.loops.append((cursor, loops))
            elif kind in CONSTRUCTS:
                node.findings.append(finding(cursor.location, *CONSTRUCTS[kind]))
            elif kind in REFERENCES:
                reference(cursor, node, graph, cursor.hash in called)
            elif kind == "VAR_DECL" or cursor == top and node.kind == "variable":
                variable(cursor, node)
            elif kind in CLASSES or kind == "ENUM_DECL":
                node.findings.append(finding(cursor.location, "class", type_name(cursor)))
            elif kind in FUNCTIONS and holds_delayed(cursor.result_type, 2):
                node.findings.append(finding(cursor.location, "dangling-auto", f"auto {cursor.spelling}(...)"))


def constructs(call: cindex.Cursor) -> bool:
    """Whether it makes an object: all that stands in such a call are arguments."""
    return call.referenced is not None and kind_of(call.referenced) == "CONSTRUCTOR"


def type_name(cursor: cindex.Cursor) -> str:
    keyword = "enum" if kind_of(cursor) == "ENUM_DECL" else "struct"
    return f"{keyword} {cursor.spelling}".strip()


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
    if kind.is_const_qualified() and not kind.is_volatile_qualified() and cursor.tls_kind == cindex.TLSKind.NONE:
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


def reference(cursor: cindex.Cursor, node: Node, graph: Graph, is_called: bool) -> None:
    targets = candidates(cursor)
    if not targets and cursor.spelling:
        named_only(cursor, node, graph)
    for target in targets:
        path = path_of(target)
        if "loops" in path[:-1]:
            node.findings.append(finding(cursor.location, "loops-call", "::".join(path)))
            return
        defined_here = file_of(target.get_definition() or target) == graph.source
        key = graph.key(target) if defined_here else ""
        if key in graph.nodes:
            node.uses.setdefault(key, cursor)
        if broken := foreign_rule(cursor, target, path, graph) if key not in graph.nodes else "":
            shown = shown_name(target, path)
            if broken != "not-allowed" or not is_added(shown, path, graph):
                node.findings.append(finding(cursor.location, broken, shown))
                return
        if is_handed_over(cursor, target, path, is_called):
            node.findings.append(finding(cursor.location, "handed-over", target.spelling))
            return


def shown_name(target: cindex.Cursor, path: list[str]) -> str:
    """As users write it: .t, arma::exp, std::exp, exp."""
    is_member = kind_of(target) == "CXX_METHOD" and not target.is_static_method()
    return f".{path[-1]}" if is_member else "::".join(path)


def is_added(shown: str, path: list[str], graph: Graph) -> bool:
    """Whether the rubric allows it: by its name, or as a part of what is named there."""
    around = {"::".join(path[:n]) for n in range(2, len(path))}
    return shown in graph.also_allowed or not around.isdisjoint(graph.also_allowed)


def is_handed_over(cursor: cindex.Cursor, target: cindex.Cursor, path: list[str], is_called: bool) -> bool:
    """Whether a function is named without being called: whoever gets it may call it once an element."""
    if is_called or kind_of(cursor) not in ("DECL_REF_EXPR", "MEMBER_REF_EXPR") or kind_of(target) not in FUNCTIONS:
        return False
    return not path[-1].startswith("operator") and not allow_list.is_manipulator(path)


def named_only(cursor: cindex.Cursor, node: Node, graph: Graph) -> None:
    """Inside a template the name is all there is until the template is used: it then means each that has the name."""
    name = cursor.spelling
    own = [key for key, other in graph.nodes.items() if other.kind == "function" and other.name == name]
    for key in own:
        node.uses.setdefault(key, cursor)
    is_member = kind_of(cursor) == "MEMBER_REF_EXPR"
    if not own and not name.startswith("operator") and not allow_list.allows_by_name(name, is_member):
        shown = f".{name}" if is_member else name
        rule = "loop" if name in names.ARMADILLO_LOOPS else "not-allowed"
        if rule == "loop" or shown not in graph.also_allowed:
            node.findings.append(finding(cursor.location, rule, shown))


def foreign_rule(cursor: cindex.Cursor, target: cindex.Cursor, path: list[str], graph: Graph) -> str:
    """The rule that a use of something outside of the file breaks, or ""."""
    root, name = path[0] if path else "", path[-1] if path else ""
    broken = ""
    if root == "arma":
        broken = armadillo_rule(cursor, name)
    elif root == "std":
        broken = standard_rule(cursor, target, path)
    elif len(path) == 1 and kind_of(target) in FUNCTIONS:
        broken = global_rule(target, name, graph)
    if broken or kind_of(cursor) == "CALL_EXPR" and kind_of(target) != "CONSTRUCTOR":  # the name in it is looked at
        return broken
    return "" if allow_list.allows(target, path) else "not-allowed"


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
    if path[1] == "function":
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
