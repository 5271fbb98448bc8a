"""An organisation's own words."""

import pytest
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, ngettext, trans_real

from kring.web import terms
from kring.web.terms import Speech, speak, spoken

OWN = {
    "nl": {"facilitator": ["gespreksleider", "gespreksleiders"], "agreement": ["belofte", ""]},
    "en": {"facilitator": ["host", "hosts"]},
}


class Base:
    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, one: str, several: str, number: int) -> str:
        return one if number == 1 else several


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("De facilitator leidt.", "De gespreksleider leidt."),
        ("Facilitators leiden", "Gespreksleiders leiden"),
        ("%(facilitator)s en {facilitator}", "%(facilitator)s en {facilitator}"),
        ("cofacilitator, facilitator-rol", "cofacilitator, facilitator-rol"),
        ('<a class="facilitator">facilitator</a>', '<a class="facilitator">gespreksleider</a>'),
        ("wat we afspraken", "wat we afspraken"),
        ("onze afspraken", "onze beloften"),
        ("", ""),
    ],
)
def test_whole_words_are_replaced_and_placeholders_left_alone(text: str, own: str) -> None:
    pairs = {
        "facilitator": "gespreksleider",
        "facilitators": "gespreksleiders",
        "afspraken": "beloften",
    }
    assert Speech(Base(), pairs).gettext(text) == own


def test_own_words_hold_until_the_language_is_chosen_again() -> None:
    late = gettext_lazy("facilitator")
    with translation.override("en"):
        speak(OWN)
        assert (gettext("facilitator"), str(late)) == ("host", "host")
        assert ngettext("%(n)s facilitator", "%(n)s facilitators", 2) % {"n": 2} == "2 hosts"
        assert translation.get_language() == "en"
    assert gettext("facilitator") != "host"
    with spoken(OWN, "en"):
        assert gettext("Facilitator") == "Host"
    with translation.override("nl"):
        speak({"en": OWN["en"]})
        assert not isinstance(trans_real._active.value, Speech)


def test_a_word_that_is_left_empty_stays_that_of_kring() -> None:
    assert terms._pairs(OWN, "nl") == {
        "begeleider": "gespreksleider",
        "begeleiders": "gespreksleiders",
        "afspraak": "belofte",
    }
    assert terms._pairs({}, "nl") == {}
