"""Package 3, from strategy to behaviour: 3.1, 3.3 and 3.4."""

ROWS = [
    ("3.1", "design_practice_meeting", (6, 16), (130, 180), "organisation", True,
     [4, 6, 20, 15, 25, 30, 30, 8, 6, 3, 3]),
]  # fmt: skip
