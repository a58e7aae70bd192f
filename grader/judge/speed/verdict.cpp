// From samples to figures and a verdict; see verdict.hpp.
#include "grader/judge/speed/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "grader/judge/item.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/speed/peak.hpp"
#include "grader/judge/speed/rounds.hpp"
#include "grader/judge/speed/statistics.hpp"
#include "grader/judge/worker_process.hpp"

namespace {

Interval share_of(const Samples& samples) { return median_interval(shares(samples.rounds)); }
double median(const std::vector<double>& values) { return median_interval(values).median; }

std::vector<double> scaled(double factor, std::vector<double> values) {
    for (double& value : values)
        value *= factor;
    return values;
}

// Fewer than 11 rounds give no interval: report their range.
Interval reported(const std::vector<double>& values) {
    const Interval interval = median_interval(values);
    if (std::isfinite(interval.high)) return interval;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return {interval.median, *low, *high};
}

// There were rounds enough, and a neighbour disturbed most of them: another virtual machine, most likely, because what
// this machine does on its other cores disturbs less.
bool is_rough(const Samples& samples) {
    return !samples.are_quiet && std::isfinite(share_of(samples).high) && has_a_neighbour(samples.rounds);
}

SpeedFigures figures(const Samples& samples, const TimedCall& call) {
    const Interval share = reported(shares(samples.rounds));
    SpeedFigures f;
    f.is_rough = is_rough(samples);
    f.submission_samples = times(samples.rounds, &Round::submission);
    f.floor_samples = times(samples.rounds, &Round::floor);
    f.memory_samples = samples.memory;
    f.submission_seconds = median(f.submission_samples);
    f.floor_seconds = median(f.floor_samples);
    f.operations = operations_of(call, samples.images);
    f.arithmetic_seconds = seconds_at_peak(call, samples.images, std::min(f.submission_seconds, f.floor_seconds));
    f.efficiency = share.median;
    f.efficiency_low = share.low;
    f.efficiency_high = share.high;
    f.ratio = loop_ratio() * share.median;
    f.ratio_low = loop_ratio() * share.low;
    f.ratio_high = loop_ratio() * share.high;
    f.needed = needed_share();
    f.loop_samples = scaled(f.floor_seconds, settings().loop_ratios.at(current_item().name));
    f.loop_seconds = median(f.loop_samples);
    return f;
}

std::string number(double value, int digits) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(digits) << value;
    return text.str();
}

Text words(const SpeedFigures& f) {
    return tr("{ratio}x as fast as the loop version, {share} of the speed of the matrix products alone (needed here: "
              "{needed})",
              {{"ratio", number(f.ratio, 1)}, {"share", number(f.efficiency, 2)}, {"needed", number(f.needed, 2)}});
}

// Even the typical round would have to be a quarter faster: noise hardly moves a median so far. Slow code may leave
// time for fewer than 11 rounds, and a few fast rounds, by luck or by design, open an interval without moving the
// median (14833fa).
bool is_far_too_slow(const Samples& samples) { return 1.25 * share_of(samples).median < needed_share(); }

Verdict verdict(const Samples& samples) {
    return is_far_too_slow(samples) ? Verdict::fail : against_gate(share_of(samples), needed_share());
}

bool fails(const Samples& samples) { return verdict(samples) == Verdict::fail; }

bool has_spent_its_time(const Samples& samples) { return samples.spent > settings().budget_seconds; }

// Fewer than 11 rounds, though the code is not slow: the machine was busy, or stood still.
bool is_hurried(const Samples& samples) {
    return !std::isfinite(share_of(samples).high) && !has_spent_its_time(samples);
}

// The verdict is out and the printed figure is known to the rubric's precision, or all the time is spent on code that
// is far too slow.
bool is_clear(const Samples& samples) {
    const Interval share = share_of(samples);
    return (against_gate(share, needed_share()) != Verdict::open && share.high <= settings().precision * share.low) ||
           (has_spent_its_time(samples) && is_far_too_slow(samples));
}

bool is_too_fast(const Samples& samples) {
    return beats_its_floors(times(samples.rounds, &Round::submission), shares(samples.rounds), samples.memory);
}

// Noise of the machine moves both times; what moves the submission's alone is its own doing, and must not pay. Fewer
// than 11 rounds on a very busy machine would not show whose it is.
bool is_noisy_by_itself(const Samples& samples) {
    return std::isfinite(share_of(samples).high) && relative_spread(times(samples.rounds, &Round::submission)) >
                                                        2 * relative_spread(times(samples.rounds, &Round::floor));
}

// Code that gains because a few images come again and again. Any other code is as close to the floor or closer when
// both wait for the images. Code faster than the floor must at least keep up with it, and code near its gate must be
// near it from memory, too.
bool is_slower_from_memory(const Samples& samples) {
    const double shown = std::max(share_of(samples).median, needed_share());
    return !samples.from_memory.empty() && median(samples.from_memory) < 0.75 * std::min(1.0, shown);
}

// A doubtful result is measured once more, in new workers and on other models. Only code that gains from repeated
// images in both is judged on images in memory: five rounds of honest code that reads each image twice can be below
// that bound by chance.
Samples sample_again_if_doubtful(const TimedCall& call) {
    Samples samples = sample(call, Images::in_cache, is_clear, fails);
    const bool hidden = verdict(samples) == Verdict::open || (fails(samples) && is_hurried(samples));
    if (hidden || is_too_fast(samples) || is_slower_from_memory(samples))
        samples = sample(call, Images::in_cache, is_clear, fails);
    if (is_slower_from_memory(samples)) samples = sample(call, Images::in_memory, is_clear, fails);
    return samples;
}

void report(const Samples& samples, const TimedCall& call) {
    Item& item = current_item();
    item.has_speed = true;
    item.speed = figures(samples, call);
    item.message = words(item.speed);
    if (samples.loop_is_faster) write_line({{"kind", "loop version is faster"}, {"by", most_disturbance}});
    if (item.speed.is_rough)
        item.message = tr("{figures}; something else was at work on the same core, so these figures are rough: grade "
                          "again later",
                          {{"figures", item.message}});
    if (samples.images == Images::in_memory) item.flag = tr("far slower on images that do not repeat: read this code");
    if (is_too_fast(samples)) item.flag = tr("faster than the work that it stands for can be done: read this code");
}

void decide(const Samples& samples) {
    const Text figures = current_item().message;
    const Verdict result = verdict(samples);
    if (result == Verdict::fail)
        fail_item(figures,
                  tr("work on whole batches: one matrix product for all images of a batch, no copies of them"));
    if (result == Verdict::open && is_noisy_by_itself(samples))
        fail_item(tr("{figures}; its own times vary far more than those of the matrix products in the same seconds",
                     {{"figures", figures}}),
                  tr("do the same work in every call"));
    if (result == Verdict::open)
        end_item("inconclusive", tr("{figures}; too noisy to tell, which costs no mark", {{"figures", figures}}));
}

}  // namespace

void judge_speed(const TimedCall& call) try {
    const Samples samples = sample_again_if_doubtful(call);
    report(samples, call);
    decide(samples);
} catch (const CallFailed& failure) { end_item_for(failure, call.function); }
