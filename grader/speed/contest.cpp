// Rounds of calls in a balanced order until the verdict is clear or the budget is spent; see contest.hpp.
#include "grader/speed/contest.hpp"

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <sstream>

#include "grader/judge/settings.hpp"
#include "grader/judge/submission.hpp"

namespace {

using Clock = std::chrono::steady_clock;

// A worker that runs only while it is asked.
class Runner {
  public:
    Runner(const std::vector<std::string>& objects, const std::string& output) : worker_(objects, output) {
        worker_.pause();
    }

    // The values of the call; its CPU time is added to `seconds`.
    protocol::Values call(const std::string& function, const protocol::Values& arguments, double& seconds) {
        const double start = worker_.cpu_seconds();
        worker_.resume();
        protocol::Values values = worker_.call(function, arguments, {30.0, 120.0});
        worker_.pause();
        seconds += worker_.cpu_seconds() - start;
        return values;
    }

  private:
    WorkerProcess worker_;
};

std::vector<std::string> objects_of(const std::vector<std::string>& files) {
    std::vector<std::string> objects{LAB_BATCHES};
    for (const std::string& file : files)
        objects.push_back(object_of(file));
    objects.emplace_back(LAB_ENTRY);
    return objects;
}

struct Runners {
    explicit Runners(const std::vector<std::string>& files)
        : loop({LAB_BATCHES, LAB_LOOPS, LAB_LOOP_VERSION, LAB_ENTRY}, output_of("grader")),
          submission(objects_of(files), output_of(files.back())),
          floor({LAB_BATCHES, LAB_BLAS_FLOOR, LAB_ENTRY}, output_of("grader")) {}
    Runner loop, submission, floor;
};

struct Samples {
    std::vector<double> loop, submission, floor, memory;
    std::vector<double> speedup, efficiency;  // a ratio a round
};

// F A B B A F: each kind is as early as it is late, and no call sees arguments that its worker has seen before.
void run_round(const Contest& contest, Runners& runners, Samples& samples) {
    double loop = 0, submission = 0, floor = 0;
    const protocol::Values first = contest.fresh_arguments();
    const protocol::Values second = contest.fresh_arguments();
    runners.floor.call(contest.function, first, floor);
    const protocol::Values loop_first = runners.loop.call(contest.function, first, loop);
    const protocol::Values submission_first = runners.submission.call(contest.function, first, submission);
    const protocol::Values submission_second = runners.submission.call(contest.function, second, submission);
    const protocol::Values loop_second = runners.loop.call(contest.function, second, loop);
    runners.floor.call(contest.function, second, floor);
    contest.compare(submission_first, loop_first);
    contest.compare(submission_second, loop_second);
    samples.loop.push_back(loop / 2);
    samples.submission.push_back(submission / 2);
    samples.floor.push_back(floor / 2);
    samples.speedup.push_back(loop / submission);
    samples.efficiency.push_back(floor / submission);
}

double elapsed(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

const Gate& gate() { return settings().gates.at(current_item().name); }

SpeedFigures figures(const Samples& samples) {
    const Interval ratio = median_interval(samples.speedup);
    const Interval efficiency = median_interval(samples.efficiency);
    SpeedFigures f;
    f.loop_seconds = median_interval(samples.loop).median;
    f.submission_seconds = median_interval(samples.submission).median;
    f.floor_seconds = median_interval(samples.floor).median;
    f.ratio = ratio.median;
    f.ratio_low = ratio.low;
    f.ratio_high = ratio.high;
    f.efficiency = efficiency.median;
    f.efficiency_low = efficiency.low;
    f.efficiency_high = efficiency.high;
    f.required_speedup = gate().speedup;
    f.required_efficiency = gate().efficiency;
    f.sufficient_efficiency = gate().sufficient;
    f.loop_samples = samples.loop;
    f.submission_samples = samples.submission;
    f.floor_samples = samples.floor;
    f.memory_samples = samples.memory;
    return f;
}

Verdict verdict(const Samples& samples) {
    // Where BLAS itself is hardly as fast as the gate, no code can be: close to BLAS is fast enough.
    const Interval efficiency = median_interval(samples.efficiency);
    const Verdict fast = either(against_gate(median_interval(samples.speedup), gate().speedup),
                                against_gate(efficiency, gate().sufficient));
    return both(fast, against_gate(efficiency, gate().efficiency));
}

std::string number(double value, int digits) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(digits) << value;
    return text.str();
}

Text words(const SpeedFigures& f) {
    return tr("{ratio}x as fast as the loop version (required {speedup}x), {share} of the speed of the matrix products "
              "alone (required {efficiency})",
              {{"ratio", number(f.ratio, 1)},
               {"speedup", number(gate().speedup, 1)},
               {"share", number(f.efficiency, 2)},
               {"efficiency", number(gate().efficiency, 2)}});
}

// A busy machine gives few rounds a second: it gets the time that an interval needs, within bounds.
bool goes_on(const Samples& samples, double seconds) {
    constexpr std::size_t least_rounds = 11;
    constexpr double patience_seconds = 30;
    if (samples.loop.size() < least_rounds) return seconds < patience_seconds;
    if (seconds < settings().least_seconds) return true;
    return verdict(samples) == Verdict::open && seconds < settings().budget_seconds;
}

// Reading the images once is what no code can do without. It need not be as exact as a ratio of a round.
std::vector<double> memory_samples(const Contest& contest) {
    constexpr int count = 15;
    Runner memory({LAB_BATCHES, LAB_MEMORY_FLOOR, LAB_ENTRY}, output_of("grader"));
    std::vector<double> samples(count + 1);
    for (double& seconds : samples)
        memory.call(contest.function, contest.fresh_arguments(), seconds);
    samples.erase(samples.begin());  // the first call warms up
    return samples;
}

Samples sample(const Contest& contest) {
    Runners runners(contest.files);
    Samples warm_up;
    run_round(contest, runners, warm_up);
    Samples samples;
    const auto start = Clock::now();
    do {
        run_round(contest, runners, samples);
    } while (goes_on(samples, elapsed(start)));
    samples.memory = memory_samples(contest);
    return samples;
}

bool is_too_fast(const Samples& samples) {
    return beats_its_floors(samples.submission, samples.efficiency, samples.memory);
}

// Noise of the machine moves all three; what moves the submission alone is its own doing, and must not pay.
bool is_noisy_by_itself(const Samples& samples) {
    const double others = std::max(relative_spread(samples.floor), relative_spread(samples.loop));
    return relative_spread(samples.submission) > 2 * others;
}

// Once more, in new workers and on other inputs, when noise hid the answer or when it is too good to be true.
Samples sample_again_if_doubtful(const Contest& contest) {
    Samples samples = sample(contest);
    if (verdict(samples) == Verdict::open || is_too_fast(samples)) samples = sample(contest);
    return samples;
}

}  // namespace

void run(const Contest& contest) try {
    const Samples samples = sample_again_if_doubtful(contest);
    Item& item = current_item();
    item.has_speed = true;
    item.speed = figures(samples);
    item.message = words(item.speed);
    if (is_too_fast(samples)) item.flag = tr("faster than the work that it stands for can be done: read this code");
    const Verdict result = verdict(samples);
    if (result == Verdict::fail)
        fail_item(item.message,
                  tr("work on whole batches: one matrix product for all images of a batch, no copies of them"));
    if (result == Verdict::open && is_noisy_by_itself(samples))
        fail_item(tr("{figures}; its own times vary far more than those of the loop version in the same minutes",
                     {{"figures", item.message}}),
                  tr("do the same work in every call"));
    if (result == Verdict::open)
        end_item("inconclusive", tr("{figures}; too noisy to tell, which costs no mark", {{"figures", item.message}}));
} catch (const CallFailed& failure) {
    if (failure.kind == CallFailed::Kind::grader) end_item("error", failure.text);
    const Text message = tr("{function} {failure}", {{"function", contest.function}, {"failure", failure.text}});
    if (failure.kind == CallFailed::Kind::stub) end_item("todo", message);
    fail_item(message);
}
