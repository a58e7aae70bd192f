// A place to try things, as at Python's prompt: change this file, save it, type `make try`. Nothing here is graded.
#include <armadillo>

int main() {
    const arma::mat A = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};  // 3 x 4: np.arange(1, 13).reshape(3, 4)
    const arma::vec column = {1, 0, -1};                                // 3 x 1
    const arma::rowvec row = {1, 0, 0, 1};                              // 1 x 4

    A.print("A =");
    A.t().print("A.t() =");                // 4 x 3
    (row * A.t()).print("row * A.t() =");  // 1 x 3
    std::cout << "size of A: " << arma::size(A) << "\n";
    // A * column does not fit: take the // away from the next line, and read what Armadillo says.
    // (A * column).print();
}
