// Calls a function of the contract on the values of a request. Runs in the worker, after the submission is loaded.
#ifndef GRADER_WORKER_DISPATCH_HPP
#define GRADER_WORKER_DISPATCH_HPP

#include "grader/protocol/message.hpp"
#include "grader/worker/functions.hpp"

// Never throws what the function throws: that becomes the reply's status and text.
protocol::Reply answer(const Functions& functions, protocol::Request request);

#endif
