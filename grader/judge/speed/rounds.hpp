// The rounds of a timed call: floor, submission, submission, floor in CPU time of their workers, with the images in the
// cache. verdict.cpp says when there are enough, and what they mean.
#ifndef GRADER_JUDGE_SPEED_ROUNDS_HPP
#define GRADER_JUDGE_SPEED_ROUNDS_HPP

#include <functional>
#include <vector>

#include "grader/judge/speed/neighbour.hpp"
#include "grader/judge/speed/timed_call.hpp"

struct Samples {
    Images images = Images::in_cache;  // of `rounds`
    std::vector<Round> rounds;         // those that count
    double spent = 0;                  // seconds of the submission in all rounds, the disturbed ones among them
    bool are_quiet = false;            // no neighbour disturbed a round that counts
    bool loop_is_faster = false;       // see loop_is_faster_than_known()
    std::vector<double> from_memory;   // shares of five rounds on images in memory; none after a fail
    std::vector<double> memory;        // seconds of reading the images once
};

using Judgement = std::function<bool(const Samples&)>;

// Times rounds until they are clear or the rubric's budget is spent, twice the budget while fewer than 11 are quiet.
// The quiet rounds count if there are 11; otherwise all do. Adds five rounds from memory, unless the rounds fail. Then
// compares what the timed calls returned with what is right, which may end the item. Throws CallFailed.
Samples sample(const TimedCall& call, Images images, const Judgement& is_clear, const Judgement& fails);

#endif
