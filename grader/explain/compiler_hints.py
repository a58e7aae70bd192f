"""What g++'s usual complaints about Armadillo mean, in terms of the student's next action. Called by compiler.py.

Held against the real compiler by test_compiler_hints.py; the words of g++ 12 to 14 are nearly the same."""

from __future__ import annotations

import re

from grader.common.build_facts import ROOT
from grader.common.language import tr
from grader.explain import unknown_names

VIEW = "subview_each"
WHOLE = r"(Mat|Col|Row|mtGlue|mtOp)<long long unsigned int|‘(const )?arma::u(mat|vec|rowvec)’"
EXPRESSION = r"arma::(enable_if2|e?Op|e?Glue|mtOp|mtGlue|Gen)<"
SCALAR = r"double|int|float|arma::uword|arma::enable_if2<true, double>::result"
ARMA = r"arma::(Mat|Col|Row|mat|vec|rowvec|umat|uvec|enable_if2|e?Op|e?Glue|mtOp|mtGlue|subview)\b"

NOT_KNOWN = tr("mend the first error first; the ones after it often vanish with it")
ALONE = tr(
    "only this line is wrong: give each step of it a line and a variable of its own; the error stays with the step "
    "that causes it"
)
WHOLE_NUMBERS = tr(
    "whole numbers (a uvec, ==, index_max) do not become doubles by themselves: arma::uvec keeps them, "
    "arma::conv_to<...>::from(...) converts them (handout, From NumPy to Armadillo)"
)
# The first pattern that is found in the error counts.
ERRORS = (
    (
        rf"conversion from ‘(const )?arma::{VIEW}",
        tr(
            "each_row() and each_col() are views, not matrices: combine them with a row or a column first, and store "
            "the result (handout, Common errors)"
        ),
    ),
    (
        rf"no match for ‘operator\*’.*{VIEW}",
        tr("each_row() and each_col() know +, -, % and /: % multiplies element by element, * is the matrix product"),
    ),
    (
        rf"no match for ‘operator.*{VIEW}.* and ‘({SCALAR})",
        tr("a number goes with the whole matrix: leave each_row() or each_col() out"),
    ),
    (
        r"no match for ‘operator([-+*/%]|[-+*/%]?=)’.*types are ‘(const )?arma::(subview_each|(mat|vec|rowvec)’).*"
        r" and ‘.*<long long unsigned",
        WHOLE_NUMBERS,
    ),
    (
        rf"no match for ‘operator.*{VIEW}",
        tr(
            "each_row() stands on the left of the operator, and on the right a matrix of one row; each_col() likewise, "
            "with one column"
        ),
    ),
    (
        rf"no matching function for call to ‘.*{VIEW}",
        tr(
            "each_row() and each_col() are views, not matrices: a function takes what comes out of each_row() and a row"
        ),
    ),
    (
        r"discards qualifiers|assignment of read-only|no match for ‘operator[-+*/%]?=’.*operand types are ‘const ",
        tr(
            "what is const may not be changed: copy an argument into a variable of your own and change that, or write "
            "the operation without =; of your own variable take the word const away"
        ),
    ),
    (
        r"::(Mat|Col)\(.*<unresolved overloaded function type>",
        tr("to make a filled matrix, the third argument is arma::fill::eye, arma::fill::zeros or arma::fill::ones"),
    ),
    (
        r"<unresolved overloaded function type>|invalid use of non-static member function",
        tr("a function is named and not called: brackets are missing behind it, such as in A.t()"),
    ),
    (
        r"rel_.* to ‘bool’|could not convert.*arma::.* to ‘bool’",
        tr(
            "a comparison of matrices gives a matrix of 0 and 1, not one yes or no; a condition is hardly ever needed "
            "here: work with that matrix"
        ),
    ),
    (
        r"(cannot convert|invalid cast from type) ‘[^‘’]*op_(max|min)\b.* to (type )?‘(double|int|float|arma::uword)",
        tr(
            "arma::max(A) and arma::min(A) give one number for each column, though that may be one only: A.max() and "
            "A.min() give the one of all"
        ),
    ),
    (
        rf"(cannot convert|invalid cast from type) ‘[^‘’]*{ARMA}.* to (type )?‘(double|int|float|arma::uword)",
        tr(
            "a matrix is not a number, even if it is 1 x 1: arma::accu sums all elements, arma::dot multiplies two "
            "vectors, arma::as_scalar takes the only element"
        ),
    ),
    (
        rf"(conversion|could not convert ‘[^‘’]*’) from ‘({SCALAR})’.* to (non-scalar type )?‘arma::",
        tr(
            "this is one number, not a matrix: accu, dot, norm and A.max() give one for all; arma::sum(A, 0) and "
            "arma::max(A, 0) give one for each column"
        ),
    ),
    (
        r"from ‘.*op_(max|min).* to (non-scalar type )?‘(arma::)?u(vec|rowvec)",
        tr("max and min give the values; their positions are given by index_max and index_min"),
    ),
    (
        r"no match for ‘operator=’ (in ‘[^‘’]*::(elem|cols|rows)\(|.*‘arma::subview_elem2)",
        tr("chosen elements get a number by .fill(1.0); += and -= change what is there"),
    ),
    (
        r"call to ‘eye\(",
        tr("eye takes two sizes, the rows and the columns: arma::eye(n, n)"),
    ),
    (
        r"call to ‘(max|min|sum|mean)\((const )?arma::(mat|Mat<double>)&(, int)?\)’",
        tr("arma:: stands in front of it: std::max, for one, compares two numbers"),
    ),
    (
        r"from type ‘arma::uword \(arma::",
        unknown_names.SIZE,
    ),
    (
        r"std::vector<(?!EpochStats)|‘std::vector’",
        tr("std::vector is not a type of Armadillo: use arma::uvec for whole numbers and arma::vec for doubles"),
    ),
    (
        r"Col<long long int>|arma::ivec",
        tr("labels and positions have no sign: arma::uvec, not arma::ivec"),
    ),
    (
        r"call to ‘arma::Mat<double>::(col|row)\((const )?arma::",
        tr("A.col(j) and A.row(i) take one number: columns and rows by a list of numbers are A.cols(idx), A.rows(idx)"),
    ),
    (
        r"no match for call to ‘\((const )?arma::",
        tr("brackets with indices go behind a matrix that has a name: put this into an arma::mat first"),
    ),
    (
        r"call to ‘arma::Mat<double>::(elem|cols|rows)\(",
        tr(
            "positions are whole numbers, an arma::uvec; a vector of doubles came out: regspace, for one, makes "
            "doubles unless you write regspace<arma::uvec>"
        ),
    ),
    (
        rf"conversion from .*({WHOLE}).* to non-scalar type ‘(arma::)?(mat|vec|rowvec|Mat<double|Col<double)|"
        r"call to ‘arma::(Col|Mat)<double>::(Col|Mat)\(const arma::u(vec|mat)",
        WHOLE_NUMBERS,
    ),
    (
        r"conversion from ‘.*double.* to non-scalar type ‘(arma::u|(arma::)?(Col|Mat|Row)<long long unsigned)",
        tr(
            "doubles do not become whole numbers by themselves: ask for whole numbers where they are made, or "
            "arma::conv_to<arma::uvec>::from(...)"
        ),
    ),
    (
        r"conv_to<.*>::conv_to\(",
        tr("the call has a from: arma::conv_to<arma::vec>::from(...)"),
    ),
    (
        r"to ‘Gradients’",
        tr("return both gradients in braces, W first and b second, with a comma between them"),
    ),
    (
        r"conversion from ‘Gradients’",
        tr(
            "grad_batch returns both gradients at once: keep them in one variable of type Gradients, and use its "
            "members W and b"
        ),
    ),
    (
        r"no match for ‘operator.*‘(Gradients|Model)",
        tr("this holds two things, W and b: write the operation for each of its members, with a dot: .W and .b"),
    ),
    (
        r"push_back\(.*double",
        tr("push_back takes one EpochStats: put its three numbers in braces"),
    ),
    (
        rf"‘(const )?(class |struct )?({EXPRESSION}|arma::subview_elem).* has no member|"
        rf"operator.?=’.*operand types are ‘{EXPRESSION}",
        tr(
            "this is an Armadillo expression and not a matrix yet: put it into an arma::mat first (and not into an "
            "auto)"
        ),
    ),
    (
        r"cannot bind non-const lvalue reference of type ‘arma::uword&’",
        tr("A.max() takes no axis: arma::max(A, 0) gives one number for each column, arma::max(A, 1) for each row"),
    ),
    (
        r"::index_(max|min)\(int\)’",
        tr("A.index_max() takes no axis: arma::index_max(A, 0) gives one position for each column"),
    ),
    (
        r"call to ‘(exp|log|sqrt|abs|pow)\(arma::enable_if2<true, double>",
        tr(
            "arma::exp, arma::log, ... take a matrix, and this is one number: is it arma::sum(A, 0), with an axis? Of "
            "one number it is std::exp, std::log"
        ),
    ),
    (
        r"call to ‘(exp|log|sqrt|abs|pow)\((const )?arma::",
        tr("std::exp, std::log and the like take one number: arma::exp, arma::log, ... take a matrix"),
    ),
    (
        r"‘(arma::)?(lstsq|linalg)’ (is not a member|has not been declared)",
        unknown_names.LEAST_SQUARES,
    ),
    (
        r"‘(\w+)’ is not a member of ‘arma’|‘arma::(\w+)’ has not been declared",
        tr("Armadillo does not have this name: the table From NumPy to Armadillo in the handout has what it is called"),
    ),
    (
        r"before ‘:’ token",
        tr(
            "A[:, j] is NumPy's: one column is A.col(j), a row is A.row(i), and columns by their numbers, idx, are "
            "A.cols(idx)"
        ),
    ),
    (
        r"no match for ‘operator\[\]’.*arma::",
        tr("[] takes no list of indices in Armadillo: see elem and cols in the table From NumPy to Armadillo"),
    ),
    (
        r"Hyperparameters’ has no member",
        unknown_names.HYPERPARAMETERS,
    ),
    (
        r"‘(const )?(struct )?(Gradients|Model|Dataset|EpochStats|lab::Batch)’ has no member",
        tr("the names of its members stand in reference/softmax_reg_vec.hpp"),
    ),
    (
        r"expected ‘;’ before ‘\)’",
        tr(
            "this bracket closes what is not open: there is one too many, or a semicolon further up cuts the line in two"
        ),
    ),
    (
        r"expected unqualified-id before ‘\{’",
        tr("a semicolon behind the first line of a function ends it there: take it away, before this brace"),
    ),
    (
        r"expected ‘[,’ or‘]*;’",
        tr(
            "a semicolon is missing, here or at the end of the line before; if one is there, look for a bracket too "
            "many"
        ),
    ),
    (
        r"expected ‘[)\]]’",
        tr("a bracket that was opened is not closed, here or at the end of the line before: count them"),
    ),
    (
        r"expected ‘}’|function-definition is not allowed here",
        tr("a brace that was opened is not closed, here or further up: each function ends with its own }}"),
    ),
    (
        r"stray ‘@’",
        tr("the matrix product is *; element by element is %"),
    ),
    (
        r"stray ‘",
        tr("C++ does not know this character: was it copied from a document? Type it anew"),
    ),
    (
        r": No such file or directory",
        tr("there is no header of this name: the lab's are softmax_reg_vec.hpp and vec_exos.hpp"),
    ),
    (
        r"invalid preprocessing directive",
        tr("a comment begins with // in C++"),
    ),
    (
        r"expected declaration before ‘}’",
        tr("there is one closing brace too many, here or further up"),
    ),
    (
        r"invalid type argument of unary ‘\*’|‘operator\^’",
        tr("C++ has no such operator for powers: arma::square(A), or A % A"),
    ),
    (
        r"expected ‘\(’ before|‘def’ does not name a type",
        tr("this is Python: in C++ the function begins as in its stub, and a condition stands in brackets"),
    ),
    (
        r"expected primary-expression before ‘",
        tr("something is missing in front of it, or stands there too much: look at the end of the line before as well"),
    ),
    (
        r"ambiguating new declaration|conflicting declaration",
        tr("the return type is not the contract's: copy the first line of the function from the header in reference/"),
    ),
    (
        r"invalid initialization of reference|too (few|many) arguments",
        tr("compare the arguments, their number and their order, with the declaration in reference/"),
    ),
    (
        r"was not declared in this scope$",
        tr("is it spelt as where it is declared? A new variable needs its type in front, such as arma::mat or double"),
    ),
)


