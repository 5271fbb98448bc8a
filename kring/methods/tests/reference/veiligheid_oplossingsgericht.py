"""Package 2."""

ROWS = [
    ("2.10", "ring_the_bell", (2, 12), (20, 40), "team", True, [5, 10, 5, 8, 2]),
]  # fmt: skip
