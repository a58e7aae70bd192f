// The loop version against mathematics and against NumPy's own numbers (golden.hpp): it is the grader's first oracle,
// so an error here would be an error in every grade.
#include "grader/judge/catch.hpp"

#include <algorithm>
#include <limits>

#include "golden.hpp"
#include "softmax_reg.hpp"

namespace {

const Model golden_model{golden::W, golden::b};
const Dataset golden_set{golden::images, golden::labels};

template <class Numbers> bool close(const Numbers& actual, const Numbers& expected) {
    return arma::approx_equal(actual, expected, "both", 1e-15, 1e-12);
}

Dataset numbered(arma::uword n) {
    return {arma::reshape(arma::regspace(0.0, 3.0 * static_cast<double>(n) - 1.0), 3, n),
            arma::regspace<arma::uvec>(0, n - 1)};
}

double loss_of_first_image(const Model& model) {
    const arma::vec image = golden::images.col(0);
    return loops::cross_entropy_loss(loops::softmax(loops::linear(image, model)), golden::labels(0));
}

// The slope of the loss of the first golden image with respect to one number of the model.
double central_difference(Model& model, double& number) {
    const double start = number, step = 1e-5;
    number = start + step;
    const double above = loss_of_first_image(model);
    number = start - step;
    const double below = loss_of_first_image(model);
    number = start;
    return (above - below) / (2.0 * step);
}

}  // namespace

TEST_CASE("linear, softmax and loss give NumPy's numbers", "[loops]") {
    double loss = 0.0;
    for (arma::uword i = 0; i < golden::images.n_cols; ++i) {
        const arma::vec logits = loops::linear(golden::images.col(i), golden_model);
        const arma::vec probs = loops::softmax(logits);
        CHECK(close<arma::vec>(logits, golden::logits.col(i)));
        CHECK(close<arma::vec>(probs, golden::probs.col(i)));
        loss += loops::cross_entropy_loss(probs, golden::labels(i));
    }
    CHECK(loss == Catch::Approx(golden::loss_sum).epsilon(1e-12));
    CHECK(loops::mean_loss(golden_set, golden_model) == Catch::Approx(golden::loss_sum / 4.0).epsilon(1e-12));
}

TEST_CASE("softmax sums to 1 and stays finite", "[loops]") {
    for (const arma::vec& logits : {arma::vec{1e4, -1e4, 0.0}, arma::vec{-1e4, -1e4}, arma::vec{1e4, 1e4, 1e4},
                                    arma::vec{7.0}, arma::vec{0.1, 0.2, 0.3}}) {
        const arma::vec probs = loops::softmax(logits);
        CHECK(probs.n_elem == logits.n_elem);
        CHECK(probs.is_finite());
        CHECK(arma::accu(probs) == Catch::Approx(1.0).epsilon(1e-14));
    }
    CHECK(close(loops::softmax({1e4, 1e4}), arma::vec{0.5, 0.5}));
}

TEST_CASE("the gradient is the slope of the loss", "[loops]") {
    Model model = golden_model;
    const arma::vec image = golden::images.col(0);
    Gradients sum{arma::zeros(5, 3), arma::zeros(3)};
    loops::gradient(image, loops::softmax(loops::linear(image, model)), golden::labels(0), sum);
    for (arma::uword k = 0; k < 3; ++k) {
        for (arma::uword d = 0; d < 5; ++d) {
            CHECK(sum.W(d, k) == Catch::Approx(central_difference(model, model.W(d, k))).epsilon(1e-7).margin(1e-9));
        }
        CHECK(sum.b(k) == Catch::Approx(central_difference(model, model.b(k))).epsilon(1e-7).margin(1e-9));
    }
}

TEST_CASE("gradient adds to the sum; over a batch it gives NumPy's mean", "[loops]") {
    Gradients sum{arma::mat(5, 3, arma::fill::ones), arma::vec(3, arma::fill::ones)};
    for (arma::uword i = 0; i < 4; ++i) {
        loops::gradient(golden::images.col(i), golden::probs.col(i), golden::labels(i), sum);
    }
    CHECK(arma::approx_equal(sum.W, 1.0 + 4.0 * golden::grad_W, "absdiff", 1e-14));
    CHECK(arma::approx_equal(sum.b, 1.0 + 4.0 * golden::grad_b, "absdiff", 1e-14));
}

