// Calls of a submission's functions; see submission.hpp.
#include "grader/judge/submission.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "grader/judge/item.hpp"
#include "grader/judge/sample_images.hpp"
#include "grader/judge/settings.hpp"

namespace {
// A function that did not return in time may well do so on another item's input, so it is called again. It then has a
// sixth of the time, which is still some hundred times what a right one takes, because a student waits meanwhile.
std::set<std::string> functions_that_took_too_long;

CallLimits limits_of(const std::string& function) {
    return functions_that_took_too_long.count(function) > 0 ? CallLimits{0.5, 3.0} : CallLimits{};
}
}  // namespace

std::string object_of(const std::string& file) { return settings().objects + "/" + file + ".so"; }
std::string object_of_grader(const std::string& name) { return LAB_OBJECTS + name + ".so"; }
std::string output_of(const std::string& file) { return settings().output + "/" + file + ".txt"; }

void Results::fail_unreadable(const std::string& why) const {
    fail_item(tr("{call}: returned something of the wrong kind ({why})", {{"call", call_}, {"why", why}}));
}

std::vector<std::string> objects_of(const std::vector<std::string>& files, const std::vector<std::string>& before) {
    std::vector<std::string> objects{object_of_grader("lab_batches")};
    objects.insert(objects.end(), before.begin(), before.end());
    for (const std::string& file : files)
        objects.push_back(object_of(file));
    objects.push_back(object_of_grader("entry"));
    return objects;
}

Submission::Submission(const std::vector<std::string>& files, const std::vector<std::string>& before)
    : objects_(objects_of(files, before)), output_(output_of(files.front())) {}

// Most exercises are checked on a few numbers. Only a call on images of the sample needs a worker that has them, and a
// judge that has read them: that takes longer than all the rest of a judge's work.
WorkerProcess& Submission::worker(bool lends_images) {
    if (!worker_ || !worker_->alive() || (lends_images && !lends_images_)) {
        worker_ = std::make_unique<WorkerProcess>(objects_, output_, lends_images ? sample_descriptor() : -1);
        lends_images_ = lends_images;
    }
    return *worker_;
}

protocol::Values Submission::run(const std::string& function, const Text& call, protocol::Values arguments) {
    const auto is_window = [](const protocol::Value& value) { return std::holds_alternative<protocol::Window>(value); };
    const bool lends_images = std::any_of(arguments.begin(), arguments.end(), is_window);
    try {
        return worker(lends_images).call(function, std::move(arguments), limits_of(function));
    } catch (const CallFailed& failure) {
        if (failure.kind == CallFailed::Kind::too_long) functions_that_took_too_long.insert(function);
        if (failure.kind == CallFailed::Kind::stub)
            end_item("todo", tr("{call}: {failure}", {{"call", call}, {"failure", failure.text}}));
        if (failure.kind == CallFailed::Kind::grader) end_item("error", failure.text);
        fail_item(tr("{call}: {failure}", {{"call", call}, {"failure", failure.text}}));
    }
}
