// Starting, asking and ending a worker; see worker_process.hpp.
#include "grader/judge/worker_process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cxxabi.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "grader/judge/settings.hpp"
#include "grader/protocol/channel.hpp"

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds start_patience{30};
constexpr double stop_patience_seconds = 10;
// Between the moment when the kernel calls a process stopped and its last account of the time of that process.
constexpr std::chrono::microseconds off_the_processor{200};

// How long the judge has waited, by a watch that it reads again and again. A stretch in which the judge itself did not
// run (a laptop was shut, a virtual machine paused) counts as a tenth of a second: it is nobody's endless loop.
class Wait {
  public:
    double seconds() {
        const auto now = Clock::now();
        seconds_ += std::min(std::chrono::duration<double>(now - last_).count(), 0.1);
        last_ = now;
        return seconds_;
    }

  private:
    Clock::time_point last_ = Clock::now();
    double seconds_ = 0;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (std::string& text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

// A worker sees nothing of the user's environment but how many threads and which kernels BLAS is to use.
std::vector<std::string> worker_environment() {
    std::vector<std::string> result{"OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", "BLIS_NUM_THREADS=1",
                                    "MKL_NUM_THREADS=1", "LANG=C.UTF-8"};
    for (const std::string name : {"OPENBLAS_CORETYPE", "LD_LIBRARY_PATH"})  // as the judge has them
        if (const char* value = std::getenv(name.c_str())) result.push_back(name + "=" + value);
    return result;
}

// Stopped or ended. In the sandbox the worker is no child of ours, so that waitid() could not tell.
bool is_off(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const std::size_t name_end = text.rfind(") ");
    return name_end == std::string::npos || std::strchr("TtZX", text[name_end + 2]) != nullptr;
}

std::uint64_t fresh_id() {
    static std::random_device source;
    return (std::uint64_t{source()} << 32u) | source();
}

Text name_of_signal(int signal) {
    switch (signal) {
    case SIGSEGV:
    case SIGBUS:
        return tr("crashed (segmentation fault): memory outside of a matrix, or a write to an argument that is const");
    case SIGABRT:
        return tr("aborted: an assertion failed, or the program called abort");
    case SIGFPE:
        return tr("crashed (SIGFPE): an integer divided by zero");
    case SIGILL:
        return tr("crashed (SIGILL): an instruction that this processor does not have");
    case SIGXCPU:
        return tr("used more CPU time than allowed");
    default:
        return tr("was ended by signal {number}", {{"number", std::to_string(signal)}});
    }
}

Text words(const protocol::Reply& reply) {
    if (reply.text.find("std::bad_alloc") != std::string::npos)
        return tr("asked for more memory than there is (2 GiB): is a matrix far too large?");
    return tr("threw an exception: {exception}", {{"exception", reply.text.substr(0, 500)}});
}

// The loader's words without the path and with the name as it is written in C++.
Text why_not_loaded(const std::string& text) {
    const std::string key = "undefined symbol: ";
    const std::size_t place = text.find(key);
    if (place == std::string::npos) return tr("could not be loaded: {reason}", {{"reason", text.substr(0, 300)}});
    const std::string mangled = text.substr(place + key.size());
    int status = 0;
    char* name = abi::__cxa_demangle(mangled.c_str(), nullptr, nullptr, &status);
    const std::string shown = status == 0 ? name : mangled;
    std::free(name);
    return tr("could not be loaded: it calls {name}, which is not there", {{"name", shown.substr(0, 300)}});
}

}  // namespace

WorkerProcess::WorkerProcess(const std::vector<std::string>& objects, const std::string& output, int data) {
    int sockets[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
        throw CallFailed(CallFailed::Kind::grader, tr("no socket pair for a worker"));
    const int on = 1;
    ::setsockopt(sockets[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
    const int log = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644);

    // Everything is made before the fork: between it and exec only system calls are safe.
    constexpr int socket_number = 3;
    constexpr int data_number = 4;
    std::vector<std::string> command = settings().launcher;
    command.insert(command.end(),
                   {LAB_WORKER, std::to_string(socket_number), std::to_string(data < 0 ? -1 : data_number)});
    command.insert(command.end(), objects.begin(), objects.end());
    std::vector<std::string> environment = worker_environment();
    const std::vector<char*> arguments = pointers(command);
    const std::vector<char*> variables = pointers(environment);

    child_ = ::fork();
    if (child_ == 0) {
        // First out of the way of the numbers that they are to have.
        const int socket_copy = ::fcntl(sockets[1], F_DUPFD, 10);
        const int data_copy = data < 0 ? -1 : ::fcntl(data, F_DUPFD, 10);
        if (log >= 0) ::dup2(log, 1);
        if (log >= 0) ::dup2(log, 2);
        ::dup2(socket_copy, socket_number);
        if (data >= 0) ::dup2(data_copy, data_number);
        ::close(socket_copy);
        if (data >= 0) ::close(data_copy);
        ::execve(arguments[0], arguments.data(), variables.data());
        ::_exit(127);
    }
    ::close(sockets[1]);
    if (log >= 0) ::close(log);
    socket_ = sockets[0];
    const auto greeting = child_ < 0 ? std::nullopt : protocol::receive_hello(socket_, start_patience);
    if (!greeting) {
        stop();
        throw CallFailed(CallFailed::Kind::grader,
                         tr("the worker did not start; what it said is in {file}", {{"file", output}}));
    }
    process_ = greeting->sender;
    if (settings().must_be_confined && greeting->hello != protocol::Hello::confined) {
        stop();
        throw CallFailed(CallFailed::Kind::grader, tr("the worker could not shut itself in (seccomp)"));
    }
}

WorkerProcess::~WorkerProcess() { stop(); }

void WorkerProcess::stop() {
    if (socket_ >= 0) ::close(socket_);
    if (process_ > 0) ::kill(process_, SIGKILL);
    if (child_ > 0) {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    socket_ = child_ = process_ = -1;
}

Text WorkerProcess::how_it_ended() {
    int status = 0;
    for (int tries = 0; tries < 200; ++tries) {
        if (::waitpid(child_, &status, WNOHANG) == child_) {
            child_ = -1;
            process_ = -1;
            if (WIFSIGNALED(status)) return name_of_signal(WTERMSIG(status));
            // The sandbox reports the signal that ended the worker as 128 more than its number.
            if (WEXITSTATUS(status) > 128) return name_of_signal(WEXITSTATUS(status) - 128);
            return tr("ended the process (exit code {code}) instead of returning",
                      {{"code", std::to_string(WEXITSTATUS(status))}});
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return tr("closed its connection to the grader");
}

void WorkerProcess::fail(const Text& what, CallFailed::Kind kind) {
    stop();
    throw CallFailed(kind, what);
}

std::optional<double> WorkerProcess::cpu_time() const {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return std::nullopt;
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double WorkerProcess::cpu_seconds() const {
    const auto time = cpu_time();
    if (!time) throw CallFailed(CallFailed::Kind::submission, tr("ended while it was measured"));
    return *time;
}

void WorkerProcess::pause() const {
    ::kill(process_, SIGSTOP);
    Wait wait;
    while (!is_off(process_)) {
        if (wait.seconds() > stop_patience_seconds)
            throw CallFailed(CallFailed::Kind::grader, tr("a worker could not be stopped"));
        std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
    std::this_thread::sleep_for(off_the_processor);
}

void WorkerProcess::resume() const { ::kill(process_, SIGCONT); }

void WorkerProcess::pin_to(int processor) const {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    ::sched_setaffinity(process_, sizeof one, &one);
}

protocol::Values WorkerProcess::call(const std::string& function, protocol::Values arguments,
                                     const CallLimits& limits) {
    const std::uint64_t id = fresh_id();
    Wait wait;
    protocol::Reply reply{};
    try {
        // Of a worker that is gone there is no time; the socket then tells so, and how it ended is known below.
        const auto cpu = [this] { return cpu_time().value_or(0.0); };
        const double cpu_start = cpu();
        const auto too_long = [&] {
            return wait.seconds() > limits.wall_seconds || cpu() - cpu_start > limits.cpu_seconds;
        };
        const auto request = protocol::encode(protocol::Request{id, function, std::move(arguments)});
        const bool sent = protocol::send_frame(socket_, request, too_long);
        const auto bytes = sent ? protocol::receive_frame(socket_, too_long) : std::nullopt;
        if (!bytes) fail(tr("did not return in time: is there an endless loop?"), CallFailed::Kind::too_long);
        reply = protocol::decode_reply(*bytes);
    } catch (const protocol::Disconnected&) { fail(how_it_ended()); } catch (const protocol::Malformed& error) {
        fail(tr("sent a reply that is not one ({why})", {{"why", std::string(error.what())}}));
    }
    if (reply.id != id) fail(tr("sent a reply that nobody had asked for"));
    switch (reply.status) {
    case protocol::Status::ok:
        return std::move(reply.results);
    case protocol::Status::not_implemented:
        throw CallFailed(CallFailed::Kind::stub, tr("is still to do"));
    case protocol::Status::threw:
        throw CallFailed(CallFailed::Kind::submission, words(reply));
    case protocol::Status::not_loaded:
        fail(why_not_loaded(reply.text));
    case protocol::Status::missing:
        fail(tr("is not defined with the signature of the contract"));
    }
    fail(tr("sent a reply with an unknown status"));
}
