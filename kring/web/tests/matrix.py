"""Who may open which page of the look itself: everybody; nothing of any organisation is there."""

from typing import Any

from kring.web import theme
from tests.cast import House
from tests.matrix import EVERYBODY, Row

ROWS = [
    Row("web:language", "POST", own=EVERYBODY),
    Row("web:theme", own=EVERYBODY),
    Row("web:manifest", own=EVERYBODY),
    Row("web:robots", own=EVERYBODY),
    Row("web:favicon", own=EVERYBODY),
    Row("web:offline", own=EVERYBODY),
    Row("web:offline-worker", own=EVERYBODY),
    Row("web:healthz", own=EVERYBODY),
    Row("web:readyz", own=EVERYBODY),
    Row("web:catalogue", own=EVERYBODY),
]


def furnish(house: House, place: str) -> dict[str, Any]:
    """A hue with its digest."""
    return {"hue": 200, "digest": theme.digest(200)}
