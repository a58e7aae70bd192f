// What a speed must not depend on: whether freed memory has gone back to the system, whose pages cost a fault each when
// they are asked for again, and whether chance has put a matrix across the lines of the cache (5 % of a product).
// A program that this file is linked into has its matrices at the beginning of such lines.
#ifndef GRADER_WORKER_MEMORY_HPP
#define GRADER_WORKER_MEMORY_HPP

// From here on the process keeps what it frees, and takes blocks of up to 32 MiB from what it has kept.
void keep_freed_memory();

#endif
