// How fast the arithmetic of a timed call is at the peak of this processor: what the page's GFLOP/s are a share of.
#ifndef GRADER_JUDGE_SPEED_PEAK_HPP
#define GRADER_JUDGE_SPEED_PEAK_HPP

#include "grader/judge/speed/timed_call.hpp"

// The floating-point operations of the products of a call (protocol/operations.hpp).
double operations_of(const TimedCall& call, Images images);

// CPU seconds of as many multiply-adds in registers, the median of five calls; takes some 10 ms. 0 where the peak is
// not known: nothing could be timed, or a call that took `fastest_seconds` was faster than what should be the peak.
double seconds_at_peak(const TimedCall& call, Images images, double fastest_seconds);

#endif
