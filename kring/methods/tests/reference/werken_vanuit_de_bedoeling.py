"""Package 5. The breakthrough circle is five meetings; the team course is set (5.7) and held (5.7b)."""

ROWS = [
    ("5.1", "living_the_course", (5, 20), (100, 140), "team", True,
     [10, 5, 5, 35, 20, 15, 25, 10, 5]),
    ("5.2", "professional_space", (5, 16), (90, 120), "team", True,
     [10, 5, 5, 15, 15, 25, 15, 15, 5, 5]),
    ("5.3a", "breakthrough_why_now", (6, 11), (50, 75), "organisation", True,
     [5, 5, 10, 10, 15, 10, 5]),
    ("5.3b", "breakthrough_look", (6, 11), (120, 180), "organisation", True, [5, 5, 125, 10, 5]),
    ("5.3c", "breakthrough_turn", (6, 11), (120, 180), "organisation", True,
     [5, 10, 45, 25, 35, 20, 10]),
    ("5.3d", "breakthrough_make", (6, 11), (120, 180), "organisation", True,
     [5, 5, 10, 65, 25, 15, 10, 10]),
    ("5.3e", "breakthrough_harvest", (6, 30), (50, 75), "organisation", True,
     [4, 18, 12, 7, 7, 7, 5]),
    ("5.4", "writers_event", (6, 20), (150, 210), "team", True,
     [5, 10, 20, 30, 30, 35, 15, 20, 10, 5]),
    ("5.5", "resonance_meeting", (4, 15), (60, 90), "organisation", True,
     [3, 5, 15, 12, 15, 15, 5, 3, 2]),
    ("5.6", "team_reflection", (4, 14), (100, 140), "team", True,
     [10, 5, 5, 20, 15, 40, 15, 10, 5, 5]),
    ("5.7", "team_course_setting", (4, 20), (75, 110), "team", True,
     [5, 5, 15, 20, 20, 15, 3, 2, 5]),
    ("5.7b", "team_course_holding", (3, 20), (20, 40), "team", True, [5, 10, 10, 3, 2]),
    ("5.8", "peer_accountability", (6, 24), (90, 140), "team", True, [5, 5, 75, 15, 5, 5, 5]),
    ("5.9", "sense_connect_add", (1, 2), (10, 45), "participants", True, [12, 12, 12, 6, 3, 0]),
    ("5.10", "learning_network_exchange", (5, 20), (45, 70), "organisation", True,
     [5, 10, 25, 10, 5, 3]),
    ("5.11", "season_review", (8, 16), (50, 75), "team", True, [5, 5, 12, 10, 10, 10, 5, 3]),
]  # fmt: skip

INSTRUMENTS = {
    ("I10", "team_reflection_questions"): ("choice", 12, 4, "own"),
}
