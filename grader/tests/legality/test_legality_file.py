"""The rules on a file as a whole, what a report holds, and files that are odd, broken or very right."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from grader.grade import headers
from grader.tests.support.legality_support import CONTRACT, SIGNATURE, folder, found, lab, look, prepared

PLAIN = f"{SIGNATURE} {{ return arma::normalise(arma::exp(logits), 1, 0); }}\n"

BROKEN_FILES = {
    "include loop version": ('#include "softmax_reg.hpp"\n', "include"),
    "include by path": ('#include "../solutions/softmax_batch.cpp"\n', "include"),
    "include absolute": ('#include "/etc/passwd"\n', "include"),
    "include loop version whole": ('#include "softmax_reg.cpp"\n', "include"),
    "include threads": ("#include <thread>\n", "include"),
    "include system": ("#include <unistd.h>\n", "include"),
    "include by macro": ("#define H <thread>\n#include H\n", "include"),
    "include by digraph": ("%:include <thread>\n", "include"),
    "include over two lines": ("#inc\\\nlude <thread>\n", "include"),
    "include with a comment in it": ("#/* \n */include <thread>\n", "include"),
    "include of a part of Armadillo": ("#include <armadillo_bits/fn_accu.hpp>\n", "include"),
    "include in a condition": ("#if __has_include(<thread>)\n#include <thread>\n#endif\n", "include"),
    "pragma": ('#pragma GCC optimize("fast-math")\n', "pragma"),
    "pragma by operator": ('_Pragma("GCC optimize 3")\n', "pragma"),
    "pragma after comment": ("/* hidden */ #pragma omp parallel\n", "pragma"),
    "pragma with a comment in it": ('#/*\n*/pragma GCC optimize("Ofast")\n', "pragma"),
    "pragma that a macro makes": ('#define DO(x) _Pragma(x)\nDO("GCC optimize 3")\n', "pragma"),
    "directive that a macro makes": ("#define HASH #\nHASH include <thread>\n", "preprocessor"),
    "ident": ('#ident "x"\n', "preprocessor"),
    "line of another file": ('#line 3 "other.cpp"\n', "preprocessor"),
    "after a text commented out": ("#if 0\n#else\n#pragma x\n#endif\n", "pragma"),
    "pasted name": ("#define PASTE(a, b) a##b\nint x = PASTE(__buil, tin_popcount)(3);\n", "reserved"),
    "fold in a macro": (
        "#define SUM(t) (t + ...)\ntemplate <class... T> double sum(T... t) { return SUM(t); }\n"
        "const double three = sum(1.0, 2.0);\n", "pack"),
    "attribute in a macro": (
        "#define vector_of(n) __attribute__((vector_size(n)))\ntypedef double two vector_of(16);\n", "attribute"),
    "second of a list of attributes": ('[[nodiscard, gnu::optimize("Ofast")]] double f();\n', "attribute"),
    "attributes of a namespace": ("[[using gnu: hot]] double f();\n", "attribute"),
    "constructor": ("__attribute__((constructor)) static void start() {}\n", "attribute"),
    "constructor declared in a function": ("void f() { void start() __attribute__((constructor)); }\n", "attribute"),
    "assembly in another function": ('void f() { asm(".globl x"); }\n', "asm"),
    "assembly of the file": ('asm(".globl x");\n', "asm"),
    "C function": ('extern "C" double exp(double x) noexcept { return x; }\n', "interposition"),
    "C function declared elsewhere": ("double exp(double x) noexcept { return x; }\n", "interposition"),
    "main": ("int main() { return 0; }\n", "interposition"),
    "C block": ('extern "C" { int helper(int x) { return x; } }\n', "interposition"),
    "operator new": ("void* operator new(std::size_t n) { return nullptr; }\n", "interposition"),
    "namespace of the library": ("namespace arma { inline int three() { return 3; } }\n", "interposition"),
    "qualified definition": (
        "std::vector<lab::Batch> lab::create_batches(const Dataset&, arma::uword) { return {}; }\n", "interposition"),
    "other exercise": (
        "double evaluate(const arma::mat&, const arma::uvec&, const arma::mat&, const arma::vec&) { return 1; }\n",
        "interposition"),
    "code at load": ("static const int started = std::system(\"true\");\n", "system"),
    "lambda at load": ("static const int number = [] { return 3; }();\n", "lambda"),
    "null byte": ('const char* const text = "\0";\n', "text"),
    "struct of values": ("struct Parts { arma::mat top; double scale; };\n", "class"),
    "steps in a struct": ("struct Steps { const arma::mat& A; arma::mat B = arma::exp(A); };\n", "class"),
    "friend": ("struct Box { friend arma::mat other(const arma::mat& A) { return A; } };\n", "class"),
    "enum": ("enum Kind { one, two };\n", "class"),
    "operator": ("bool operator<(const Model&, const Model&) { return false; }\n", "class"),
    "template of a number": ("template <int n> double f() { return n; }\n", "class"),
    "template of a variable": ("template <class T> constexpr T two = 2;\n", "class"),
    "template of a class": ("template <class T> struct Box { T x; };\n", "class"),
}  # fmt: skip

RIGHT_FILES = {
    "plain": PLAIN,
    "harmless headers": "#include <armadillo>\n#include <cmath>\n#include <algorithm>\n#include <vector>\n" + PLAIN,
    "quoted armadillo": '#include "armadillo"\n#include <stdexcept>\n' + PLAIN,
    "using": "using namespace arma;\nmat softmax_batch(const mat& L) { return normalise(exp(L), 1, 0); }\n",
    "using both": "using namespace std;\nusing namespace arma;\n" + PLAIN,
    "trailing return type": "auto softmax_batch(const arma::mat& x) -> arma::mat { return arma::exp(x); }\n",
    "constants": "namespace { constexpr double a = 1e-12; const double b = 2; const char* const c = \"é\"; }\n"
    + PLAIN,
    "helper": "namespace { arma::mat half(const arma::mat& A) { return A / 2; } }\n"
    + f"{SIGNATURE} {{ return half(logits); }}\n",
    "unused helper with a loop": "static void unused() { for (;;) {} }\n" + PLAIN,
    "unused global": "double unused = 0;\n" + PLAIN,
    "text commented out": "#if 0\nfor (;;) asm goto\n#endif\n" + PLAIN,
    "text not compiled": "#if 1\n#else\n#pragma x\n#endif\n#if 0\n#if 1\n#endif\n#pragma x\n#endif\n" + PLAIN,
    "own macro": "#define AXIS 0\n#ifdef AXIS\n#endif\n#ifndef NDEBUG\n#endif\n" + PLAIN,
    "conditions": "#ifdef __clang__\n#pragma x\n#endif\n#if __GNUC__ > 10\n#endif\n"
    + '#if __has_include("/etc/passwd")\n#endif\n' + PLAIN,
    "macros that are not used": "#define PASTE(a, b) a##b\n#define SUM(t) (t + ...)\n#define ARMA_EXTRA_MAT_PROTO x\n"
    + PLAIN,
    "pasted names": "#define PASTE(a, b) a##b\n" + f"{SIGNATURE} {{ return arma::PASTE(ex, p)(logits); }}\n",
    "pragmas that change nothing": '#pragma once\n#pragma GCC diagnostic ignored "-Wunused"\n#pragma region a\n' + PLAIN,
    "header by a macro": "#define H <cmath>\n#include H\n" + PLAIN,
    "bytes of a comment": "// \0 \r\n" + PLAIN,
    "assertion over three lines": f"#include <cassert>\n{SIGNATURE} {{\n    assert(logits.n_rows > 0\n && logits.n_cols"
    + " > 0\n && true);\n    return logits;\n}\n",
    "macros of the library": "#include <cfloat>\n#include <climits>\n" + f"{SIGNATURE} {{ return logits * NAN + INFINITY"
    + " + HUGE_VAL + DBL_MAX + M_PI + INT_MAX + (NULL == nullptr); }\n",
    "variadic macro": "#define CALL(f, ...) f(__VA_ARGS__)\n" + f"{SIGNATURE} {{ return CALL(arma::exp, logits); }}\n",
    "attributes": "[[nodiscard]] static double one([[maybe_unused]] double x) { return 1; }\n" + PLAIN,
    "declared first": f"{SIGNATURE};\n" + PLAIN,
    "empty declarations": ";;\n" + PLAIN + ";\n",
    "tuple of values": f"{SIGNATURE} {{\n auto [top, sum] = std::make_tuple(arma::mat(arma::exp(logits)),"
    + " arma::rowvec(arma::sum(logits, 0)));\n return top.each_row() / sum; }\n",
    "overload": "static arma::mat softmax_batch(const arma::mat& A, double t) { return A * t; }\n"
    + f"{SIGNATURE} {{ return softmax_batch(logits, 2.0); }}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_broken_rule_of_a_file_is_found(name):
    before, rule = BROKEN_FILES[name]
    assert rule in found(look(CONTRACT + before + PLAIN))


@pytest.mark.parametrize("name", RIGHT_FILES)
def test_right_file_is_accepted(name):
    report = look(CONTRACT + RIGHT_FILES[name])
    assert report.parse_errors == [] and report.functions["softmax_batch"].defined
    assert [f"{f.rule}: {f.message}" for f in report.functions["softmax_batch"].findings] == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_byte_order_mark_tabs_and_line_ends(start, ending):
    text = start + CONTRACT + f"// Élève n° 1\n{SIGNATURE} {{\n\treturn logits; // à vérifier\n}}\n"
    report = look(text.replace("\n", ending))
    assert report.parse_errors == [] and found(report) == set() and report.functions["softmax_batch"].statements == 1


@pytest.mark.parametrize("use_pch", [True, False])
def test_findings_do_not_depend_on_the_precompiled_header(use_pch):
    precompiled = headers.for_legality(lab()) if use_pch else None
    report = look(CONTRACT + f"{SIGNATURE} {{\n for (;;) {{}}\n}}\n", precompiled=precompiled)
    assert [(f.line, f.column, f.rule) for f in report.functions["softmax_batch"].findings] == [(3, 2, "loop")]


@pytest.mark.parametrize(("header", "allowed"), [("<deque>", True), ("<sys/time.h>", True), ("softmax_reg.hpp", True),
                                                 ("softmax_reg.cpp", False), ("/usr/../@/softmax_reg.cpp", False)])  # fmt: skip
def test_free_style_includes_what_the_system_has(header, allowed):
    header = header.replace("/usr/../@", "/usr/../" + str(headers.CONTRACT))
    text = f"#include {header if header.startswith('<') else chr(34) + header + chr(34)}\n{PLAIN}"
    assert ("include" not in found(look(CONTRACT + text, rules="free"))) == allowed


def test_stub_is_untouched_and_legal():
    report = look(CONTRACT + f"{SIGNATURE} {{\n    throw lab::NotImplemented(logits);\n}}\n")
    function = report.functions["softmax_batch"]
    assert function.untouched and function.defined and function.findings == []


TOUCHED = ["return logits;", 'throw std::logic_error("");', "", "; throw lab::NotImplemented(1);"]


@pytest.mark.parametrize("body", TOUCHED)
def test_anything_else_is_touched(body):
    assert not look(CONTRACT + f"{SIGNATURE} {{ {body} }}\n").functions["softmax_batch"].untouched


@pytest.mark.parametrize("text", ["", f"{SIGNATURE};", "namespace { " + PLAIN + "}", "int softmax_batch = 3;"])
def test_missing_function_is_not_defined(text):
    assert not look("#include <armadillo>\n" + text).functions["softmax_batch"].defined


def test_file_that_does_not_parse_says_where():
    report = look(CONTRACT + f"{SIGNATURE} {{\n return unknown;\n}}\n")
    assert report.parse_errors and report.parse_errors[0].startswith("3:9: ")


def test_a_file_that_is_longer_without_its_macros_is_not_inspected():
    tens = "".join(f"#define X{i} {f'X{i - 1} ' * 10}\n" for i in range(1, 7))
    report = look(CONTRACT + f'#define X0 "x"\n{tens}const char* const text = X6;\n' + PLAIN)
    assert "1,000,000" in report.too_large


def test_the_inspected_text_has_each_token_on_its_line():
    text = CONTRACT + "#include <cassert>\n/* one\n two */\n\n\n\n\n\n\n\n\n\n" + PLAIN
    lines = prepared(text + "#define TWO(x) x\nint last = TWO(\n1);\n").source.read_text().split("\n")
    assert lines[13] + "\n" == PLAIN and [i for i, line in enumerate(lines) if "last" in line] == [15]


def test_a_forged_marker_hides_text_from_the_compiler_as_well():
    text = CONTRACT + f'{SIGNATURE};\n# 1 "other.hpp" 1\n{PLAIN}# 5 "softmax_batch.cpp" 2\n'
    assert "normalise" not in prepared(text).source.read_text()
    assert not look(text).functions["softmax_batch"].defined and "include" in found(look(text))


def test_file_in_latin_1_is_read():
    report = look((CONTRACT + f"// \xe9t\xe9\n{PLAIN}").encode("latin-1"))
    assert report.parse_errors == [] and report.functions["softmax_batch"].defined and found(report) == set()


def test_binary_file_is_survived():
    assert not look(bytes(range(256)) * 20).functions["softmax_batch"].defined


def test_unknown_rules_are_refused():
    with pytest.raises(ValueError, match="vectorized.*vectorised"):
        look(PLAIN, rules="vectorized")


def test_a_damaged_precompiled_header_is_left_aside():
    damaged = Path(folder().name) / "damaged.pch"
    damaged.write_bytes(b"CPCH not really")
    report = look(CONTRACT + PLAIN, precompiled=damaged)
    assert report.parse_errors == [] and report.functions["softmax_batch"].defined


def test_report_becomes_json_and_messages_are_two_sentences_at_most():
    body = "for (;;) {} static int a = 0; return logits * a;"
    report = look(f"{CONTRACT}#pragma omp\n{SIGNATURE} {{ {body} }}\n")
    findings = json.loads(json.dumps(dataclasses.asdict(report)))["functions"]["softmax_batch"]["findings"]
    assert [f["rule"] for f in findings] == ["pragma", "loop", "state"]
    assert all(len(re.findall(r"[.] [A-Z]", f["message"])) <= 2 and f["message"].endswith(".") for f in findings)
