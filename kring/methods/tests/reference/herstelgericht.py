"""Package 1."""

ROWS = [
    ("1.1", "opening_circle", (3, 16), (5, 20), "team", True, [1, 1, 0, 1]),
    ("1.1b", "closing_circle", (3, 16), (5, 15), "team", True, [1, 1, 1]),
    ("1.3", "norm_setting", (5, 20), (100, 150), "team", True,
     [5, 5, 15, 10, 15, 20, 20, 10, 15, 5]),
]  # fmt: skip

INSTRUMENTS = {
    ("I09", "scale"): ("SCALE11", 1, 5, "own"),
    ("I24", "respect_test"): ("choice", 3, 1, "own"),
}
