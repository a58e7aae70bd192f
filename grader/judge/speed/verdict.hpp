// Measures a function of the submission against the BLAS floor in CPU time of the workers, and by that against the loop
// version, whose time in units of the floor is known (loop_ratio.hpp).
#ifndef GRADER_JUDGE_SPEED_VERDICT_HPP
#define GRADER_JUDGE_SPEED_VERDICT_HPP

#include <functional>
#include <string>

#include "grader/judge/item.hpp"
#include "grader/judge/speed/statistics.hpp"
#include "grader/protocol/message.hpp"

// Where the images of a call lie: a few that come again and again, or as many as there are, each once.
enum class Images { in_cache, in_memory };

struct Contest {
    std::string function;            // of the contract
    std::vector<std::string> files;  // of the submission that it needs
    std::function<protocol::Values(Images, arma::uword batches)> fresh_arguments;
    // Ends the item when the submission's values are not those that the same arguments must have.
    std::function<void(protocol::Values submission, protocol::Values right)> compare;
};

// Ends the running item with the verdict, and leaves the figures in it.
void run(const Contest& contest);

#endif
