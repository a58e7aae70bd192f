// Measures how many times as long as the BLAS floor the loop version takes on this machine. grade/loop_ratio.py asks
// for it once for each build folder and keeps it: the noise of a single grade must not change a fact of the machine.
#ifndef GRADER_JUDGE_SPEED_LOOP_RATIO_HPP
#define GRADER_JUDGE_SPEED_LOOP_RATIO_HPP

#include "grader/judge/speed/timed_call.hpp"

// Writes a line of the kind "loop ratios": loop / floor of the quietest rounds.
void measure_loop_version(const TimedCall& call);

#endif
