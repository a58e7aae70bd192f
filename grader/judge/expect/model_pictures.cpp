// A trained model in pictures; see model_pictures.hpp.
#include "grader/judge/expect/model_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "data/fashion_mnist.hpp"
#include "softmax_reg.hpp"

namespace {

constexpr std::size_t most_mistakes = 12;

struct Prediction {
    arma::uword image, label, predicted;
    double probability;
};

std::vector<Prediction> predictions(const Model& model, const Dataset& data) {
    std::vector<Prediction> result;
    for (arma::uword j = 0; j < data.labels.n_elem; ++j) {
        const arma::vec probs = loops::softmax(loops::linear(data.images.col(j), model));
        result.push_back({j, data.labels(j), probs.index_max(), probs.max()});
    }
    return result;
}

// Each element as a byte of two hexadecimal digits: zero + span * element.
std::string bytes(const arma::vec& elements, double zero, double span) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (const double element : elements) {
        const auto byte = static_cast<std::size_t>(std::lround(std::clamp(zero + span * element, 0.0, 255.0)));
        text += {digits[byte / 16], digits[byte % 16]};
    }
    return text;
}

nlohmann::json confusion(const std::vector<Prediction>& all, std::size_t classes) {
    std::vector<std::vector<int>> counts(classes, std::vector<int>(classes));
    for (const Prediction& p : all)
        ++counts.at(p.label).at(p.predicted);
    return counts;
}

nlohmann::json mistakes(std::vector<Prediction> all, const Dataset& data) {
    all.erase(std::remove_if(all.begin(), all.end(), [](const auto& p) { return p.label == p.predicted; }), all.end());
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.probability > b.probability; });
    all.resize(std::min(all.size(), most_mistakes));
    nlohmann::json result = nlohmann::json::array();
    for (const Prediction& p : all)
        result.push_back({{"image", bytes(data.images.col(p.image), 0, 255)},
                          {"label", p.label},
                          {"predicted", p.predicted},
                          {"probability", p.probability}});
    return result;
}

}  // namespace

nlohmann::json portrait(const Model& model, const Dataset& images) {
    const std::vector<Prediction> all = predictions(model, images);
    const double largest = std::max(arma::abs(model.W).max(), 1e-300);
    nlohmann::json templates = nlohmann::json::array();
    for (arma::uword k = 0; k < model.W.n_cols; ++k)
        templates.push_back(bytes(model.W.col(k), 128, 127 / largest));
    return {{"images", images.labels.n_elem},
            {"accuracy", loops::evaluate(images.images, images.labels, model.W, model.b)},
            {"classes", data::class_names},
            {"largest", largest},
            {"templates", templates},
            {"confusion", confusion(all, data::class_names.size())},
            {"mistakes", mistakes(all, images)}};
}
