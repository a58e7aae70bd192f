// Is a function of the submission fast enough? Measured in CPU time of the workers, beside the BLAS floor.
//
// What it does, in order:
//   needed  is the share of the BLAS floor's speed that passes here (common/rubric.py)
//   round   floor, submission, submission, floor on one core with the images in its cache; share = floor / submission
//   sample  until the 99.9 % interval of the median share is clear of `needed` and known to the rubric's precision, or
//           its budget is over; 11 rounds at least, 30 s at most
//   pass    the interval lies at or above `needed`
//   fail    it lies below, or even 1.25 times the median does
//   else    everything once more, in new workers. Still open: fail if its times spread twice as much as the floor's,
//           otherwise inconclusive, which costs no mark
//   values  of all timed calls (a uniform sample of 100 if there are more) must be right
//   memory  five rounds on images that do not repeat. Below 0.75 of the share twice: only these images count, and a
//   flag too fast  above 4 floors, or before the images can have been read: once more, then a flag, never a fail
#ifndef GRADER_JUDGE_SPEED_VERDICT_HPP
#define GRADER_JUDGE_SPEED_VERDICT_HPP

#include "grader/judge/speed/timed_call.hpp"

// Ends the running item with the verdict, and leaves the figures in it.
void judge_speed(const TimedCall& call);

#endif
