// Rounds of calls in a balanced order, and what some of them returned; see rounds.hpp.
#include "grader/judge/speed/rounds.hpp"

#include <chrono>
#include <random>

#include "grader/judge/sample_images.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/speed/loop_ratio.hpp"
#include "grader/judge/speed/timed_worker.hpp"
#include "grader/judge/submission.hpp"
#include "grader/judge/worker_process.hpp"

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t least_rounds = 11;  // fewer give no interval

std::vector<std::string> objects_of(const std::vector<std::string>& files) {
    std::vector<std::string> objects{object_of_grader("lab_batches")};
    for (const std::string& file : files)
        objects.push_back(object_of(file));
    objects.push_back(object_of_grader("entry"));
    return objects;
}

struct Runners {
    explicit Runners(const std::vector<std::string>& files)
        : submission(TimedWorker::Owner::submission, objects_of(files), output_of(files.back())), floor(floor_worker()),
          loop(loop_worker()) {}
    TimedWorker submission, floor, loop;
};

struct Call {
    protocol::Values arguments;
    protocol::Values values;
};

// Of the calls that were timed as many as there is time to look at, in most verdicts all. If there are more, each is as
// likely as any other, drawn by chance that no submission can foresee. What it returned is compared when the clock has
// stopped.
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
    static constexpr std::size_t most = 100;
    std::size_t offered_ = 0;
    std::vector<Call> calls_;
};

// So that the judge does not run out of memory with what it keeps. A reply that is right has less than a tenth of it.
void require_small(const protocol::Values& values) {
    constexpr arma::uword most_numbers = 100'000;
    arma::uword numbers = 0;
    for (const protocol::Value& value : values) {
        const auto* matrix = std::get_if<arma::mat>(&value);
        numbers += matrix != nullptr ? matrix->n_elem + 100 : most_numbers;  // 100: what a matrix itself takes
    }
    if (numbers > most_numbers)
        throw CallFailed(CallFailed::Kind::submission, tr("returned far more numbers than it was asked for"));
}

// What shares the core with a worker, be it in another virtual machine, takes other parts of it from the loop version
// than from BLAS: the ratio of the two, a fact of the machine, tells that it is there. On a few images, for the loop
// version is slow; on so many that the request, 0.1 ms at most, costs no more than a few percent of an evaluation. Of
// images in memory that ratio is not known.
double disturbance(const Contest& contest, Images images, Runners& runners, double floor_seconds) {
    constexpr arma::uword few = 8;
    if (images == Images::in_memory) return 1;
    double seconds = 0;
    runners.loop.call(contest.function, contest.fresh_arguments(images, few), seconds);
    const double share = static_cast<double>(few) / static_cast<double>(batches_of_a_call(images));
    return seconds / (share * loop_ratio() * floor_seconds);
}

// F S S F: each is as early as it is late, and no call sees a model that its worker has seen before.
void run_round(const Contest& contest, Images images, Runners& runners, Samples& samples, Drawn& drawn) {
    double submission = 0, floor = 0;
    protocol::Values first = contest.fresh_arguments(images, batches_of_a_call(images));
    protocol::Values second = contest.fresh_arguments(images, batches_of_a_call(images));
    runners.floor.call(contest.function, first, floor);
    protocol::Values first_values = runners.submission.call(contest.function, first, submission);
    protocol::Values second_values = runners.submission.call(contest.function, second, submission);
    runners.floor.call(contest.function, second, floor);
    require_small(first_values);
    require_small(second_values);
    drawn.offer({std::move(first), std::move(first_values)});
    drawn.offer({std::move(second), std::move(second_values)});
    samples.submission.push_back(submission / 2);
    samples.floor.push_back(floor / 2);
    samples.efficiency.push_back(floor / submission);
    samples.disturbance.push_back(disturbance(contest, images, runners, floor / 2));
    samples.spent += submission;
}

// What disturbs a core can stay for minutes, while the next core has no neighbour, or another one.
void leave_a_busy_core(const Samples& all) {
    if (all.floor.size() % least_rounds != 0) return;
    const auto last = [](const std::vector<double>& values) {
        return std::vector<double>(values.end() - least_rounds, values.end());
    };
    if (2 * quiet_rounds(last(all.disturbance), last(all.floor)).size() < least_rounds) next_processor();
}

