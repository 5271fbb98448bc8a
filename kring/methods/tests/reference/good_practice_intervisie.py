"""Package 4."""

ROWS = [
    ("4.1", "good_practice_review", (3, 10), (30, 60), "team", True,
     [5, 12, 1, 5, 6, 6, 4, 4, 2]),
    ("4.2", "gossip_method", (4, 8), (45, 75), "participants", False, [3, 5, 12, 18, 10, 5, 4, 3]),
    ("4.3", "incident_method", (4, 8), (75, 90), "team", True,
     [3, 5, 7, 5, 15, 10, 7, 10, 5, 8, 3, 2]),
    ("4.4", "ten_step_method", (5, 8), (100, 120), "team", True,
     [5, 8, 8, 8, 15, 8, 8, 8, 12, 12, 13, 5, 5]),
    ("4.5", "solution_focused_intervision", (3, 8), (50, 70), "team", True,
     [3, 7, 8, 10, 5, 12, 5, 5, 3, 2]),
    ("4.6", "appreciative_inquiry", (6, 100), (60, 170), "team", True,
     [5, 10, 24, 15, 25, 30, 25, 6, 5]),
    ("4.7", "intervision_contract", (3, 8), (45, 75), "team", False, [5, 5, 12, 15, 8, 10, 5]),
]  # fmt: skip

INSTRUMENTS = {
    ("I04", "team_safety"): ("AGREE5", 7, 7, "own"),
    ("I16", "learning_value"): ("open", 6, 5, "own"),
    ("I19", "after_meeting"): ("choice", 3, 5, "own"),
    ("I25", "still_running"): ("choice", 4, 1, "own"),
}
