// What the worker takes away from itself before it loads a submission.
#ifndef GRADER_WORKER_CONFINE_HPP
#define GRADER_WORKER_CONFINE_HPP

#include <cstddef>

// Limits on memory (bytes of address space), CPU time, files, no core dumps, and none of the powers of root; they
// cannot be lifted again.
void limit_resources(std::size_t memory_bytes);

// From here on this process can compute, read files and talk on the sockets that it has, and nothing else: no new
// process or thread, no new program, no socket, no file opened for writing, no timer, no tracing, no priority.
// False, and nothing is confined, where the program was built without libseccomp or the kernel refuses the filter, as
// under qemu-user and in some nested sandboxes.
bool confine();

#endif
