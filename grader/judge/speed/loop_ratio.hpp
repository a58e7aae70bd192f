// How many times as long as the BLAS floor the loop version takes on this machine. grader/grade/loop_ratio.py has it
// measured once and keeps it: a fact of the machine, which the noise of a single grade must not change.
#ifndef GRADER_JUDGE_SPEED_LOOP_RATIO_HPP
#define GRADER_JUDGE_SPEED_LOOP_RATIO_HPP

#include "grader/judge/speed/verdict.hpp"

// How many times as long as the floor the loop version takes in the running item when nothing disturbs the two.
double loop_ratio();

// Leaves the ratios loop / floor of the quietest rounds in the running item, as "ratios".
void measure_loop_version(const Contest& contest);

#endif
