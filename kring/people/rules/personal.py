"""Numbers and dates that Kring refuses to keep: it is no client file and no personnel file.

A Dutch national number (burgerservicenummer) has nine digits that pass the "elfproef": the sum of
9×first + 8×second + … + 2×eighth − 1×ninth is a multiple of eleven. Eight digits are read with a
nought in front, as the tax office does.
"""

import re
from enum import StrEnum

# Nine digits, perhaps in groups ("1112 22 333", "111.222.333"), not part of a longer number.
_GROUPED = re.compile(r"(?<![\d+.,/-])\d{2,4}[ .-]?\d{2,3}[ .-]?\d{2,3}(?![\d])")
_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d\d"
    r"|(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)


class PersonalNumber(StrEnum):
    """What was found in a text."""

    NATIONAL_NUMBER = "national_number"
    BIRTH_DATE = "birth_date"


def is_national_number(digits: str) -> bool:
    """Whether eight or nine digits pass the elfproef (nine noughts do not count)."""
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (8, 9):
        return False
    nine = digits.zfill(9)
    if not nine.strip("0"):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, nine, strict=True)) % 11 == 0


def personal_number(text: str) -> PersonalNumber | None:
    """The first thing in ``text`` that may not be kept: a national number or a full date.

    Only nine digits count in running text: one in eleven numbers passes the elfproef, and eight
    digits are too often a telephone number.
    """
    for found in _GROUPED.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if len(digits) == 9 and is_national_number(digits):
            return PersonalNumber.NATIONAL_NUMBER
    return PersonalNumber.BIRTH_DATE if _DATE.search(text) else None
