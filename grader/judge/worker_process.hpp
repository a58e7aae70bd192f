// One worker as the judge sees it: started, asked, measured, stopped, and never believed.
#ifndef GRADER_JUDGE_WORKER_PROCESS_HPP
#define GRADER_JUDGE_WORKER_PROCESS_HPP

#include <sys/types.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "grader/judge/text.hpp"
#include "grader/protocol/message.hpp"

// A call that brought no values. The text says what happened, for a student.
struct CallFailed : std::runtime_error {
    enum class Kind { stub, submission, too_long, grader };
    CallFailed(Kind a_kind, const Text& a_text) : std::runtime_error(a_text.english()), kind(a_kind), text(a_text) {}
    Kind kind;
    Text text;
};

struct CallLimits {
    double cpu_seconds = 3.0;    // an endless loop
    double wall_seconds = 10.0;  // a process that sleeps
};

class WorkerProcess {
  public:
    // `objects` are loaded in their order; what they print goes to the file `output`. `data` is sample_images.hpp's
    // descriptor, or -1 for a worker that is called on no image of the sample.
    // Throws CallFailed (grader) when the worker itself does not start.
    WorkerProcess(const std::vector<std::string>& objects, const std::string& output, int data);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    // The values that the function returned, and those that it gave its reference arguments. Throws CallFailed;
    // the process is of no more use after that, unless `alive`.
    protocol::Values call(const std::string& function, protocol::Values arguments, const CallLimits& limits = {});

    bool alive() const { return process_ > 0; }
    // CPU time of the worker so far, all its threads, as the kernel counts it. Of a process that runs elsewhere the
    // kernel knows it as of the last tick, up to 10 ms ago: to measure, pause first.
    double cpu_seconds() const;  // throws CallFailed (submission) when the worker is gone
    void pause() const;          // returns when it has stopped; throws CallFailed (grader) when it does not
    void resume() const;
    void pin_to(int processor) const;

  private:
    [[noreturn]] void fail(const Text& what, CallFailed::Kind kind = CallFailed::Kind::submission);
    std::optional<double> cpu_time() const;
    void stop();
    Text how_it_ended();

    int socket_ = -1;
    pid_t child_ = -1;    // the process that was started: the worker, or the sandbox around it
    pid_t process_ = -1;  // the worker
};

#endif
