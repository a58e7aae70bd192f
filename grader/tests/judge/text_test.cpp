// What the judge says, in English and as the JSON that grader/common/language.py translates.
#include <nlohmann/json.hpp>

#include "grader/judge/catch.hpp"
#include "grader/judge/text.hpp"

namespace {

// A field may be a text of its own, or data with braces in it.
Text sentence() {
    const Text what = tr("the gradient of {variable}", {{"variable", std::string("W")}});
    return tr("{call}: {what} has {n} elements", {{"what", what}, {"call", std::string("f({what})")}, {"n", 3}});
}

}  // namespace

TEST_CASE("a text in English") {
    CHECK(sentence().english() == "f({what}): the gradient of W has 3 elements");
    CHECK(tr("plain").english() == "plain");
    CHECK(Text(std::string("{data}")).english() == "{data}");
    CHECK(Text().empty());
}

TEST_CASE("a text as JSON") {
    const auto json = nlohmann::json(sentence());
    CHECK(json["sentence"] == "{call}: {what} has {n} elements");
    CHECK(json["fields"]["call"] == "f({what})");
    CHECK(json["fields"]["n"] == "3");
    CHECK(json["fields"]["what"]["sentence"] == "the gradient of {variable}");
    CHECK(nlohmann::json(Text(std::string("{data}"))) == "{data}");
}
