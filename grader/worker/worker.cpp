// The worker: holds the functions of a submission and calls them on request. It judges nothing.
//
//   worker SOCKET DATA OBJECT...
//   worker --confine                 exits 0 where the kernel lets it shut itself in, and 1 where it does not
//
// SOCKET and DATA are descriptors that the judge left open: the connection, and the shared data set (or -1).
// The objects are loaded in their order, the entry object last, after the process has shut itself in.
#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "grader/protocol/channel.hpp"
#include "grader/protocol/contract_values.hpp"
#include "grader/protocol/shared_images.hpp"
#include "grader/worker/confine.hpp"
#include "grader/worker/counts.hpp"
#include "grader/worker/dispatch.hpp"

namespace {

constexpr std::size_t memory_limit = std::size_t{2} << 30u;

// A write beyond the limit on file sizes fails instead of ending the process: output is worth less than an answer.
void ignore_signals() {
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
}

// What is freed stays with the process, a copy of all images, too, so that no call pays for faulting it in once more.
void keep_freed_memory() {
    ::mallopt(M_MMAP_MAX, 0);
    ::mallopt(M_TRIM_THRESHOLD, -1);
}

// The functions of the objects, or why they cannot be loaded.
Functions load(char** first, char** last, std::string& failure) {
    void* object = nullptr;
    for (char** path = first; path != last; ++path) {
        object = ::dlopen(*path, RTLD_NOW | RTLD_GLOBAL);
        if (object == nullptr) {
            failure = ::dlerror();
            return {};
        }
    }
    using EntryFunctions = Functions (*)();
    const auto entry = reinterpret_cast<EntryFunctions>(::dlsym(object, "entry_functions"));
    if (entry == nullptr) failure = "no entry object";
    return entry == nullptr ? Functions{} : entry();
}

[[noreturn]] void serve(int socket, const Functions& functions, const std::string& failure) {
    for (;;) {
        protocol::Request request = protocol::decode_request(protocol::receive_frame(socket));
        protocol::Reply reply{request.id, protocol::Status::not_loaded, failure, {}};
        if (failure.empty()) reply = answer(functions, std::move(request));
        protocol::send_frame(socket, protocol::encode(reply));
    }
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc == 2 && std::string(argv[1]) == "--confine") return confine() ? 0 : 1;
    if (argc < 4) throw std::runtime_error("usage: worker SOCKET DATA OBJECT...; the grader starts it");
    const int socket = std::atoi(argv[1]);
    const int data = std::atoi(argv[2]);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_DUMPABLE, 0);
    ignore_signals();
    Dataset shared;
    if (data >= 0) shared = map_shared(data);
    if (data >= 0) protocol::shared_dataset = &shared;
    limit_resources(memory_limit);
    keep_freed_memory();
    // Whatever failed until here is the grader's fault: the judge knows it by the hello that does not come.
    protocol::send_hello(socket, confine() ? protocol::Hello::confined : protocol::Hello::open);
    std::string failure;
    remember_objects(argv + 3, argv + argc);
    const Functions functions = load(argv + 3, argv + argc, failure);
    serve(socket, functions, failure);
} catch (const protocol::Disconnected&) {
    // The judge is gone or has enough; static destructors of a submission have nothing left to say.
    ::_exit(0);
} catch (const std::exception& error) {
    std::cerr << "worker: " << error.what() << '\n';
    ::_exit(2);
}
