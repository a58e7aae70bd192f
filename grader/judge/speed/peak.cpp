// Calls of the worker that computes in registers; see peak.hpp.
#include "grader/judge/speed/peak.hpp"

#include "grader/judge/speed/statistics.hpp"
#include "grader/judge/speed/timed_worker.hpp"
#include "grader/protocol/operations.hpp"

double operations_of(const TimedCall& call, Images images) {
    const auto pixels = static_cast<double>(batches_of_a_call(images) * 64 * 784);
    return 2 * operations::multiply_adds(call.products, pixels, 10);
}

double seconds_at_peak(const TimedCall& call, Images images, double fastest_seconds) try {
    TimedWorker worker = arithmetic_worker();
    std::vector<double> samples(6);
    for (double& seconds : samples)
        worker.call(call.of_grader, call.fresh_arguments(images, batches_of_a_call(images)), seconds);
    samples.erase(samples.begin());  // the first call warms up
    const double seconds = median_interval(samples).median;
    return seconds < fastest_seconds ? seconds : 0;
} catch (const CallFailed&) { return 0; }
