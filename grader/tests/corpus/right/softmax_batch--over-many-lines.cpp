// case: long expressions over many lines, comments and blank lines between
#include "softmax_reg_vec.hpp"

arma::mat
softmax_batch(
    const arma::mat& logits)
{
    arma::mat probs =

        // exp of
        arma::exp(
            logits.each_row()  // every row
            -
            arma::max(
                logits,
                0)             // minus the row of maxima
        )
        ;

    probs
        .each_row()
        /=
        arma::sum(probs,
                  0);


    return
        probs;
}
