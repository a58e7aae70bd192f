// From a request to the call of a function and back to a reply; see dispatch.hpp.
#include "grader/worker/dispatch.hpp"

#include <cfenv>
#include <map>
#include <tuple>
#include <type_traits>

#include "grader/protocol/contract_values.hpp"
#include "grader/worker/counts.hpp"
#include "grader/worker/read_only_pages.hpp"

namespace {

using protocol::Status;
using protocol::Values;

template <class Parameter>
constexpr bool may_write =
    std::is_lvalue_reference_v<Parameter> && !std::is_const_v<std::remove_reference_t<Parameter>>;

ReadOnlyPages pages;  // what the functions get of their arguments lies there; made before main() shuts it in

// What a function gets of an argument: itself where the function is to change it, and else one that it cannot write to.
template <class Parameter, class Argument> Argument handed_over(Argument&& argument) {
    if constexpr (may_write<Parameter>)
        return std::move(argument);
    else
        return pages.keep(argument);
}

// What a function did to an argument is part of its result.
template <class Parameter, class Argument> void put_if_changed(Values& results, const Argument& argument) {
    if constexpr (may_write<Parameter>) protocol::put(results, argument);
}

template <class Result, class... Parameters> Values call(Result (*function)(Parameters...), Values values) {
    pages.clear();
    protocol::Taker taker(std::move(values));
    std::tuple<std::decay_t<Parameters>...> arguments{
        handed_over<Parameters>(taker.take<std::decay_t<Parameters>>())...};
    taker.expect_end();
    // A submission may have left the processor in another rounding mode.
    std::fesetenv(FE_DFL_ENV);
    const Result result = std::apply(function, arguments);
    std::fesetenv(FE_DFL_ENV);
    Values results;
    protocol::put(results, result);
    std::apply([&](const auto&... argument) { (put_if_changed<Parameters>(results, argument), ...); }, arguments);
    return results;
}

// No loaded object defines the function that is asked for.
struct Missing {};

// What the judge asks the worker itself.
Values take_counts(Values values) {
    protocol::Taker taker(std::move(values));
    const auto bytes = taker.take<arma::uword>(), pixels = taker.take<arma::uword>();
    taker.expect_end();
    const Counts counts = counts_until_now(bytes, pixels);
    Values results;
    protocol::put(results, arma::vec{counts.matrices, counts.bytes, counts.products, counts.multiply_adds});
    arma::uvec frames(3 * counts.frames.size());
    arma::uword i = 0;
    for (const Frame& frame : counts.frames)
        for (const std::size_t number : {frame.matrix, frame.object, frame.offset})
            frames(i++) = number;
    protocol::put(results, frames);
    return results;
}

Values call_by_name(const Functions& functions, protocol::Request& request) {
    if (request.function == "counts") return take_counts(std::move(request.arguments));
#define LAB_CALL(name)                                                                                                 \
    if (request.function == #name) {                                                                                   \
        if (functions.name == nullptr) throw Missing{};                                                                \
        return call(functions.name, std::move(request.arguments));                                                     \
    }
    LAB_FUNCTIONS(LAB_CALL)
#undef LAB_CALL
    throw protocol::Malformed("no function " + request.function);
}

}  // namespace

protocol::Reply answer(const Functions& functions, protocol::Request request) {
    try {
        return {request.id, Status::ok, "", call_by_name(functions, request)};
    } catch (const Missing&) { return {request.id, Status::missing, "", {}}; } catch (const std::exception& error) {
        const bool is_stub = std::string(error.what()).rfind("not implemented", 0) == 0;
        return {request.id, is_stub ? Status::not_implemented : Status::threw, error.what(), {}};
    } catch (...) { return {request.id, Status::threw, "something that is not a std::exception", {}}; }
}
