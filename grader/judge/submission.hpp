// The functions of the submission, as a check calls them: in a worker, with every failure turned into the item's.
#ifndef GRADER_JUDGE_SUBMISSION_HPP
#define GRADER_JUDGE_SUBMISSION_HPP

#include <memory>
#include <string>
#include <vector>

#include "grader/judge/text.hpp"
#include "grader/judge/worker_process.hpp"
#include "grader/protocol/contract_values.hpp"

// A function's results in their order; a type that does not fit ends the item.
class Results {
  public:
    Results(protocol::Values values, Text call) : taker_(std::move(values)), call_(std::move(call)) {}

    template <class T> T take() {
        try {
            return taker_.take<T>();
        } catch (const protocol::Malformed& error) { fail_unreadable(error.what()); }
    }

  private:
    [[noreturn]] void fail_unreadable(const std::string& why) const;
    protocol::Taker taker_;
    Text call_;
};

class Submission {
  public:
    // The objects of these files of the submission; `before` are the grader's own that they need.
    explicit Submission(const std::vector<std::string>& files, const std::vector<std::string>& before = {});

    // `call` is how messages name the call: "softmax_batch(logits 10 x 64)".
    template <class... Arguments>
    Results call(const std::string& function, const Text& call, const Arguments&... arguments) {
        protocol::Values values;
        (protocol::put(values, arguments), ...);
        return Results(run(function, call, std::move(values)), call);
    }

  private:
    protocol::Values run(const std::string& function, const Text& call, protocol::Values arguments);
    WorkerProcess& worker(bool lends_images);

    std::vector<std::string> objects_;
    std::string output_;
    std::unique_ptr<WorkerProcess> worker_;
    bool lends_images_ = false;  // the worker has the images of the sample
};

// The object of a file of the submission, and where what it prints goes.
std::string object_of(const std::string& file);
std::string object_of_grader(const std::string& name);  // CMake's name of the target
std::string output_of(const std::string& file);

// All that a worker needs for these files of the submission, in the order in which it loads them; `before` are the
// grader's own that they need.
std::vector<std::string> objects_of(const std::vector<std::string>& files, const std::vector<std::string>& before = {});

#endif
