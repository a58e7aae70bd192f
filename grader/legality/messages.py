"""What a finding says to a student: what was found, why it is not allowed, what to do instead. Called by the rules."""

import re
from fnmatch import fnmatchcase

from clang import cindex

from grader.common.language import marked, tr
from grader.legality.report import Finding

TEXTS = {
    "loop": marked(
        "`{construct}` is a loop. Work on the whole matrix at once: Armadillo's operators and functions (sum, max, "
        "exp, each_row, ...) have the loop inside."
    ),
    "each": marked(
        "`{construct}` with a lambda or a function calls it once a row or a column, which is a loop. With an operator "
        "and a vector it is none: Armadillo's each_row and each_col, sum, max and exp work on the whole matrix."
    ),
    "second-loop": marked(
        "`{construct}` is a second loop. Keep the one loop over the batches, and work on a whole batch inside it; the "
        "loop over the epochs stands where this is called."
    ),
    "recursion": marked(
        "`{construct}` calls itself again, which is a loop by another name. Write it as one expression on the whole "
        "matrix."
    ),
    "lambda": marked(
        "`{construct}` is code to be called once an element or a column: a loop by another name. Write the operation "
        "on the whole matrix."
    ),
    "pack": marked(
        "`...` expands a parameter pack, which is a loop over its elements. Write the operation on the whole matrix."
    ),
    "class": marked(
        "`{construct}` is a type, an operator or a template of your own, which could hide a loop. Write the operation in "
        "the function itself; std::pair and std::tuple hold several values."
    ),
    "not-allowed": marked(
        "`{construct}` is not on the list of what a vectorised function may use. {instead}. To allow more, a teacher "
        "adds the name to also_allowed in grader/rubric.toml."
    ),
    "handed-over": marked(
        "`{construct}` is named here without being called, so that something else can call it once an element: a loop "
        "by another name. Call it yourself, or write the operation on the whole matrix."
    ),
    "loops-call": marked(
        "`{construct}` belongs to the loop version, which works image by image. Write the operation on the whole "
        "batch."
    ),
    "statement-expression": marked(
        "`{construct}` puts statements inside an expression. Write them as plain statements: at most four are "
        "allowed."
    ),
    "statements": marked(
        "{construct}, and at most four are allowed. Merge steps into longer expressions; comments, blank lines and "
        "line breaks are free."
    ),
    "state": marked(
        "`{construct}` keeps its value from one call to the next. A function must depend on its arguments alone: make"
        " it a local variable, or a constexpr number."
    ),
    "dangling-auto": marked(
        "`{construct}` is unsafe: `auto` keeps an Armadillo expression, not a matrix, and the temporaries that it "
        "refers to are gone at the end of the line. Write arma::mat (or arma::vec, arma::rowvec) instead."
    ),
    "system": marked(
        "`{construct}` reaches outside of the exercise. Armadillo, the contract header and arithmetic of the standard"
        " library are all it needs: remove this call."
    ),
    "files": marked("`{construct}` reads or writes a file. A function must depend on its arguments alone: remove it."),
    "contract-call": marked(
        "`{construct}` is another exercise. Each function stands alone, so that a mistake in one costs no other: "
        "write the expression here."
    ),
    "interposition": marked(
        "`{construct}` would replace a name that belongs to a library or to another file. Give your function a name "
        'of its own, outside of extern "C" and of namespaces std, arma, lab and loops.'
    ),
    "asm": marked("`{construct}` is assembly, which cannot be checked. Write the operation with Armadillo."),
    "attribute": marked(
        "The attribute `{construct}` changes how or when the code runs. Remove it: the grader's flags hold for all."
    ),
    "pragma": marked("`{construct}` changes how the file is compiled. Remove it: the grader's flags hold for all."),
    "include": marked(
        "`{construct}` is not part of this exercise. The contract header brings in Armadillo; small standard headers "
        "such as <cmath> may be added."
    ),
    "preprocessor": marked(
        "`{construct}` can show the compiler another text than the one that is checked. Remove the directive and keep"
        " only the code that you mean."
    ),
    "reserved": marked(
        "`{construct}` is a name that belongs to the compiler. Use the plain C++ of the handout instead."
    ),
    "text": marked("The file holds {construct}, which compilers read in different ways. Save it as plain UTF-8 text."),
}

# What to use in place of a name that is not on the list, by patterns of the name without its namespace.
INSTEAD = {
    "*_distribution *_engine mt19937* minstd_rand* random_device": marked(
        "arma::randu, arma::randn and arma::randi draw random numbers"
    ),
    "*map *set *list deque queue stack *queue valarray slice bitset iota": marked(
        "arma::mat, arma::vec and arma::uvec hold numbers, and arma::regspace counts"
    ),
    "new delete *alloc free *_ptr make_unique make_shared memory acquire release": marked(
        "arma::mat owns its memory, and returning one copies nothing"
    ),
    "*stream* *scanf *print* getline cin": marked('`A.print("A")` shows a matrix, and std::cout any value'),
    "function bind* invoke apply hash mem_fn visit exchange not_fn variant any": marked(
        "Write the operation on the whole matrix where it is needed"
    ),
    "to_chars from_chars *regex* toupper tolower": marked(
        "The exercises need no text: work on the matrices that the function gets"
    ),
    "system_clock steady_clock high_resolution_clock chrono": marked(
        "arma::wall_clock measures, and make grade does so better"
    ),
}
NO_ADVICE = marked("The table From NumPy to Armadillo in the handout has most of what it needs")

# Armadillo's broadcasts, which are loops only when they take code.
EACH = {".each_row", ".each_col", ".each_slice"}

# What is reported where loops are allowed.
DANGEROUS = {"system", "interposition", "asm", "attribute", "include", "preprocessor", "reserved", "text"}


def finding(place: cindex.SourceLocation, rule: str, construct: str) -> Finding:
    """`place` may lie in a macro: clang answers with the line in the student's file that uses it."""
    return finding_at(place.line, place.column, rule, construct)


def finding_at(line: int, column: int, rule: str, construct: str) -> Finding:
    text = TEXTS["each" if rule == "loop" and construct in EACH else rule]
    advice = {"instead": tr(instead_of(construct))} if rule == "not-allowed" else {}
    return Finding(line, column, construct, rule, tr(text, construct=construct, **advice))


def instead_of(construct: str) -> str:
    names = [name for name in re.split(r"::|\.", construct) if name and name != "std"]
    fits = (
        text
        for patterns, text in INSTEAD.items()
        for part in patterns.split()
        if any(fnmatchcase(n, part) for n in names)
    )
    return next(fits, NO_ADVICE)
