// A worker whose calls are timed: it runs only while it is asked, and on the same processor as all others of this
// judge at that time. Used by rounds.cpp and loop_ratio.cpp; what a time means is decided there.
#ifndef GRADER_JUDGE_SPEED_TIMED_WORKER_HPP
#define GRADER_JUDGE_SPEED_TIMED_WORKER_HPP

#include <string>
#include <vector>

#include "grader/judge/worker_process.hpp"

class TimedWorker {
  public:
    enum class Owner { submission, grader };
    TimedWorker(Owner owner, const std::vector<std::string>& objects, const std::string& output);
    // The values of the call; its CPU time is added to `seconds`. Throws CallFailed, of the kind `grader` where that is
    // the owner: a worker that the machine ended is no fault of a submission.
    protocol::Values call(const std::string& function, const protocol::Values& arguments, double& seconds);

  private:
    Owner owner_;
    WorkerProcess worker_;
    int processor_ = -1;
};

// All calls that follow are timed on the next of the processors that this judge may use. Does nothing if it is the only
// one.
void next_processor();

// The grader's own: what a submission is measured against.
TimedWorker loop_worker();
TimedWorker floor_worker();
TimedWorker memory_worker();
TimedWorker arithmetic_worker();
TimedWorker right_values_worker();

#endif