TEST_CASE("evaluate gives NumPy's accuracy, and the first of equal logits counts", "[loops]") {
    CHECK(loops::evaluate(golden::images, golden::labels, golden::W, golden::b) == golden::accuracy);

    const arma::mat images(2, 4, arma::fill::ones), W(2, 3, arma::fill::zeros);
    CHECK(loops::evaluate(images, {0, 1, 2, 0}, W, {5.0, 5.0, 5.0}) == 0.5);
    CHECK(loops::evaluate(images, {0, 1, 2, 1}, W, {4.0, 5.0, 5.0}) == 0.5);
    CHECK(loops::evaluate(images, {2, 2, 2, 2}, W, {4.0, 4.0, 5.0}) == 1.0);
}

TEST_CASE("create_batches covers every image once, in order, without copying", "[batches]") {
    const arma::uword n = GENERATE(1u, 6u, 7u), batch_size = GENERATE(1u, 3u, 7u, 100u);
    const Dataset data = numbered(n);
    arma::uword first = 0;
    for (const lab::Batch& batch : lab::create_batches(data, batch_size)) {
        const arma::uword size = std::min(batch_size, n - first);
        REQUIRE(batch.images.n_rows == 3);
        REQUIRE(batch.images.n_cols == size);
        REQUIRE(batch.labels.n_elem == size);
        CHECK(batch.images.memptr() == data.images.colptr(first));
        CHECK(batch.labels.memptr() == data.labels.memptr() + first);
        first += size;
    }
    CHECK(first == n);
}

TEST_CASE("create_batches takes any batch size but 0, and refuses sets that do not match", "[batches]") {
    Dataset data = numbered(5);
    CHECK_THROWS_AS(lab::create_batches(data, 0), std::invalid_argument);
    CHECK(lab::create_batches(data, std::numeric_limits<arma::uword>::max()).size() == 1);
    CHECK(lab::create_batches({}, 3).empty());
    data.labels.shed_row(4);
    CHECK_THROWS_AS(lab::create_batches(data, 2), std::invalid_argument);
}

TEST_CASE("one epoch of train_sgd gives NumPy's model and loss", "[loops]") {
    Model model = golden_model;
    const double loss = loops::train_sgd(golden_set, Hyperparameters{0.1, 3, 99, 0}, model);  // one epoch, not 99
    CHECK(loss == Catch::Approx(golden::trained_loss).epsilon(1e-12));
    CHECK(close(model.W, golden::trained_W));
    CHECK(close(model.b, golden::trained_b));
}

TEST_CASE("initial_model draws what NumPy draws", "[initial_model]") {
    CHECK(close(loops::initial_model(0, 5, 3).W, golden::initial_W));

    // Printed by NumPy: np.random.seed(seed); W = np.random.randn(784, 10) * 0.01
    struct Drawn {
        unsigned seed;
        arma::vec numbers;  // W[0, 0], W[0, 9], W[1, 0], W[500, 3], W[783, 9]
    };
    const Drawn drawn = GENERATE(Drawn{0u,
                                       {0.017640523459676642, 0.004105985019383723, 0.0014404357116087798,
                                        -0.005622548291650494, 0.008005526428541283}},
                                 Drawn{42u,
                                       {0.004967141530112327, 0.005425600435859647, -0.0046341769281246226,
                                        -0.0033009019170143726, -0.003617238360933866}},
                                 Drawn{4294967295u,
                                       {0.006484086742306528, -0.005459227140515623, -0.0002615813612636009,
                                        -0.015750166190434855, 0.010279526819236056}});
    const Model model = loops::initial_model(drawn.seed);
    REQUIRE(arma::size(model.W) == arma::size(784, 10));
    const arma::vec numbers{model.W(0, 0), model.W(0, 9), model.W(1, 0), model.W(500, 3), model.W(783, 9)};
    CHECK(close(numbers, drawn.numbers));
    CHECK(arma::size(model.b) == arma::size(arma::vec(10)));
    CHECK(arma::all(model.b == 0.0));
}
