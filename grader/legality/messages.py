"""What a finding says to a student: what was found, why it is not allowed, what to do instead. Called by the rules."""

from clang import cindex

from grader.legality.report import Finding

TEXTS = {
    "loop": "`{0}` is a loop. Work on the whole matrix at once: Armadillo's operators and functions (sum, max, exp, "
    "each_row, ...) have the loop inside.",
    "second-loop": "`{0}` is a second loop. Keep the one loop over the batches, and work on a whole batch inside it.",
    "recursion": "`{0}` calls itself again, which is a loop by another name. Write it as one expression on the whole "
    "matrix.",
    "lambda": "`{0}` is code to be called once an element or a column: a loop by another name. Write the operation on "
    "the whole matrix.",
    "pack": "`...` expands a parameter pack, which is a loop over its elements. Write the operation on the whole "
    "matrix.",
    "class": "`{0}` is a class with code of its own, which could hide a loop. Write the operation in the function "
    "itself; a struct that only holds values is fine.",
    "loops-call": "`{0}` belongs to the loop version, which works image by image. Write the operation on the whole "
    "batch.",
    "statement-expression": "`{0}` puts statements inside an expression. Write them as plain statements: at most "
    "four are allowed.",
    "statements": "{0}, and at most four are allowed. Merge steps into longer expressions; comments, blank lines and "
    "line breaks are free.",
    "state": "`{0}` keeps its value from one call to the next. A function must depend on its arguments alone: make it "
    "a local variable, or a constexpr number.",
    "dangling-auto": "`{0}` is unsafe: `auto` keeps an Armadillo expression, not a matrix, and the temporaries that "
    "it refers to are gone at the end of the line. Write arma::mat (or arma::vec, arma::rowvec) instead.",
    "system": "`{0}` reaches outside of the exercise. Armadillo, the contract header and arithmetic of the standard "
    "library are all it needs: remove this call.",
    "files": "`{0}` reads or writes a file. A function must depend on its arguments alone: remove it.",
    "contract-call": "`{0}` is another exercise. Each function stands alone, so that a mistake in one costs no other: "
    "write the expression here.",
    "interposition": "`{0}` would replace a name that belongs to a library or to another file. Give your function a "
    "name of its own, outside of extern \"C\" and of namespaces std, arma, lab and loops.",
    "asm": "`{0}` is assembly, which cannot be checked. Write the operation with Armadillo.",
    "attribute": "The attribute `{0}` changes how or when the code runs. Remove it: the grader's flags hold for all.",
    "pragma": "`{0}` changes how the file is compiled. Remove it: the grader's flags hold for all.",
    "include": "`{0}` is not part of this exercise. The contract header brings in Armadillo; small standard headers "
    "such as <cmath> may be added.",
    "preprocessor": "`{0}` can show the compiler another text than the one that is checked. Remove the directive and "
    "keep only the code that you mean.",
    "reserved": "`{0}` is a name that belongs to the compiler. Use the plain C++ of the handout instead.",
    "text": "The file holds {0}, which compilers read in different ways. Save it as plain UTF-8 text.",
}

# What is reported where loops are allowed.
DANGEROUS = {"system", "interposition", "asm", "attribute", "include", "preprocessor", "reserved", "text"}


def finding(place: cindex.SourceLocation, rule: str, construct: str) -> Finding:
    """`place` may lie in a macro: clang answers with the line in the student's file that uses it."""
    return Finding(place.line, place.column, construct, rule, TEXTS[rule].format(construct))
