"""Benchmarks: run by `make bench`. They print medians and ratios of one run and never assert absolute times."""
