// Timed calls; see runner.hpp.
#include "grader/speed/runner.hpp"

#include <sched.h>

#include <algorithm>

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

Runner of_grader(const std::vector<std::string>& objects) {
    return {Runner::Owner::grader, objects, output_of("grader")};
}

}  // namespace

Runner::Runner(Owner owner, const std::vector<std::string>& objects, const std::string& output)
    : owner_(owner), worker_(objects, output) {
    worker_.pause();
}

protocol::Values Runner::call(const std::string& function, const protocol::Values& arguments, double& seconds) try {
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

Runner loop_runner() { return of_grader({LAB_BATCHES, LAB_LOOPS, LAB_LOOP_VERSION, LAB_ENTRY}); }
Runner floor_runner() { return of_grader({LAB_BATCHES, LAB_BLAS_FLOOR, LAB_ENTRY}); }
Runner by_products_runner() { return of_grader({LAB_BATCHES, LAB_LOOPS, LAB_BY_PRODUCTS, LAB_ENTRY}); }
Runner memory_runner() { return of_grader({LAB_BATCHES, LAB_MEMORY_FLOOR, LAB_ENTRY}); }