def _for_include(text: str) -> str:
    """The hint for a header of the contract that is looked for in a folder, as an editor may complete it, or ""."""
    missing = re.match(r"\S+[/\\](\w+\.hpp): No such file", text)
    if missing and (ROOT / "reference" / missing[1]).exists():
        return tr('write the name alone, without a folder: #include "{name}"', name=missing[1])
    return ""


def for_error(text: str, rest: str) -> str:
    """The hint for the text of an error, or ""; `rest` is what the compiler says after it."""
    if hint := _for_include(text):
        return hint
    known = (hint for pattern, hint in ERRORS if re.search(pattern, text))
    return unknown_names.for_error(text, rest) or next(known, "")


def for_warning(name: str, text: str, line: str) -> str:
    """The hint for a warning, by its name; "" when it is not a mistake for sure."""
    if name == "return-type":
        return tr(
            "the function can come to its last line, {line}, without a return: give back the result there", line=line
        )
    if name == "comma-subscript":
        return tr("line {line}: A[i, j] means A[j] in C++; the element is A(i, j)", line=line)
    if name == "uninitialized" and (variable := re.search(r"‘([^‘’]*)’", text)):
        names = {"line": line, "variable": variable[1]}
        return tr("line {line}: {variable} is used before it has a value; give it one where it is declared", **names)
    return ""
