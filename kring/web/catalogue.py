"""What the catalogue at ``/ui/`` shows: made-up people and texts, so that every state is visible."""

from typing import Any

from kring.web.ring import Seat, Sits

NAMES = (
    "Amina Haddou",
    "Bram de Wit",
    "Chantal Peters",
    "Daan Mulder",
    "Esra Yilmaz",
    "Femke Jonker",
    "Guus Prins",
    "Hilde Vos",
)


def circle(count: int) -> list[Seat]:
    """A circle in which every way of sitting occurs."""
    seats = [
        Seat(name=NAMES[index % len(NAMES)], has_piece=index == 1, is_me=index == 0)
        for index in range(count)
    ]
    if count > 3:
        seats[-1] = Seat(name="", sits=Sits.EMPTY)
        seats[-2] = Seat(name=seats[-2].name, sits=Sits.PARKED)
        seats[-3] = Seat(name=seats[-3].name, sits=Sits.AWAY)
    return seats


def examples() -> dict[str, Any]:
    """The context of the catalogue page."""
    return {
        "circles": [(count, circle(count)) for count in (3, 8, 30, 120)],
        "named": circle(8),
        "options": [("often", "Often", "Several times a week"), ("seldom", "Seldom")],
        "phases": [
            ("Arrive", "done"),
            ("Check-in", "skipped"),
            ("The story", "now"),
            ("Questions", "open"),
            ("Harvest", "open"),
        ],
        "rings": [
            ("Promise", "You are asked before something changes", "#", "done"),
            ("Behaviour", "I ask: what matters to you today?", "#", "done"),
            ("Agreement", "Each handover begins with the client's own words", "", "now"),
            ("Meeting", "Not planned yet", "", "open"),
        ],
        "tabs": [("Open", "#open", True), ("Looked back", "#done", False), ("Stopped", "#", False)],
        "head": ["Round", "Yes", "Not yet"],
        "rows": [["September", 12, 4], ["October", 14, 2]],
    }
