"""Package 1, the restorative talks (1.7-1.10)."""

ROWS = [
    ("1.7", "restorative_talk", (2, 3), (30, 45), "participants", False, [3, 10, 8, 6, 5, 2]),
    ("1.8", "conference_preparation", (1, 2), (30, 60), "participants", True,
     [10, 15, 10, 10, 5, 5]),
    ("1.9", "restorative_conference", (5, 20), (90, 150), "participants", True,
     [10, 5, 15, 20, 20, 5, 10, 25, 15, 5, 20]),
    ("1.10", "restorative_follow_up", (1, 20), (20, 30), "participants", True, [2, 8, 8, 7]),
]  # fmt: skip
