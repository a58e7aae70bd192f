// case: templates that double in number at each level
// compiles: no
template <int depth, int path> struct Bomb {
    enum { value = int{Bomb<depth - 1, 2 * path>::value} + int{Bomb<depth - 1, 2 * path + 1>::value} };
};
template <int path> struct Bomb<0, path> {
    enum { value = 1 };
};
int size = Bomb<26, 1>::value;
