"""Kring's own benchmarks. Each runs with one command and prints figures and ratios side by side."""
