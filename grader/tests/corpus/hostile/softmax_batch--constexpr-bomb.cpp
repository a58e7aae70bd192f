// case: a constant that takes hours to compute
// compiles: no
constexpr unsigned spin(unsigned n) {
    unsigned sum = 0;
    for (unsigned i = 0; i < n; ++i)
        sum += i;
    return sum;
}
template <unsigned n> constexpr unsigned many = spin(200'000 + n) + many<n - 1>;
template <> constexpr unsigned many<0> = 0;
int size = many<800>;
