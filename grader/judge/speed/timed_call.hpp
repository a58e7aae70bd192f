// A call of a contract function that is timed, and what is known before the first round. Filled in by checks/speed.cpp.
#ifndef GRADER_JUDGE_SPEED_TIMED_CALL_HPP
#define GRADER_JUDGE_SPEED_TIMED_CALL_HPP

#include <functional>
#include <string>
#include <vector>

#include "grader/judge/worker_process.hpp"
#include "grader/protocol/message.hpp"

// Where the images of a call lie: a few that come again and again, or as many as there are, each once.
enum class Images { in_cache, in_memory };

struct TimedCall {
    std::string function;            // of the contract
    std::string of_grader;           // its counterpart in the objects of the grader
    std::vector<std::string> files;  // of the submission that it needs
    double products;                 // that go through all its images (protocol/operations.hpp)
    std::function<protocol::Values(Images, arma::uword batches)> fresh_arguments;
    // Ends the item when the submission's values are not those that the same arguments must have.
    std::function<void(protocol::Values submission, protocol::Values right)> compare;
};

// Batches of 64 images in one call: few enough that both sides of a round see the same state of the machine, many
// enough that a request (0.1 ms) and refilling the cache hardly count. Below 2 ms of products they would count, so a
// call has 128 batches there.
arma::uword batches_of_a_call(Images images);

// Ends the running item because a timed call of the function brought no values.
[[noreturn]] void end_item_for(const CallFailed& failure, const std::string& function);

// loop / floor on this machine for the running item: how many times as long as the BLAS floor the loop version takes.
double loop_ratio();

// The share of the BLAS floor's speed that the running item needs here (common/rubric.py computes it).
double needed_share();

#endif
