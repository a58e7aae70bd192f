// Timed calls; see timed_worker.hpp.
#include "grader/judge/speed/timed_worker.hpp"

#include <sched.h>

#include <algorithm>

#include "grader/judge/sample_images.hpp"
#include "grader/judge/submission.hpp"

namespace {

// Those that this judge may use, the one that it is on first.
std::vector<int> usable_processors() {
    std::vector<int> result{::sched_getcpu()};
    cpu_set_t usable;
    CPU_ZERO(&usable);
    if (::sched_getaffinity(0, sizeof usable, &usable) != 0) return result;
    for (int processor = 0; processor < CPU_SETSIZE; ++processor)
        if (CPU_ISSET(processor, &usable) && processor != result.front()) result.push_back(processor);
    return result;
}

// The processor that every worker of this judge is timed on. Two processors are not alike: a neighbour on the same core
// takes its caches, and some are slower by design. On one they share its fate, and their ratio holds.
std::vector<int>& processors() {
    static std::vector<int> result = usable_processors();
    return result;
}
int the_processor() { return processors().front(); }

TimedWorker of_grader(std::vector<std::string> names) {
    for (std::string& name : names)
        name = object_of_grader(name);
    return {TimedWorker::Owner::grader, names, output_of("grader")};
}

}  // namespace

TimedWorker::TimedWorker(Owner owner, const std::vector<std::string>& objects, const std::string& output)
    : owner_(owner), worker_(objects, output, sample_descriptor()) {
    worker_.pause();
}

protocol::Values TimedWorker::call(const std::string& function, const protocol::Values& arguments,
                                   double& seconds) try {
    if (processor_ != the_processor()) worker_.pin_to(processor_ = the_processor());
    const double start = worker_.cpu_seconds();
    worker_.resume();
    protocol::Values values = worker_.call(function, arguments, {30.0, 120.0});
    worker_.pause();
    seconds += worker_.cpu_seconds() - start;
    return values;
} catch (const CallFailed& failure) {
    if (owner_ == Owner::submission || failure.kind == CallFailed::Kind::grader) throw;
    throw CallFailed(CallFailed::Kind::grader, tr("the grader's own worker {failure}", {{"failure", failure.text}}));
}

void next_processor() { std::rotate(processors().begin(), processors().begin() + 1, processors().end()); }

TimedWorker loop_worker() { return of_grader({"lab_batches", "lab_loops", "loop_version", "entry"}); }
TimedWorker floor_worker() { return of_grader({"lab_batches", "blas_floor", "entry"}); }
TimedWorker right_values_worker() { return of_grader({"lab_batches", "lab_loops", "right_values", "entry"}); }
TimedWorker memory_worker() { return of_grader({"lab_batches", "memory_floor", "entry"}); }
TimedWorker arithmetic_worker() { return of_grader({"lab_batches", "arithmetic_floor", "entry"}); }
