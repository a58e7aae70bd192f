// Rounds of calls in a balanced order, and what some of them returned; see rounds.hpp.
#include "grader/judge/speed/rounds.hpp"

#include <chrono>
#include <random>

#include "grader/judge/sample_images.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/speed/timed_worker.hpp"
#include "grader/judge/submission.hpp"
#include "grader/judge/worker_process.hpp"

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t least_rounds = 11;  // fewer give no interval

struct Workers {
    explicit Workers(const std::vector<std::string>& files)
        : submission(TimedWorker::Owner::submission, objects_of(files), output_of(files.back())), floor(floor_worker()),
          loop(loop_worker()) {}
    TimedWorker submission, floor, loop;
};

struct Timed {
    protocol::Values arguments;
    protocol::Values values;
};

// A uniform sample of at most 100 timed calls, so that no call is sure to go unchecked. They are compared once the
// clock has stopped.
class Drawn {
  public:
    void offer(Timed call) {
        static std::random_device chance;
        if (calls_.size() < most) {
            calls_.push_back(std::move(call));
        } else if (const std::size_t place = std::uniform_int_distribution<std::size_t>(0, offered_)(chance);
                   place < most) {
            calls_[place] = std::move(call);
        }
        ++offered_;
    }
    std::vector<Timed> take() { return std::move(calls_); }

  private:
    static constexpr std::size_t most = 100;
    std::size_t offered_ = 0;
    std::vector<Timed> calls_;
};

// Bounds the memory of what is kept for comparing. A right reply has less than a tenth of this.
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

// loop / floor of this round, over its known value (neighbour.hpp). Eight batches: fewer would be mostly the request
// (0.1 ms), more would be slow. In memory the known value does not hold, so it is 1 there.
double disturbance(const TimedCall& call, Images images, Workers& workers, double floor_seconds) {
    constexpr arma::uword few = 8;
    if (images == Images::in_memory) return 1;
    double seconds = 0;
    workers.loop.call(call.of_grader, call.fresh_arguments(images, few), seconds);
    const double part = static_cast<double>(few) / static_cast<double>(batches_of_a_call(images));
    return seconds / (part * loop_ratio() * floor_seconds);
}

// F S S F: each is as early as it is late, and no call sees a model that its worker has seen before.
Round run_round(const TimedCall& call, Images images, Workers& workers, Drawn& drawn) {
    double submission = 0, floor = 0;
    protocol::Values first = call.fresh_arguments(images, batches_of_a_call(images));
    protocol::Values second = call.fresh_arguments(images, batches_of_a_call(images));
    workers.floor.call(call.of_grader, first, floor);
    protocol::Values first_values = workers.submission.call(call.function, first, submission);
    protocol::Values second_values = workers.submission.call(call.function, second, submission);
    workers.floor.call(call.of_grader, second, floor);
    require_small(first_values);
    require_small(second_values);
    drawn.offer({std::move(first), std::move(first_values)});
    drawn.offer({std::move(second), std::move(second_values)});
    return {submission / 2, floor / 2, disturbance(call, images, workers, floor / 2)};
}

// A neighbour can stay on one core for minutes (8687fbe).
void leave_a_busy_core(const std::vector<Round>& all) {
    if (all.size() % least_rounds != 0) return;
    if (has_a_neighbour({all.end() - least_rounds, all.end()})) next_processor();
}

// Touches all images that a round may draw: under some hypervisors a first touch costs microseconds a page even where
// the page is mapped, and most would fall on the loop version (3aac22d).
void warm_up(const TimedCall& call, Images images, Workers& workers) {
    const arma::uword count = images == Images::in_cache ? repeated_count : training_set().labels.n_elem;
    double seconds = 0;
    workers.submission.call(call.function, call.fresh_arguments(images, count / 64), seconds);
    for (TimedWorker* worker : {&workers.floor, &workers.loop})
        worker->call(call.of_grader, call.fresh_arguments(images, count / 64), seconds);
}

// The quiet rounds if there are 11, otherwise all. The least disturbed ones alone read too high, because there a slow
// floor is what makes the loop version look undisturbed (168ca2f).
void count(const std::vector<Round>& all, Samples& samples) {
    const std::vector<Round> quiet = quiet_rounds(all);
    samples.are_quiet = quiet.size() >= least_rounds;
    samples.rounds = samples.are_quiet ? quiet : all;
}

// Reading the images once is what no code can do without. It need not be as exact as a share of a round.
std::vector<double> memory_samples(const TimedCall& call, Images images) {
    constexpr int count = 5;
    TimedWorker memory = memory_worker();
    std::vector<double> samples(count + 1);
    for (double& seconds : samples)
        memory.call(call.of_grader, call.fresh_arguments(images, batches_of_a_call(images)), seconds);
    samples.erase(samples.begin());  // the first call warms up
    return samples;
}

// Ends the item when a call returned something else than what is right.
void compare(const TimedCall& call, std::vector<Timed> calls) {
    TimedWorker right = right_values_worker();
    double seconds = 0;
    for (Timed& timed : calls)
        call.compare(std::move(timed.values), right.call(call.of_grader, timed.arguments, seconds));
}

// In the same workers, so that the images are all that changes. All of its calls go to `calls`: they show what is right
// only on images that repeat, and must not be lost among many others.
std::vector<double> shares_from_memory(const TimedCall& call, Workers& workers, std::vector<Timed>& calls) {
    constexpr int count = 5;
    std::vector<Round> rounds;
    Drawn drawn;
    for (int i = 0; i < count; ++i)
        rounds.push_back(run_round(call, Images::in_memory, workers, drawn));
    for (Timed& timed : drawn.take())
        calls.push_back(std::move(timed));
    return shares(rounds);
}

// Fewer than 11 rounds wait up to 30 s, because a busy machine gives few a second. Disturbed rounds wait twice the
// budget, because a neighbour may go away.
bool may_go_on(const Samples& samples, double seconds) {
    constexpr double patience_seconds = 30;
    const double budget = settings().budget_seconds;
    if (samples.rounds.size() < least_rounds) return seconds < patience_seconds;
    return seconds < (samples.are_quiet ? budget : 2 * budget);
}

// Fewer than 11 rounds are clear only for code that is far too slow, which is not worth waiting for quiet ones.
bool are_quiet_or_few(const Samples& samples) { return samples.are_quiet || samples.rounds.size() < least_rounds; }

}  // namespace

Samples sample(const TimedCall& call, Images images, const Judgement& is_clear, const Judgement& fails) {
    Workers workers(call.files);
    std::vector<Round> all;
    Samples samples;
    samples.images = images;
    Drawn drawn;
    warm_up(call, images, workers);
    const auto start = Clock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    do {
        all.push_back(run_round(call, images, workers, drawn));
        samples.spent += 2 * all.back().submission;
        count(all, samples);
        leave_a_busy_core(all);
    } while (!(is_clear(samples) && are_quiet_or_few(samples)) && may_go_on(samples, seconds()));
    samples.loop_is_faster = loop_is_faster_than_known(all);
    std::vector<Timed> calls = drawn.take();
    if (images == Images::in_cache && !fails(samples)) samples.from_memory = shares_from_memory(call, workers, calls);
    compare(call, std::move(calls));
    samples.memory = memory_samples(call, images);
    return samples;
}
