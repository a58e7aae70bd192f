// The sentences of the training programs in the reader's language. English is what stands in the sources.
#ifndef TRAINING_WORDS_HPP
#define TRAINING_WORDS_HPP

#include <string>
#include <utility>
#include <vector>

namespace training {

// The sentence in the language that TP_LANG names, by the catalogue that CMake has compiled into the build folder, or
// as it is where there is none; each {name} in it becomes its field.
std::string tr(const std::string& sentence, const std::vector<std::pair<std::string, std::string>>& fields = {});

// How many columns the text takes, of UTF-8, in a terminal.
std::size_t width(const std::string& text);

// With spaces before it, so that it takes `columns` columns at least.
std::string right_aligned(const std::string& text, std::size_t columns);

}  // namespace training

#endif
