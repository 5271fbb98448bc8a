"""Package 1."""

ROWS = [
    ("1.1", "opening_circle", (3, 16), (5, 20), "team", True, [1, 1, 0, 1]),
    ("1.1b", "closing_circle", (3, 16), (5, 15), "team", True, [1, 1, 1]),
    ("1.2", "introduction_circle", (6, 16), (45, 60), "team", True, [5, 12, 15, 12, 5, 5]),
    ("1.3", "norm_setting", (5, 20), (100, 150), "team", True,
     [5, 5, 15, 10, 15, 20, 20, 10, 12, 3, 5]),
    ("1.5", "fair_process_decision", (5, 20), (120, 180), "organisation", True,
     [10, 8, 60, 5, 30, 25, 7, 5]),
    ("1.6", "problem_solving_circle", (4, 15), (60, 90), "team", True,
     [5, 5, 10, 15, 10, 10, 10, 15, 3, 3]),
    ("1.11", "feelings_needs_practice", (6, 16), (55, 75), "team", True,
     [5, 10, 10, 10, 10, 15, 2, 1, 4]),
    ("1.12", "evaluate_and_adjust", (8, 18), (100, 150), "organisation", True,
     [5, 10, 20, 15, 15, 20, 20, 10, 5, 5]),
]  # fmt: skip

INSTRUMENTS = {
    ("I05", "fair_process"): ("AGREE5", 10, 5, "own"),
    ("I09", "scale"): ("SCALE11", 1, 5, "own"),
    ("I14", "support_base"): ("AGREE5", 6, 5, "own"),
    ("I15", "signals_of_resistance"): ("choice", 14, 1, "own"),
    ("I24", "respect_test"): ("choice", 3, 1, "own"),
}