// On all images that a round may draw, so that none pays for a first touch. Under some hypervisors that costs
// microseconds a page even where the page is mapped, and most would fall on the loop version: a few images at a time.
void warm_up(const Contest& contest, Images images, Runners& runners) {
    const arma::uword count = images == Images::in_cache ? images_in_cache : shared_set().labels.n_elem;
    double seconds = 0;
    for (TimedWorker* runner : {&runners.floor, &runners.submission, &runners.loop})
        runner->call(contest.function, contest.fresh_arguments(images, count / 64), seconds);
}

// Those of the quiet rounds if there are enough, or else all: of the least disturbed ones the figures are too high, for
// there a slow floor is what makes the loop version look undisturbed. Which rounds count is for the grader's own
// workers to say: no time of the submission has a part in it.
Samples counted(const Samples& all) {
    const std::vector<std::size_t> rounds = quiet_rounds(all.disturbance, all.floor);
    if (rounds.size() < least_rounds) return all;
    Samples quiet = all;
    quiet.are_quiet = true;
    quiet.submission = chosen(all.submission, rounds);
    quiet.floor = chosen(all.floor, rounds);
    quiet.efficiency = chosen(all.efficiency, rounds);
    quiet.disturbance = chosen(all.disturbance, rounds);
    return quiet;
}

// Reading the images once is what no code can do without. It need not be as exact as a ratio of a round.
std::vector<double> memory_samples(const Contest& contest, Images images) {
    constexpr int count = 5;
    TimedWorker memory = memory_worker();
    std::vector<double> samples(count + 1);
    for (double& seconds : samples)
        memory.call(contest.function, contest.fresh_arguments(images, batches_of_a_call(images)), seconds);
    samples.erase(samples.begin());  // the first call warms up
    return samples;
}

// Ends the item when a call returned something else than what is right.
void compare(const Contest& contest, std::vector<Call> calls) {
    TimedWorker right = right_values_worker();
    double seconds = 0;
    for (Call& call : calls)
        contest.compare(std::move(call.values), right.call(contest.function, call.arguments, seconds));
}

// In the same workers, so that the images are all that changes. All of its calls go to `calls`: they show what is right
// only on images that repeat, and must not be lost among many others.
std::vector<double> rounds_from_memory(const Contest& contest, Runners& runners, std::vector<Call>& calls) {
    constexpr int count = 5;
    Samples samples;
    Drawn drawn;
    for (int i = 0; i < count; ++i)
        run_round(contest, Images::in_memory, runners, samples, drawn);
    for (Call& call : drawn.take())
        calls.push_back(std::move(call));
    return samples.efficiency;
}

// A busy machine gives few rounds a second: it gets the time that an interval needs, within bounds. And who disturbs
// them may go away: that is worth as long again as a verdict may take.
bool may_go_on(const Samples& samples, double seconds) {
    constexpr double patience_seconds = 30;
    const double budget = settings().budget_seconds;
    if (samples.efficiency.size() < least_rounds) return seconds < patience_seconds;
    return seconds < (samples.are_quiet ? budget : 2 * budget);
}

// Only what is far too slow for rounds enough can be clear without them, and that is not worth waiting for quiet ones.
bool are_quiet_or_few(const Samples& samples) { return samples.are_quiet || samples.efficiency.size() < least_rounds; }

}  // namespace

arma::uword batches_of_a_call(Images images) {
    constexpr double least_seconds = 0.002;
    if (images == Images::in_memory || 64 * settings().seconds_per_batch >= least_seconds) return 64;
    return 128;
}

Samples sample(const Contest& contest, Images images, const Judgement& is_clear, const Judgement& fails) {
    Runners runners(contest.files);
    Samples all, samples;
    all.images = images;
    Drawn drawn;
    warm_up(contest, images, runners);
    const auto start = Clock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    do {
        run_round(contest, images, runners, all, drawn);
        samples = counted(all);
        leave_a_busy_core(all);
    } while (!(is_clear(samples) && are_quiet_or_few(samples)) && may_go_on(samples, seconds()));
    samples.loop_is_faster = is_faster_than_known(all.disturbance);
    std::vector<Call> calls = drawn.take();
    if (images == Images::in_cache && !fails(samples))
        samples.from_memory = rounds_from_memory(contest, runners, calls);
    compare(contest, std::move(calls));
    samples.memory = memory_samples(contest, images);
    return samples;
}
