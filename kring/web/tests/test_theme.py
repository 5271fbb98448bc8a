"""Any hue an organisation picks stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.web.theme import (
    ENOUGH,
    Colour,
    Pair,
    contrast,
    digest,
    fit,
    is_shown,
    palette,
    readable,
    sheet,
)

WHITE, BLACK = Colour(1, 0, 0), Colour(0, 0, 0)
PAPER, CARD_DARK = Colour(0.98, 0.01, 85), Colour(0.255, 0.02, 200)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(WHITE, BLACK) == pytest.approx(21, abs=0.01)
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK)
    assert contrast(WHITE, WHITE) == 1


def test_contrast_of_a_known_grey() -> None:
    # #767676 on white is the classic 4.54:1; its OKLCH lightness is 0.5658
    assert contrast(Colour(0.5658, 0, 0), WHITE) == pytest.approx(4.54, abs=0.02)


@given(st.integers(min_value=0, max_value=359))
def test_every_hue_is_readable_in_light_and_dark(hue: int) -> None:
    light, dark = palette(hue)
    for colours, ground in ((light, PAPER), (dark, CARD_DARK)):
        for name in ("brand", "brand-deep"):
            assert contrast(colours[name], ground) >= ENOUGH
            assert contrast(colours[name], colours["brand-soft"]) >= ENOUGH
            assert contrast(colours[name], colours["on-brand"]) >= ENOUGH
        assert all(is_shown(colour) for colour in colours.values())


def test_a_hue_that_breaks_contrast_is_corrected() -> None:
    yellow = Colour(0.9, 0.15, 100)
    assert contrast(yellow, PAPER) < ENOUGH
    corrected = readable(Pair("brand", yellow, (PAPER,), darker=True))
    assert contrast(corrected, PAPER) >= ENOUGH
    assert corrected.lightness < yellow.lightness
    assert corrected.hue == yellow.hue


def test_a_colour_no_screen_shows_loses_chroma_only() -> None:
    loud = Colour(0.43, 0.4, 195)
    assert not is_shown(loud)
    assert fit(loud)._replace(chroma=0) == loud._replace(chroma=0)
    assert is_shown(fit(loud))


def test_a_sheet_overrides_tokens_and_its_address_follows_its_content() -> None:
    assert sheet(30).startswith("@layer tokens{:root{--brand:oklch(")
    assert digest(30) == digest(30)
    assert digest(30) != digest(31)
