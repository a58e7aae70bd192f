// The samples of a contest: rounds of floor, submission, submission, floor in CPU time of their workers.
// contest.cpp says when there are enough, and what they mean.
#ifndef GRADER_SPEED_ROUNDS_HPP
#define GRADER_SPEED_ROUNDS_HPP

#include <functional>
#include <vector>

#include "grader/speed/contest.hpp"

struct Samples {
    Images images = Images::in_cache;       // those of all samples but the ones that are named otherwise
    std::vector<double> submission, floor;  // seconds of a call, a mean of two for each round
    std::vector<double> efficiency;         // floor / submission of each round
    std::vector<double> from_memory;        // the same of a few more rounds, on images in memory; none after a fail
    std::vector<double> memory;             // seconds of reading the images once
};

// Times rounds until they are clear or the budget of the rubric is spent, and a few more from memory unless they fail
// already. Then compares what the calls returned with what is right, which may end the item. Throws CallFailed.
using Judgement = std::function<bool(const Samples&)>;
Samples sample(const Contest& contest, Images images, const Judgement& is_clear, const Judgement& fails);

#endif
