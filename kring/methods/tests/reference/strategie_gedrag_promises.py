"""Package 3, promises and consistency: 3.5 to 3.9. The consistency check is three talks."""

ROWS = [
    ("3.5", "promise_formulation", (6, 14), (130, 170), "organisation", True,
     [5, 10, 10, 30, 25, 15, 25, 20, 10]),
    ("3.6", "promise_testing", (6, 12), (50, 75), "organisation", True,
     [5, 10, 15, 10, 11, 4, 5]),
    ("3.7", "consistency_check", (6, 16), (75, 110), "organisation", True,
     [5, 5, 20, 30, 20, 5, 5]),
    ("3.7b", "consistency_documents", (2, 4), (60, 150), "organisation", True,
     [5, 15, 45, 20, 5]),
    ("3.7c", "consistency_interview", (2, 3), (35, 60), "participants", True,
     [5, 10, 10, 10, 5, 5]),
    ("3.8", "mt_intervision", (5, 9), (120, 150), "organisation", True,
     [5, 5, 20, 20, 8, 10, 12, 15, 10, 5, 20, 10, 5]),
    ("3.9", "coaching_after_360", (2, 2), (70, 90), "participants", True,
     [5, 10, 15, 15, 15, 15, 5]),
]  # fmt: skip

INSTRUMENTS = {
    ("I11", "multi_rater_feedback"): ("FREQ5", 18, 6, "own"),
    ("I13", "promise_test_questions"): ("NOTICE4", 4, 5, "own"),
}
