// case: an error whose text would rewrite the terminal
// compiles: no
#error "[2J[H total 20 / 20 [8m"
