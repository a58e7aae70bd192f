"""The one number that a speed must reach: common/rubric.py computes it, report/needed.py says why."""

from __future__ import annotations

import random

from grader.common.rubric import Gate, rubric
from grader.report.needed import needed_words

GATE = Gate(required_speedup=5.0, required_efficiency=0.35, sufficient_efficiency=0.65)


def passes_by_three_gates(gate: Gate, loop_ratio: float, share: float) -> bool:
    """The rule in its own words: fast enough against the loops or close enough to BLAS, and never too far from BLAS."""
    is_fast = share * loop_ratio >= gate.required_speedup or share >= gate.sufficient_efficiency
    return is_fast and share >= gate.required_efficiency


def test_it_is_the_three_gates_in_one() -> None:
    chance = random.Random(5)
    for _ in range(50_000):
        gate = Gate(chance.uniform(0, 20), chance.uniform(0.1, 0.5), chance.uniform(0.5, 1))
        loop_ratio, share = chance.uniform(1, 40), chance.uniform(0, 1.5)
        assert (share >= gate.needed(loop_ratio)) == passes_by_three_gates(gate, loop_ratio, share)


def test_each_bound_binds_where_it_should() -> None:
    assert GATE.needed(20) == 0.35  # 5x would be 0.25 of BLAS, and nothing so far from it is vectorised
    assert GATE.needed(10) == 0.5
    assert GATE.needed(5) == 0.65  # 5x would be all of BLAS


def words(loop_ratio: float) -> str:
    speed = {"ratio": 0.8 * loop_ratio, "efficiency": 0.8, "needed": GATE.needed(loop_ratio), **vars(GATE)}
    return needed_words(speed)


def test_the_words_name_the_number_and_the_reason() -> None:
    assert words(20) == "needed on this machine: 0.35 of the BLAS floor, which is 7.0 times the loops"
    assert words(10) == "needed on this machine: 0.50 of the BLAS floor, which is 5.0 times the loops"
    because = "needed on this machine: 0.65 of the BLAS floor, because BLAS itself is only 5.0 times the loops here"
    assert words(5) == because


def test_the_rubric_has_a_gate_for_each_item_of_speed() -> None:
    items = {name for exercise in rubric().required.values() for name in exercise.speed}
    assert rubric().gates.keys() == items
    assert all(gate.required_efficiency <= gate.sufficient_efficiency for gate in rubric().gates.values())
