"""Legality: does a file keep the rules of its exercise (four statements, no loop, ...)?

The grader has `python3 -m grader.legality` inspect each file, with functions and rules from rubric.toml. Everything is
read from clang's syntax tree and tokens; nothing of the submission is ever run, and nothing is written but a
precompiled header. This face loads no libclang, which takes as long as the rest of a grade's modules together."""

# What an inspection exits with where libclang or its headers are broken.
CLANG_IS_BROKEN = 3
# The first line of an inspection's output, written before it reads the file.
READY = "grader.legality reads the file"
