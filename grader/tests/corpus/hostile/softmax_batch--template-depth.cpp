// case: a template that needs itself without an end
// compiles: no
template <int n> struct Deep { static constexpr int value = Deep<n + 1>::value; };
int size = Deep<0>::value;
