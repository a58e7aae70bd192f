// From samples to figures and a verdict; see verdict.hpp.
#include "grader/judge/speed/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "grader/judge/settings.hpp"
#include "grader/judge/speed/loop_ratio.hpp"
#include "grader/judge/speed/rounds.hpp"
#include "grader/judge/worker_process.hpp"

namespace {

const Gate& gate() { return settings().gates.at(current_item().name); }

std::vector<double> times(double factor, std::vector<double> values) {
    for (double& value : values)
        value *= factor;
    return values;
}

// How many times as fast as the loop version: floor / submission of this grade times loop / floor of this machine.
Interval speedup(const Interval& efficiency) {
    return {loop_ratio() * efficiency.median, loop_ratio() * efficiency.low, loop_ratio() * efficiency.high};
}

// Of too few rounds no interval follows: what is reported then is how far they lay apart.
Interval reported(const std::vector<double>& samples) {
    const Interval interval = median_interval(samples);
    if (std::isfinite(interval.high)) return interval;
    const auto [low, high] = std::minmax_element(samples.begin(), samples.end());
    return {interval.median, *low, *high};
}

// Rounds enough, and most of them disturbed: by another virtual machine, most likely, for what this one does on its
// other cores does not disturb them so.
bool hardly_had_the_core(const Samples& samples) {
    return !samples.are_quiet && std::isfinite(median_interval(samples.efficiency).high) &&
           2 * quiet_rounds(samples.disturbance, samples.floor).size() < samples.disturbance.size();
}

SpeedFigures figures(const Samples& samples) {
    const Interval efficiency = reported(samples.efficiency);
    const Interval ratio = speedup(efficiency);
    SpeedFigures f;
    f.is_rough = hardly_had_the_core(samples);
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
    f.loop_samples = times(f.floor_seconds, settings().loop_ratios.at(current_item().name));
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

// Where even the typical round would have to be a quarter faster, noise is not what hides the verdict: noise hardly
// moves a median so far (grader/TRUST.md). Slow code may leave time for a few rounds only, from which no interval
// follows; and a few fast rounds, by luck or by design, open an interval but do not move the median.
bool is_far_from_the_gate(const Samples& samples) {
    const double near = 1.25 * median_interval(samples.efficiency).median;
    return verdict(Interval{near, near, near}) == Verdict::fail;
}

Verdict verdict(const Samples& samples) {
    return is_far_from_the_gate(samples) ? Verdict::fail : verdict(median_interval(samples.efficiency));
}

bool fails(const Samples& samples) { return verdict(samples) == Verdict::fail; }

bool has_spent_its_time(const Samples& samples) { return samples.spent > settings().budget_seconds; }

// A few rounds only, though not because the code is slow: the machine was busy, or stood still.
bool is_hurried(const Samples& samples) {
    return !std::isfinite(median_interval(samples.efficiency).high) && !has_spent_its_time(samples);
}

// The verdict is out, and the figure that is printed is known to within the precision of the rubric; or all the time is
// spent on code that is far too slow.
bool is_clear(const Samples& samples) {
    const Interval efficiency = median_interval(samples.efficiency);
    return (verdict(efficiency) != Verdict::open && efficiency.high <= settings().precision * efficiency.low) ||
           (has_spent_its_time(samples) && is_far_from_the_gate(samples));
}

bool is_too_fast(const Samples& samples) {
    return beats_its_floors(samples.submission, samples.efficiency, samples.memory);
}

// Noise of the machine moves both; what moves the submission alone is its own doing, and must not pay. Of a few rounds
// on a very busy machine a single one would tell so.
bool is_noisy_by_itself(const Samples& samples) {
    return std::isfinite(median_interval(samples.efficiency).high) &&
           relative_spread(samples.submission) > 2 * relative_spread(samples.floor);
}

// The least efficiency that passes.
double passing_efficiency() {
    const double fast = std::min(gate().speedup / loop_ratio(), gate().sufficient);
    return std::max(fast, gate().efficiency);
}

// Code that gains by it that a few images come again and again. Any other is as close to the floor or closer when both
// have to wait for the images; what was faster than the floor must at least keep up with it, and what is near its gate
// must be so from memory, too.
bool is_slower_from_memory(const Samples& samples) {
    const double shown = std::max(median_interval(samples.efficiency).median, passing_efficiency());
    return !samples.from_memory.empty() && median_interval(samples.from_memory).median < 0.75 * std::min(1.0, shown);
}

// Once more, in new workers and on other models, when noise hid the answer, when it is too good to be true, or when it
// seems to gain by images that repeat. Only who gains by them in both is judged on images in memory: five rounds of
// honest code that reads each image twice can be below that bound by chance.
Samples sample_again_if_doubtful(const Contest& contest) {
    Samples samples = sample(contest, Images::in_cache, is_clear, fails);
    const bool hidden = verdict(samples) == Verdict::open || (fails(samples) && is_hurried(samples));
    if (hidden || is_too_fast(samples) || is_slower_from_memory(samples))
        samples = sample(contest, Images::in_cache, is_clear, fails);
    if (is_slower_from_memory(samples)) samples = sample(contest, Images::in_memory, is_clear, fails);
    return samples;
}

}  // namespace

void run(const Contest& contest) try {
    const Samples samples = sample_again_if_doubtful(contest);
    Item& item = current_item();
    item.has_speed = true;
    item.speed = figures(samples);
    item.message = words(item.speed);
    if (samples.loop_is_faster) item.pictures["loop_version_is_faster_by"] = most_disturbance;  // for loop_ratio.py
    if (item.speed.is_rough)
        item.message = tr("{figures}; something else was at work on the same core, so these figures are rough: grade "
                          "again later",
                          {{"figures", item.message}});
    if (samples.images == Images::in_memory) item.flag = tr("far slower on images that do not repeat: read this code");
    if (is_too_fast(samples)) item.flag = tr("faster than the work that it stands for can be done: read this code");
    const Verdict result = verdict(samples);
    if (result == Verdict::pass && item.speed.ratio < gate().speedup)
        item.message = tr("{figures}; BLAS itself is {most}x as fast here, so {enough} of its speed is enough",
                          {{"figures", item.message},
                           {"most", number(item.speed.ratio / item.speed.efficiency, 1)},
                           {"enough", number(gate().sufficient, 2)}});
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
