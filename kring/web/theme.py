"""An organisation's own hue, made safe to read. Pure: hue in, style sheet out.

Colours are OKLCH (lightness 0–1, chroma, hue in degrees). The conversion to linear sRGB is Björn
Ottosson's (2020, public domain); contrast is WCAG 2.2's: (lighter + 0.05) / (darker + 0.05).
A pair that falls short of 4.5 has its lightness moved until it no longer does, and a colour that a
screen cannot show loses chroma until it can, so that what was checked is what is shown.
"""

import hashlib
import math
from typing import NamedTuple

ENOUGH = 4.5  # WCAG 2.2, 1.4.3 for ordinary text
STEP = 0.005


class Colour(NamedTuple):
    """One OKLCH colour."""

    lightness: float
    chroma: float
    hue: float

    def css(self) -> str:
        """As CSS writes it."""
        return f"oklch({self.lightness * 100:.1f}% {self.chroma:.3f} {self.hue:g})"


class Pair(NamedTuple):
    """A brand colour, the ground it must be read on, and which way it may move."""

    name: str
    colour: Colour
    grounds: tuple[Colour, ...]
    darker: bool


def linear(colour: Colour) -> tuple[float, float, float]:
    """Linear sRGB; outside 0–1 where a screen cannot show the colour."""
    turn = math.radians(colour.hue)
    a, b = colour.chroma * math.cos(turn), colour.chroma * math.sin(turn)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def is_shown(colour: Colour) -> bool:
    """Whether an ordinary (sRGB) screen can show the colour."""
    return all(-0.0005 <= part <= 1.0005 for part in linear(colour))


def fit(colour: Colour) -> Colour:
    """The same colour with as much chroma as a screen can show."""
    while colour.chroma > 0 and not is_shown(colour):
        colour = colour._replace(chroma=max(0.0, round(colour.chroma - STEP, 4)))
    return colour


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in linear(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(pair: Pair) -> Colour:
    """The pair's colour, moved darker or lighter until it is readable on all of its grounds."""
    colour = fit(pair.colour)
    while not all(contrast(colour, ground) >= ENOUGH for ground in pair.grounds):
        moved = colour.lightness + (-STEP if pair.darker else STEP)
        if not 0 <= moved <= 1:
            break
        colour = fit(pair.colour._replace(lightness=moved))
    return colour


def palette(hue: int) -> tuple[dict[str, Colour], dict[str, Colour]]:
    """The brand colours for light and for dark, by the names of ``tokens.css``."""
    angle = float(hue % 360)
    light = {"brand-soft": fit(Colour(0.95, 0.018, angle)), "on-brand": Colour(0.985, 0.01, 85)}
    dark = {"brand-soft": fit(Colour(0.30, 0.025, angle)), "on-brand": Colour(0.21, 0.03, angle)}
    light_grounds = (Colour(0.98, 0.01, 85), light["brand-soft"], light["on-brand"])
    dark_grounds = (Colour(0.255, 0.02, 200), dark["brand-soft"], dark["on-brand"])
    for name, low, high in (("brand", 0.43, 0.80), ("brand-deep", 0.35, 0.87)):
        light[name] = readable(Pair(name, Colour(low, 0.1, angle), light_grounds, darker=True))
        dark[name] = readable(Pair(name, Colour(high, 0.08, angle), dark_grounds, darker=False))
    light["brand-line"] = fit(Colour(0.80, 0.05, angle))
    dark["brand-line"] = fit(Colour(0.48, 0.055, angle))
    return light, dark


def sheet(hue: int) -> str:
    """The style sheet of one hue; it overrides tokens and nothing else."""
    light, dark = (
        "".join(f"--{name}:{colour.css()};" for name, colour in sorted(colours.items()))
        for colours in palette(hue)
    )
    return (
        f"@layer tokens{{:root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}}}\n"
    )


def digest(hue: int) -> str:
    """What makes the address of a sheet change when the sheet does."""
    return hashlib.sha256(sheet(hue).encode()).hexdigest()[:12]
