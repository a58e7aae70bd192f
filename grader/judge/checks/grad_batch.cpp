// Step 6, grad_batch: W and b judged apart, against the loop version, NumPy's numbers and central differences.
#include "by_loops.hpp"
#include "grader/judge/catch.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/submission.hpp"
#include "reference/golden.hpp"

namespace {

struct Case {
    arma::mat images;
    arma::mat probs;
    arma::uvec labels;
    Gradients expected;
};

std::vector<Case> cases() {
    std::vector<Case> result{{golden::images, golden::probs, golden::labels, {golden::grad_W, golden::grad_b}}};
    for (const inputs::Shape& shape : inputs::shapes()) {
        Case c{inputs::images(shape), inputs::probs(shape), inputs::labels(shape), {}};
        c.expected = by_loops::grad_batch(c.images, c.probs, c.labels);
        result.push_back(c);
    }
    return result;
}

std::string text(const Case& c) {
    const std::string labels = ", labels " + std::to_string(c.labels.n_elem);
    return call_text("grad_batch", {{"images", &c.images}, {"probs", &c.probs}}, labels);
}

Gradients gradients(Submission& submission, const Case& c) {
    return submission.call("grad_batch", text(c), c.images, c.probs, c.labels).take<Gradients>();
}

// The gradients that come from another `delta` than probs with 1 subtracted at each label.
Gradients from_delta(const Case& c, const arma::mat& delta) {
    const auto m = static_cast<double>(c.images.n_cols);
    Gradients mean{arma::mat(c.images.n_rows, delta.n_rows), arma::vec(delta.n_rows)};
    for (arma::uword j = 0; j < c.images.n_cols; ++j)
        for (arma::uword k = 0; k < delta.n_rows; ++k) {
            mean.W.col(k) += delta(k, j) / m * c.images.col(j);
            mean.b(k) += delta(k, j) / m;
        }
    return mean;
}

struct GradientMistake {
    Gradients result;
    Text hint;
};

std::vector<GradientMistake> mistakes(const Case& c) {
    const auto m = static_cast<double>(c.images.n_cols);
    arma::mat first_columns = c.probs;
    for (arma::uword j = 0; j < c.labels.n_elem; ++j)
        first_columns(c.labels(j)) -= 1;  // once for each image, as elem() does
    arma::mat next = c.probs;
    for (arma::uword j = 0; j < c.labels.n_elem; ++j)
        next((c.labels(j) + 1) % c.probs.n_rows, j) -= 1;
    // As elem() finds it: the class before class 0 is the last one of the column before, or throws in the first.
    arma::mat before = c.probs;
    for (arma::uword j = 0; j < c.labels.n_elem; ++j) {
        const arma::uword position = c.labels(j) + j * c.probs.n_rows;
        before(position > 0 ? position - 1 : 0) -= 1;
    }
    arma::mat block = c.probs;
    for (const arma::uword label : c.labels)
        block.row(label) -= 1;  // once for each image, as A(rows, columns) does
    arma::mat block_once = c.probs;
    block_once.rows(arma::uvec(arma::unique(c.labels))) -= 1;
    const Text off_by_one = tr("the labels are off by one: classes count from 0");
    const Gradients& g = c.expected;
    return {
        {{g.W * m, g.b * m}, tr("this is the sum over the batch: the contract wants the mean")},
        {{g.W / m, g.b / m}, tr("divided by the number of images twice")},
        {{-g.W, -g.b}, tr("the sign: the gradient is probs - one_hot, and training subtracts it")},
        {from_delta(c, c.probs),
         tr("nothing was subtracted at the labels: probs - one_hot(labels) is what the loss leaves "
            "(handout, grad_batch)")},
        {from_delta(c, first_columns), tr("the labels were used as positions in memory: that changes the first columns "
                                          "only (handout, fancy indexing)")},
        {from_delta(c, block),
         tr("1 was subtracted in every image, and once more for each label that occurs again: "
            "rows(labels) is whole rows, a list of rows with a list of columns the block of all "
            "pairs (np.ix_), and where NumPy counts a repeated index once, Armadillo counts it each time")},
        {from_delta(c, block_once), tr("1 was subtracted in the whole rows that the labels name: each image has one "
                                       "label, so one element of its column changes")},
        {from_delta(c, next), off_by_one},
        {from_delta(c, before), off_by_one},
    };
}

std::vector<Mistake> mistakes_of_W(const Case& c) {
    std::vector<Mistake> result;
    for (const GradientMistake& mistake : mistakes(c))
        result.push_back({mistake.result.W, mistake.hint});
    return result;
}

std::vector<Mistake> mistakes_of_b(const Case& c) {
    std::vector<Mistake> result;
    for (const GradientMistake& mistake : mistakes(c))
        result.push_back({mistake.result.b, mistake.hint});
    return result;
}

double mean_loss(const Case& c, const arma::mat& W, const arma::vec& b) {
    return loops::mean_loss(Dataset{c.images, c.labels}, Model{W, b});
}

// (f(x + h) - f(x - h)) / 2h for each element of x.
template <class Matrix, class Function> Matrix central_differences(const Matrix& x, const Function& f) {
    constexpr double h = 1e-5;
    Matrix result(arma::size(x));
    for (arma::uword i = 0; i < x.n_elem; ++i) {
        Matrix right = x;
        Matrix left = x;
        right(i) += h;
        left(i) -= h;
        result(i) = (f(right) - f(left)) / (2 * h);
    }
    return result;
}

}  // namespace

TEST_CASE("grad_batch: gradient of W", "[grad_batch][parity]") {
    Submission submission({"grad_batch"});
    for (const Case& c : cases())
        expect_equal(gradients(submission, c).W, c.expected.W, {tr("the gradient of W"), text(c), mistakes_of_W(c)});
}

TEST_CASE("grad_batch: gradient of b", "[grad_batch][parity]") {
    Submission submission({"grad_batch"});
    for (const Case& c : cases())
        expect_equal(gradients(submission, c).b, c.expected.b, {tr("the gradient of b"), text(c), mistakes_of_b(c)});
}

TEST_CASE("grad_batch: central differences", "[grad_batch][parity]") {
    Submission submission({"grad_batch"});
    const inputs::Shape shape{6, 4, 9};
    const Model model = inputs::model(shape);
    Case c{inputs::images(shape), {}, inputs::labels(shape), {}};
    c.probs = by_loops::softmax_batch(by_loops::logits(c.images, model));
    const Gradients actual = gradients(submission, c);
    const Tolerance of_the_method{1e-6, 1e-8};
    const auto of_W = [&](const arma::mat& W) { return mean_loss(c, W, model.b); };
    const auto of_b = [&](const arma::vec& b) { return mean_loss(c, model.W, b); };
    expect_equal(actual.W, central_differences(model.W, of_W), {tr("the gradient of W"), text(c)}, of_the_method);
    expect_equal(actual.b, central_differences(model.b, of_b), {tr("the gradient of b"), text(c)}, of_the_method);
}
