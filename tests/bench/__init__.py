"""Measured ratios: what is built, against the usual way of doing it (the peer) and against the least that the
work needs (the floor), interleaved in one run.

`python -m tests.bench [name…] [--rounds N] [--clients N]` prints one table; see docs/benchmarks.md.
"""
