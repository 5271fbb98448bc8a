"""Package 2."""

ROWS = [
    ("2.1", "team_three_columns", (4, 12), (60, 90), "team", True,
     [5, 5, 12, 10, 10, 10, 13, 5, 5]),
    ("2.2", "case_consultation", (4, 8), (45, 60), "participants", False,
     [3, 2, 5, 5, 15, 5, 8, 4, 2, 1]),
    ("2.3", "question_practice", (3, 18), (40, 60), "team", True, [3, 12, 12, 12, 5, 1]),
    ("2.4", "peer_questioning", (3, 12), (15, 30), "team", True, [2, 4, 8, 4, 2]),
    ("2.5", "implementation_meeting", (8, 25), (150, 210), "organisation", True,
     [5, 10, 20, 40, 20, 15, 20, 15, 15, 10, 5, 5]),
    ("2.7", "framework_conference", (15, 60), (160, 210), "organisation", True,
     [5, 10, 45, 55, 30, 25, 3, 7]),
    ("2.8", "management_preparation", (4, 12), (100, 150), "organisation", True,
     [4, 6, 20, 60, 20, 5, 2, 3]),
    ("2.9", "site_visit", (3, 12), (150, 210), "team", True, [45, 75, 30, 20, 10]),
    ("2.10", "ring_the_bell", (2, 12), (20, 40), "team", True, [5, 10, 5, 8, 2]),
]  # fmt: skip
