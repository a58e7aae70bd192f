"""What g++ says of a student's file, cut down to the student's own line, in the types that the student wrote.

Called by grade/building.py. Pure text to text: grader/explain/compiler_hints.py knows what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.common.language import tr
from grader.explain import compiler_hints

ERROR = re.compile(
    r"^(?:(?P<file>[^\s:]+):(?P<line>\d+):(?P<column>\d+): |\S+: |)(?:fatal )?error: (?P<text>.*)$", re.MULTILINE
)
LONGEST = 400
MOST_READ = 2000  # of an error: a hostile file can make one as long as it likes

# From what the compiler calls it to what the student wrote, in this order.
PLAIN = (
    (r" \{aka ‘[^‘’]*’\}| \[-fpermissive\]|, std::allocator<[^<>]*> ?(?=>)", ""),
    (r"\b(class|struct) (?=\w)", ""),
    (r"long long unsigned int|long unsigned int", "arma::uword"),
    (r"(?<![\w:])(?:arma::)?Mat<double>", "arma::mat"),
    (r"(?<![\w:])(?:arma::)?Col<double>", "arma::vec"),
    (r"(?<![\w:])(?:arma::)?Row<double>", "arma::rowvec"),
    (r"(?<![\w:])(?:arma::)?Mat<arma::uword>", "arma::umat"),
    (r"(?<![\w:])(?:arma::)?Col<arma::uword>", "arma::uvec"),
    (r"(?<![\w:])(?:arma::)?Row<arma::uword>", "arma::urowvec"),
    # What the compiler makes of an expression is longer than the expression, which the student knows.
    (r"(no match for ‘operator[^‘’]*’) in ‘[^‘’]*’", r"\1"),
    (r"could not convert ‘[^‘’]*’ from ", "could not convert "),
    (r"‘[^‘’]*?(\w+\(\))[^‘’]* \[with [^‘’]*’", r"‘\1’"),
)
# Templates within templates, replaced from the inside as long as there are any.
NESTED = (
    (r"(?:const )?arma::subview_each[12]<[^<>]*, 1(?:, [^<>]*)?>", "each_row()"),
    (r"(?:const )?arma::subview_each[12]<[^<>]*, 0(?:, [^<>]*)?>", "each_col()"),
    (r"(?:const )?arma::subview\w*<[^<>]*>", "part of a matrix"),
    (r"(?:const )?arma::(?:e?Op|e?Glue|mtOp|mtGlue|Gen)<[^<>]*>", "expression"),
    (r"(?:const )?arma::enable_if2<[^<>]*, (?:double|arma::uword)>::result", "double"),
    (r"(?:const )?arma::enable_if2<[^<>]*>::result", "expression"),
)


@dataclass(frozen=True)
class Diagnosis:
    message: str  # begins with file:line where there is one
    hint: str = ""
    line: int = 0
    column: int = 0  # in that line of what the compiler has read; both from 1, and 0 where nobody knows


def plain(text: str) -> str:
    for pattern, words in PLAIN:
        text = re.sub(pattern, words, text)
    before = ""
    while before != text:
        before = text
        for pattern, words in NESTED:
            text = re.sub(pattern, words, text)
    return re.sub(r"‘expression ?’", "an Armadillo expression", text)


def _place_of(output: str, error: re.Match[str], file: str) -> tuple[int, int]:
    """The student's line and column that an error is about: its own, or those that led into its header."""
    if error["file"] == file:
        return int(error["line"]), int(error["column"])
    before = re.findall(rf"^{re.escape(file)}:(\d+):(?:(\d+):)?", output[: error.start()], re.MULTILINE)
    line, column = before[-1] if before else ("", "")
    return int(line or 0), int(column or 0)


def first_error(output: str, file: str) -> Diagnosis:
    """The first error that a compiler reports, at the student's own line, without its trail of templates."""
    error = ERROR.search(output)
    if not error:
        last = output.strip().splitlines()[-1:]
        return Diagnosis(last[0][:LONGEST] if last else tr("the compiler gave no reason"))
    line, column = _place_of(output, error, file)
    place = f"{file}:{line}: " if line else f"{error['file']}: " if error["file"] else ""
    text = error["text"][:MOST_READ]
    rest = output[error.end() :]
    unknown = compiler_hints.NOT_KNOWN if ERROR.search(rest) else compiler_hints.ALONE
    hint = compiler_hints.for_error(text, rest) or unknown
    return Diagnosis(place + plain(text)[:LONGEST], hint, line, column)


def warnings(output: str) -> dict[str, str]:
    """The warnings that name a mistake, by the function in which they stand."""
    found: dict[str, str] = {}
    function = ""
    for line in (line[:MOST_READ] for line in output.splitlines()):
        if heading := re.search(r": In function ‘[^‘’(]*?(\w+)\(", line):
            function = heading[1]
        elif warning := re.match(r"[^\s:]+:(\d+):\d+: warning: (.*) \[-W([\w-]+)\]$", line):
            if text := compiler_hints.for_warning(warning[3], warning[2], warning[1]):
                found.setdefault(function, text)
    return found
