// From Catch2's events to one line of JSON for each item; see item.hpp.
#include "grader/judge/item.hpp"

#include <fstream>
#include <functional>

#include <armadillo>

#include "grader/judge/catch.hpp"
#include "grader/judge/settings.hpp"

namespace {

// A test case "exercise: name" with the tag of its stage is an item.
Item begin_item(const Catch::TestCaseInfo& info) {
    Item item;
    const std::size_t colon = info.name.find(": ");
    item.exercise = info.name.substr(0, colon);
    item.name = colon == std::string::npos ? "" : info.name.substr(colon + 2);
    item.stage = info.tagsAsString().find("[speed]") == std::string::npos ? "parity" : "speed";
    return item;
}

nlohmann::json as_json(const SpeedFigures& speed) {
    nlohmann::json json{{"loop_seconds", speed.loop_seconds},
                        {"submission_seconds", speed.submission_seconds},
                        {"floor_seconds", speed.floor_seconds},
                        {"operations", speed.operations},
                        {"ratio", speed.ratio},
                        {"ratio_interval", {speed.ratio_low, speed.ratio_high}},
                        {"efficiency", speed.efficiency},
                        {"efficiency_interval", {speed.efficiency_low, speed.efficiency_high}},
                        {"needed", speed.needed},
                        {"rough", speed.is_rough},
                        {"loop_samples", speed.loop_samples},
                        {"submission_samples", speed.submission_samples},
                        {"floor_samples", speed.floor_samples},
                        {"memory_samples", speed.memory_samples}};
    if (speed.arithmetic_seconds > 0) json["arithmetic_seconds"] = speed.arithmetic_seconds;
    return json;
}

nlohmann::json as_json(const Item& item) {
    nlohmann::json json{{"kind", "item"},      {"exercise", item.exercise}, {"name", item.name},
                        {"stage", item.stage}, {"status", item.status},     {"message", item.message}};
    for (const auto& [key, text] : {std::pair{"hint", item.hint}, std::pair{"expected", Text(item.expected)},
                                    std::pair{"actual", Text(item.actual)}, std::pair{"flag", item.flag}})
        if (!text.empty()) json[key] = text;
    if (item.has_speed) json["speed"] = as_json(item.speed);
    json.update(item.pictures);
    return json;
}

std::uint64_t seed_of(const std::string& name) { return settings().seed ^ std::hash<std::string>{}(name); }

// A failure that no check has described is the grader's own.
std::string status_of(const Item& item, const Catch::Totals& totals) {
    const bool failed = totals.assertions.failed != 0;
    if (item.status.empty()) return failed ? "error" : "pass";
    return item.status;
}

class ItemWriter : public Catch::ListenerBase {
  public:
    using Catch::ListenerBase::ListenerBase;

    void testCaseStarting(const Catch::TestCaseInfo& info) override {
        current_item() = begin_item(info);
        // The inputs of an item depend on the seed and the item alone, not on which items ran before it.
        arma::arma_rng::set_seed(seed_of(info.name));
    }

    void testCaseEnded(const Catch::TestCaseStats& stats) override {
        Item& item = current_item();
        item.status = status_of(item, stats.totals);
        if (item.status == "error" && item.message.empty())
            item.message = tr("the grader itself failed; see its output");
        write_line(as_json(item));
    }
};

CATCH_REGISTER_LISTENER(ItemWriter)

// An exception that reaches Catch2 is the grader's own: those of a submission arrive as messages from its worker.
CATCH_TRANSLATE_EXCEPTION(const std::exception& error) {
    current_item().message = tr("the grader itself failed: {error}", {{"error", std::string(error.what())}});
    return error.what();
}

}  // namespace

Item& current_item() {
    static Item item;
    return item;
}

void write_line(const nlohmann::json& line) {
    std::ofstream(settings().results, std::ios::app)
        << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

void end_item(const std::string& status, const Text& message) {
    current_item().status = status;
    current_item().message = message;
    FAIL(message.english());
    throw std::logic_error("unreachable");
}

void fail_item(const Text& message, const Text& hint) {
    current_item().hint = hint;
    end_item("fail", message);
}
