"""Package 3, from strategy to behaviour: 3.1, 3.3 and 3.4."""

ROWS = [
    ("3.1", "design_practice_meeting", (6, 16), (130, 180), "organisation", True,
     [4, 6, 20, 15, 25, 30, 30, 8, 6, 3, 3]),
    ("3.3", "regional_translation", (8, 40), (150, 210), "team", True,
     [5, 10, 15, 25, 35, 25, 25, 15, 15, 10, 5]),
    ("3.4", "knowledge_day", (40, 400), (300, 420), "organisation", True,
     [20, 75, 75, 60, 75, 30, 10, 15]),
    ("3.4b", "knowledge_workshop", (5, 30), (60, 90), "organisation", True, [5, 10, 40, 13, 4, 3]),
]  # fmt: skip

INSTRUMENTS = {
    ("I23", "skill_inventory"): ("open", 2, 5, "own"),
}
