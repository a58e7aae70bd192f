// The samples of a contest: rounds of floor, submission, submission, floor in CPU time of their workers.
// verdict.cpp says when there are enough, and what they mean.
#ifndef GRADER_JUDGE_SPEED_ROUNDS_HPP
#define GRADER_JUDGE_SPEED_ROUNDS_HPP

#include <functional>
#include <vector>

#include "grader/judge/speed/verdict.hpp"

struct Samples {
    Images images = Images::in_cache;       // those of all samples but the ones that are named otherwise
    std::vector<double> submission, floor;  // seconds of a call, a mean of two for each round
    std::vector<double> efficiency;         // floor / submission of each round
    std::vector<double> disturbance;        // of each round: how much slower than the floor it made the loop version
    double spent = 0;                       // seconds of the submission in all rounds, the disturbed ones among them
    bool are_quiet = false;                 // all of these rounds were undisturbed
    bool loop_is_faster = false;            // than it is known to be; see is_faster_than_known()
    std::vector<double> from_memory;        // the same of a few more rounds, on images in memory; none after a fail
    std::vector<double> memory;             // seconds of reading the images once
};

// Few enough that both sides of a round see the same state of the machine, many enough that what a request costs
// besides hardly counts: 0.1 ms, and the images that another process has taken out of the cache before it. Beside
// memory hogs these weigh on a short call of the floor, now more and now less, and hardly on slower code.
arma::uword batches_of_a_call(Images images);

// Times rounds until they are clear or the budget of the rubric is spent (twice the budget while too few are quiet),
// and a few more from memory unless they fail already. Rounds that something else on the same core has disturbed do not
// count, as long as there are enough others. Then compares what the calls returned with what is right, which may end
// the item. Throws CallFailed.
using Judgement = std::function<bool(const Samples&)>;
Samples sample(const Contest& contest, Images images, const Judgement& is_clear, const Judgement& fails);

#endif
