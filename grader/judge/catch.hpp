// One way to include Catch2, whose version 2 has a single header and version 3 has many.
#ifndef GRADER_JUDGE_CATCH_HPP
#define GRADER_JUDGE_CATCH_HPP

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
namespace Catch {
using ListenerBase = EventListenerBase;
}
#else
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <catch2/catch.hpp>
namespace Catch {
using Detail::Approx;
using ListenerBase = TestEventListenerBase;
#ifdef CATCH_CONFIG_RUNNER
namespace Clara = clara;
#endif
}  // namespace Catch
#endif

#endif
