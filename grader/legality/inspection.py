"""Puts the rules together: one inspection of one file. Called through grader.legality by the grader, once a file;
holds no state, so that files can be inspected in parallel processes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clang import cindex

from grader.common.language import tr
from grader.legality import names
from grader.legality.body_rules import examine
from grader.legality.clang_setup import parse
from grader.legality.discarded import discarded_lines
from grader.legality.file_rules import file_findings, runs_at_load
from grader.legality.graph import Graph, Node
from grader.legality.messages import DANGEROUS, finding
from grader.legality.report import FileReport, Finding, FunctionReport
from grader.legality.statements import commas, count, is_stub, statements
from grader.legality.preprocessed import Preprocessed
from grader.legality.text_rules import TextFinding, include_findings, text_findings
from grader.legality.tree import LOOPS, body_of, file_of, kind_of, path_of, too_large


@dataclass(frozen=True)
class Rules:
    most_statements: int | None
    most_loops: int | None
    only_dangerous: bool = False
    any_means: bool = False  # of speed: intrinsics, vectors, attributes; but nothing that lasts from call to call
    callable_contract: frozenset[str] = frozenset()  # functions of other exercises that may be called


RULES = {
    "vectorised": Rules(4, 0),
    "one loop over batches": Rules(None, 1, callable_contract=names.BATCH_FUNCTIONS),
    "free": Rules(None, None, only_dangerous=True),
    "any means": Rules(None, None, only_dangerous=True, any_means=True),
}
LARGEST_FILE = 1_000_000  # characters; an answer has a few hundred


def inspect(
    source: Path,
    prepared: Preprocessed,
    functions: Sequence[str],
    rules: str,
    flags: Sequence[str],
    pch: Path | None = None,
    also_allowed: frozenset[str] = frozenset(),
) -> FileReport:
    """What each of `functions` breaks of the `rules` (a name of rubric.toml) in the file `source`, which holds the text
    of `prepared`. `also_allowed` are names beyond allowed.toml."""
    if rules not in RULES:
        raise ValueError(f'unknown rules "{rules}": rubric.toml may name {", ".join(RULES)}')
    report = FileReport({name: FunctionReport(name) for name in functions})
    if len(prepared.text) > LARGEST_FILE:
        report.too_large = tr(
            "1: more than {most:,} characters with macros expanded; write only what the exercise needs",
            most=LARGEST_FILE,
        )
        return report
    try:
        unit = parse(source, flags, pch)
    except cindex.TranslationUnitLoadError:
        report.parse_errors.append(f"{source.name}: clang could not read the file")
        return report
    report.parse_errors = [
        f"{d.location.line}:{d.location.column}: {d.spelling}"
        for d in unit.diagnostics
        if d.severity >= cindex.Diagnostic.Error
    ]
    report.too_large = too_large(unit)
    if not report.too_large:
        Inspection(unit, prepared, functions, RULES[rules], also_allowed).fill(report)
    return report


class Inspection:
    """The inspection of one file: finds what breaks a rule, and whose fault it is."""

    def __init__(
        self,
        unit: cindex.TranslationUnit,
        prepared: Preprocessed,
        functions: Sequence[str],
        rules: Rules,
        also_allowed: frozenset[str],
    ) -> None:
        self.rules = rules
        self.graph = Graph(unit, rules.callable_contract, also_allowed)
        for node in self.graph.nodes.values():
            examine(node, self.graph)
        self.of_file = [*file_findings(self.graph, functions), *include_findings(prepared, rules.only_dangerous)]
        self.graded = {name: key for name in functions if (key := self.key_of(name))}
        self.place(text_findings(unit, prepared, rules.any_means))
        starts = [key for key, node in self.graph.nodes.items() if runs_at_load(node)]
        self.at_load = [key for start in starts for key in [start, *self.graph.reachable(start)]]

    def place(self, found: Iterable[TextFinding]) -> None:
        """Gives each finding to the definition in which it stands, or else to the file. Assembly and attributes work
        without being called: only those of a graded function are its own."""
        for one in found:
            holders = [node for node in self.graph.nodes.values() if node.holds(one.offset)]
            for findings in [node.findings for node in holders] or [self.of_file]:
                findings.append(one.finding)
        for key, node in self.graph.nodes.items():
            if key not in self.graded.values():
                self.of_file += [f for f in node.findings if f.rule in ("asm", "attribute")]

    def key_of(self, name: str) -> str:
        """The node of a function of the contract: global, and declared in a header where there are overloads."""
        firsts = {key: node.cursors[0] for key, node in self.graph.nodes.items() if node.kind == "function"}
        keys = [key for key, cursor in firsts.items() if path_of(cursor) == [name]]
        return min(keys, key=lambda key: file_of(firsts[key].canonical) == self.graph.source, default="")

    def fill(self, report: FileReport) -> None:
        for name, function in report.functions.items():
            function.findings = self.readable(self.of_file)
            if name not in self.graded:
                continue
            key = self.graded[name]
            function.defined = True
            function.untouched = is_stub(self.graph.nodes[key].cursors[0])
            own = self.own_statements(key)
            function.statements = own + sum(self.own_statements(helper) for helper in self.helpers(key))
            function.discards = next(self.discarded([key, *self.helpers(key)]), 0)
            function.findings = self.findings(key, function.statements, own)

    def helpers(self, key: str) -> list[str]:
        """What a function uses of the file; another graded function is held to the limit by itself."""
        others = frozenset(self.graded.values())
        return self.graph.reachable(key, stop=others)

    def own_statements(self, key: str) -> int:
        """Of a template the instances repeat the pattern, at the same place: counted once."""
        counts: dict[int, int] = {}
        for cursor in self.graph.nodes[key].cursors:
            counts.setdefault(cursor.location.offset, count(cursor))
        return sum(counts.values())

    def discarded(self, keys: Iterable[str]) -> Iterator[int]:
        for key in keys:
            for cursor in self.graph.nodes[key].cursors:
                yield from discarded_lines(cursor)

    def findings(self, key: str, total: int, own: int) -> list[Finding]:
        root = self.graph.nodes[key]
        used = list(dict.fromkeys([key, *self.graph.reachable(key)]))
        found = list(self.of_file)
        for other in dict.fromkeys(used + self.at_load):
            node = self.graph.nodes[other]
            here = [f for f in node.findings if other in used or f.rule != "state"]
            found += [within(f, node, root) for f in [*here, *self.recursion(other)]]
        found += self.loops(list(dict.fromkeys(used + self.at_load)), root)
        if self.rules.most_statements is not None and total > self.rules.most_statements:
            found.append(self.too_many(root, total, own))
        return self.readable(found)

    def readable(self, found: list[Finding]) -> list[Finding]:
        """Those that count, each once, in the order of the source."""
        if self.rules.only_dangerous:
            found = [f for f in found if f.rule in DANGEROUS or self.rules.any_means and f.rule == "state"]
        if self.rules.any_means:
            found = [f for f in found if f.rule != "system" or not re.fullmatch(names.OF_SPEED_FUNCTIONS, f.construct)]
        backwards = sorted(found, key=lambda f: (f.line, f.column), reverse=True)
        unique = {(f.line, f.rule, f.construct): f for f in backwards}
        return sorted(unique.values(), key=lambda f: (f.line, f.column, f.rule))

    def recursion(self, key: str) -> list[Finding]:
        node = self.graph.nodes[key]
        if node.kind != "function":
            return []
        calls = [(used, place) for used, place in node.uses.items() if used == key or key in self.graph.reachable(used)]
        return [finding(place.location, "recursion", self.graph.nodes[used].name) for used, place in calls]

    def loops(self, reached: list[str], root: Node) -> list[Finding]:
        """The loops beyond those allowed. A template shows each of its loops once for every instance."""
        places: dict[int, tuple[Node, cindex.Cursor, int]] = {}
        for key in reached:
            for cursor, around in self.graph.nodes[key].loops:
                places.setdefault(cursor.location.offset, (self.graph.nodes[key], cursor, around))
        allowed = self.rules.most_loops or 0
        rule = "second-loop" if allowed else "loop"
        extra = [p for i, p in enumerate(sorted(places.values(), key=lambda p: p[2])) if i >= allowed]
        return [within(finding(c.location, rule, LOOPS[kind_of(c)]), node, root) for node, c, _ in extra]

    def too_many(self, root: Node, total: int, own: int) -> Finding:
        limit = self.rules.most_statements or 0
        body = body_of(root.cursors[0])
        counted = list(statements(body)) if body is not None else []
        # What a comma operator packs together counts as well, and is not among them.
        place = counted[min(limit, len(counted) - 1)] if counted else root.cursors[0]
        counts = tr("{total} statements", total=total)
        if total > own:
            counts = tr("{total} statements ({borrowed} of them in helpers)", total=total, borrowed=total - own)
        found = finding(place.location, "statements", counts)
        lines = ", ".join(str(cursor.location.line) for cursor in counted)
        message = tr("{finding} (One each in the lines {lines}.)", finding=found.message, lines=lines)
        if packed := commas(root.cursors[0]):
            more = {"finding": found.message, "lines": lines, "packed": packed}
            message = tr("{finding} (One each in the lines {lines}, and {packed} behind a comma operator.)", **more)
        return replace(found, message=message)


def within(found: Finding, node: Node, root: Node) -> Finding:
    """Says where a finding comes from when it is not in the function itself."""
    if node is root:
        return found
    where = {"helper": node.name, "function": root.name}
    message = tr("{finding} (In `{helper}`, which `{function}` uses.)", finding=found.message, **where)
    return replace(found, message=message)
