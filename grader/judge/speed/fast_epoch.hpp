// The bonus: how long does the fastest epoch of a submission take, beside the BLAS floor and two limits of the machine?
//
// Rounds of floor, submission, submission, floor on images in memory, as rounds.hpp has them, until the interval of the
// ratio is known to the rubric's precision or the budget is spent. Then, as medians of five calls each: reading the
// images once, and the arithmetic of the epoch at the peak that multiply-adds in registers reach. No verdict falls
// here: common/rubric.py makes marks of the interval.
#ifndef GRADER_JUDGE_SPEED_FAST_EPOCH_HPP
#define GRADER_JUDGE_SPEED_FAST_EPOCH_HPP

#include "grader/judge/speed/timed_call.hpp"

// Leaves the figures in the running item, under "fast" (report/report_json.md). Ends it when a value is wrong.
void measure_fast_epoch(const TimedCall& call);

#endif
