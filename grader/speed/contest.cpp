// Rounds of calls in a balanced order until the verdict is clear or the budget is spent; see contest.hpp.
#include "grader/speed/contest.hpp"

#include <chrono>
#include <iomanip>
#include <random>
#include <sstream>

#include "grader/judge/settings.hpp"
#include "grader/judge/submission.hpp"
#include "grader/speed/runner.hpp"

namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> objects_of(const std::vector<std::string>& files) {
    std::vector<std::string> objects{LAB_BATCHES};
    for (const std::string& file : files)
        objects.push_back(object_of(file));
    objects.emplace_back(LAB_ENTRY);
    return objects;
}

struct Runners {
    explicit Runners(const std::vector<std::string>& files)
        : submission(objects_of(files), output_of(files.back())), floor(floor_runner()) {}
    Runner submission, floor;
};

struct Call {
    protocol::Values arguments;
    protocol::Values values;
};

// A few of the calls that were timed, each as likely as any other, drawn by chance that no submission can foresee:
// what it returned is compared when the clock has stopped, and whoever skips work in every second call is found out.
class Drawn {
  public:
    void offer(Call call) {
        static std::random_device chance;
        if (calls_.size() < most) {
            calls_.push_back(std::move(call));
        } else if (const std::size_t place = std::uniform_int_distribution<std::size_t>(0, offered_)(chance);
                   place < most) {
            calls_[place] = std::move(call);
        }
        ++offered_;
    }
    std::vector<Call> take() { return std::move(calls_); }

  private:
    static constexpr std::size_t most = 16;
    std::size_t offered_ = 0;
    std::vector<Call> calls_;
};

struct Samples {
    std::vector<double> submission, floor, memory;  // seconds of a call
    std::vector<double> efficiency;                 // floor / submission of a round
    Drawn drawn;
};

// F S S F: each is as early as it is late, and no call sees arguments that its worker has seen before.
void run_round(const Contest& contest, Runners& runners, Samples& samples) {
    double submission = 0, floor = 0;
    protocol::Values first = contest.fresh_arguments();
    protocol::Values second = contest.fresh_arguments();
    runners.floor.call(contest.function, first, floor);
    protocol::Values first_values = runners.submission.call(contest.function, first, submission);
    protocol::Values second_values = runners.submission.call(contest.function, second, submission);
    runners.floor.call(contest.function, second, floor);
    samples.drawn.offer({std::move(first), std::move(first_values)});
    samples.drawn.offer({std::move(second), std::move(second_values)});
    samples.submission.push_back(submission / 2);
    samples.floor.push_back(floor / 2);
    samples.efficiency.push_back(floor / submission);
}

double elapsed(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

const Gate& gate() { return settings().gates.at(current_item().name); }

// The loop version's time in units of the floor's, as it was measured on this machine.
const std::vector<double>& loop_ratios() { return settings().loop_ratios.at(current_item().name); }

std::vector<double> times(double factor, std::vector<double> values) {
    for (double& value : values)
        value *= factor;
    return values;
}

// How many times as fast as the loop version: floor / submission of this grade times loop / floor of this machine.
Interval speedup(const Interval& efficiency) {
    const double loop = median_interval(loop_ratios()).median;
    return {loop * efficiency.median, loop * efficiency.low, loop * efficiency.high};
}

SpeedFigures figures(const Samples& samples) {
    const Interval efficiency = median_interval(samples.efficiency);
    const Interval ratio = speedup(efficiency);
    SpeedFigures f;
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
    f.loop_samples = times(f.floor_seconds, loop_ratios());
    f.loop_seconds = median_interval(f.loop_samples).median;
    f.submission_samples = samples.submission;
    f.floor_samples = samples.floor;
    f.memory_samples = samples.memory;
    return f;
}

Verdict verdict(const Interval& efficiency) {
    // Where BLAS itself is hardly as fast as the gate, no code can be: close to BLAS is fast enough.
    const Verdict fast =
        either(against_gate(speedup(efficiency), gate().speedup), against_gate(efficiency, gate().sufficient));
    return both(fast, against_gate(efficiency, gate().efficiency));
}

Verdict verdict(const Samples& samples) { return verdict(median_interval(samples.efficiency)); }

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

// Until the verdict is clear and the figure that is printed is known to within the precision of the rubric. A busy
// machine gives few rounds a second: it gets the time that an interval needs, within bounds.
bool goes_on(const Samples& samples, double seconds) {
    constexpr std::size_t least_rounds = 11;
    constexpr double patience_seconds = 30;
    if (samples.efficiency.size() < least_rounds) return seconds < patience_seconds;
    if (seconds > settings().budget_seconds) return false;
    const Interval efficiency = median_interval(samples.efficiency);
    return verdict(efficiency) == Verdict::open || efficiency.high > settings().precision * efficiency.low;
}

// Reading the images once is what no code can do without. It need not be as exact as a ratio of a round.
std::vector<double> memory_samples(const Contest& contest) {
    constexpr int count = 15;
    Runner memory = memory_runner();
    std::vector<double> samples(count + 1);
    for (double& seconds : samples)
        memory.call(contest.function, contest.fresh_arguments(), seconds);
    samples.erase(samples.begin());  // the first call warms up
    return samples;
}

// Ends the item when a call that was drawn returned something else than the loop version.
void compare_drawn(const Contest& contest, std::vector<Call> calls) {
    Runner loop = loop_runner();
    double seconds = 0;
    for (Call& call : calls)
        contest.compare(std::move(call.values), loop.call(contest.function, call.arguments, seconds));
}

Samples sample(const Contest& contest) {
    Runners runners(contest.files);
    Samples warm_up;
    run_round(contest, runners, warm_up);
    Samples samples;
    const auto start = Clock::now();
    do
        run_round(contest, runners, samples);
    while (goes_on(samples, elapsed(start)));
    compare_drawn(contest, samples.drawn.take());
    samples.memory = memory_samples(contest);
    return samples;
}

bool is_too_fast(const Samples& samples) {
    return beats_its_floors(samples.submission, samples.efficiency, samples.memory);
}

// Noise of the machine moves both; what moves the submission alone is its own doing, and must not pay.
bool is_noisy_by_itself(const Samples& samples) {
    return relative_spread(samples.submission) > 2 * relative_spread(samples.floor);
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
        fail_item(tr("{figures}; its own times vary far more than those of the matrix products in the same seconds",
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
