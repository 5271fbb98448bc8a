"""Printed cards: of a protocol (purpose, for whom, when not, phases; on the back the questions) and
loose cards for on the table; and agreement forms to fill in by hand.

``a6``: front and back side by side on A5, black and white, to cut or fold. ``a4``: large print.
``pictures``: large print with few words and a picture beside each question. The layout shrinks until a side fits; under the smallest size it takes another
sheet instead, so that the type stays readable.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from kring.methods.format.outputs import OutputField
from kring.methods.format.package import AgreementTemplate, Card
from kring.methods.format.shapes import Phase, Protocol, StepKind
from kring.web.pictures import CREDIT

if TYPE_CHECKING:
    from weasyprint import CSS

Size = Literal["a6", "a4", "pictures"]
STYLES = Path(__file__).parent / "print"
POINTS: dict[Size, tuple[float, ...]] = {
    "a6": (13, 12, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5),
    "a4": (20, 18, 16, 15, 14),
    "pictures": (20, 18, 16, 15, 14),
}
"""Sizes of type to try, largest first. The last is used even when it takes more pages."""
FORM_POINTS = (13, 12.5, 12, 11.5, 11, 10.5, 10)
"""The same for a form on one sheet."""


@lru_cache(maxsize=64)
def pdf(protocol: Protocol, *, size: Size = "a6", language: str = "nl") -> bytes:
    """The card of a protocol as PDF."""
    about = {"protocol": protocol, "questions": list(questions(protocol))}
    return _print("methods/pages/card.html", about, size, language)


@lru_cache(maxsize=64)
def loose_pdf(card: Card, *, size: Size = "a6", language: str = "nl") -> bytes:
    """A loose card as PDF."""
    return _print("methods/pages/loose_card.html", {"card": card}, size, language)


@lru_cache(maxsize=64)
def form_pdf(form: AgreementTemplate, *, large: bool = False, language: str = "nl") -> bytes:
    """An agreement form as PDF on A4, with room to write by hand. ``large``: large print."""
    about = {"form": form, "fields": [(field, range(_lines(field))) for field in form.fields]}
    points = POINTS["a4"] if large else FORM_POINTS
    return _print("methods/pages/form_sheet.html", about, "a4", language, points, sides=1)


def _lines(field: OutputField) -> int:
    """How many lines there are to write on: a choice and a date need none of length."""
    return {"text": 2, "choice": 0}.get(field.kind, 1)


def questions(protocol: Protocol) -> Iterator[Phase]:
    """The phases that have a question for the back of the card, without the shared ones."""
    for phase in protocol.phases:
        asked = any(step.prompts or step.kind is StepKind.ONE for step in phase.steps)
        if asked and phase.shared is None:
            yield phase


def _print(
    template: str,
    about: dict[str, Any],
    size: Size,
    language: str,
    points: tuple[float, ...] = (),
    sides: int = 2,
) -> bytes:
    """``points``: sizes of type to try (usual: those of ``size``); ``sides``: pages it should fit."""
    from weasyprint import HTML  # takes half a second and much memory: only when somebody prints

    with translation.override(language):
        words = render_to_string(
            template, {**about, "size": size, "language": language, "credit": CREDIT}
        )
    page = HTML(string=words, url_fetcher=_nothing_from_elsewhere)
    sheets, tried = _SHEETS[size], points or POINTS[size]
    for point in tried:
        # A float that is too long is cut off, so it is measured with each side on its own page.
        document = page.render(stylesheets=_styles(sheets.measured, point))
        if len(document.pages) <= sides:
            printed = page.render(stylesheets=_styles(sheets.printed, point))
            return bytes(printed.write_pdf())
    return bytes(page.render(stylesheets=_styles(sheets.measured, tried[-1])).write_pdf())


class _Sheets(NamedTuple):
    """Style sheets of one size: to measure (and for more than two sides), and to print."""

    measured: str
    printed: str


_SHEETS: dict[Size, _Sheets] = {
    "a6": _Sheets("a6_pages.css", "a6.css"),
    "a4": _Sheets("a4.css", "a4.css"),
    "pictures": _Sheets("a4.css", "a4.css"),
}


def _styles(sheet: str, points: float) -> "list[CSS]":
    from weasyprint import CSS

    files = [CSS(filename=STYLES / name) for name in ("card.css", sheet)]
    return [*files, CSS(string=f"html {{ font-size: {points}pt }}")]


def _nothing_from_elsewhere(url: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
    raise ValueError("A card loads nothing from elsewhere.")
