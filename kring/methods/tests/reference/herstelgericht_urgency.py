"""Package 1: exploring the urgency."""

ROWS = [
    ("1.4", "urgency_exploration", (8, 14), (140, 165), "organisation", True,
     [5, 10, 15, 25, 20, 15, 10, 15, 10, 20, 5, 5]),
]  # fmt: skip
