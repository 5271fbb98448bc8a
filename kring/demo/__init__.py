"""A made-up organisation that feels real: for `make run`, for the benchmarks and for nobody else."""
