"""A logo: what was uploaded is read as a picture and drawn anew, so that nothing else comes along.

At most ``MOST`` bytes and ``MOST_PIXELS`` pixels are looked at; only PNG, JPEG and WebP are read (an
SVG can hold scripts). The result is a PNG on white of at most ``WIDE`` × ``HIGH`` pixels.
"""

import hashlib
import warnings
from io import BytesIO
from typing import Final, Literal

from PIL import Image, UnidentifiedImageError

MOST: Final = 2 * 1024 * 1024
MOST_PIXELS: Final = 25_000_000
WIDE, HIGH = 512, 128
PNG_END: Final = b"\0\0\0\0IEND"
"""Length and name of the last chunk of a PNG (ISO/IEC 15948 §11.2.5); four bytes of sum follow."""
KINDS: Final = ("PNG", "JPEG", "WEBP")


class NoPicture(ValueError):
    """Not a picture Kring takes; ``why`` is "large" or "kind"."""

    def __init__(self, why: Literal["large", "kind"]) -> None:
        super().__init__(why)
        self.why = why


def redrawn(content: bytes) -> bytes:
    """The picture as a PNG of ours."""
    if len(content) > MOST:
        raise NoPicture("large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=KINDS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise NoPicture("large")
                if content[-12:-4] != PNG_END and found.format == "PNG":
                    raise NoPicture("kind")  # WeasyPrint tells Pillow to read what was cut off
                found.draft("RGB", (WIDE, HIGH))
                picture = found.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NoPicture("large") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Warning) as error:
        if isinstance(error, NoPicture):
            raise
        raise NoPicture("kind") from error
    picture.thumbnail((WIDE, HIGH))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    drawn = BytesIO()
    paper.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def digest(content: bytes) -> str:
    """What makes the address change when the picture does."""
    return hashlib.sha256(content).hexdigest()[:16]
