"""Loops in disguise, each of which was once taken for vectorised code: they are refused by name.

What they have in common: code that runs without being seen called (a friend, an operator that is found by its argument,
an initialiser in a class), code that something of the standard library calls, and a text that g++ and clang read
differently."""

from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.tests.support.legality_support import SIGNATURE, found, in_function, look, prepared

ATTACKS = Path(__file__).parent / "attacks"
RULES = {  # the rules that each breaks, one of them at least
    "adl-model": {"class"},
    "attr-list": {"attribute"},
    "comment-include": {"include"},
    "comment-pragma": {"pragma"},
    "distribution": {"not-allowed", "handed-over"},
    "exchange": {"not-allowed"},
    "field": {"class"},
    "file-size": {"loop", "not-allowed"},
    "friend": {"class"},
    "invoke": {"not-allowed", "handed-over"},
    "latin1": {"not-allowed"},
    "member-pointer": {"not-allowed", "handed-over"},
    "nsdmi-steps": {"class"},
    "set": {"not-allowed", "handed-over"},
    "vector-equal": {"class"},
    "vector-of-steps": {"class"},
}


def test_each_attack_is_here():
    assert {file.stem for file in ATTACKS.iterdir()} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_loop_in_disguise_is_refused_by_name(name):
    text = (ATTACKS / f"{name}.cpp").read_bytes().replace(b"@ROOT@", str(ROOT).encode())
    report = look(text)
    assert report.parse_errors == [] and RULES[name] <= found(report)


def test_a_guard_that_hides_the_contract_hides_nothing():
    """The compiler read the first of the two once, and the inspection the second."""
    text = '#ifdef VEC_EXOS_HPP\narma::mat first;\n#else\n#include "vec_exos.hpp"\narma::mat second;\n#endif\n'
    job = prepared(text, "vec_exos")
    assert "second" in job.source.read_text() and "first" not in job.source.read_text()


INSTEAD = {
    "std::normal_distribution<> d; (void)d; return logits;": "arma::randn",
    "std::set<double> s; return logits * s.size();": "arma::uvec",
    "return logits * *new double(1);": "owns its memory",
    "return logits * *arma::memory::acquire<double>(3);": "owns its memory",
    "std::ostringstream s; s << 1; return logits;": ".print",
    "std::valarray<double> v(3); return logits * v.sum();": "arma::regspace",
    "auto t = std::chrono::steady_clock::now(); (void)t; return logits;": "wall_clock",
    'return logits * double(std::alignment_of<int>::value + std::ratio<1>::num + strlen(""));': "handout",
}


@pytest.mark.parametrize("body", INSTEAD)
def test_a_refusal_says_what_to_use_instead(body):
    includes = "#include <random>\n#include <set>\n#include <sstream>\n#include <valarray>\n#include <cstring>\n"
    findings = in_function(body, includes).functions["softmax_batch"].findings
    messages = [str(finding.message) for finding in findings if finding.rule == "not-allowed"]
    assert any(INSTEAD[body] in message and "also_allowed" in message for message in messages), findings


def test_a_name_that_the_rubric_adds_is_allowed():
    text = f'#include "softmax_reg_vec.hpp"\n#include <set>\n{SIGNATURE} {{ std::set<double> s; return logits * s.size(); }}\n'
    assert found(look(text)) == {"not-allowed"}
    assert found(look(text, also=["std::set"])) == set()
