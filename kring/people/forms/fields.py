"""Fields that refuse what Kring must not keep."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.people.rules import PersonalNumber, personal_number

REFUSALS = {
    PersonalNumber.NATIONAL_NUMBER: _(
        "This looks like a national number (BSN). Kring keeps none. Take it out."
    ),
    PersonalNumber.BIRTH_DATE: _("This looks like a date of birth. Kring keeps none. Take it out."),
}


class Words(forms.CharField):
    """A line of text: in one form of writing, without hidden signs, national numbers or births."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", str(super().to_python(value) or ""))
        return "".join(one for one in text if one == "\n" or unicodedata.category(one)[0] != "C")

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        found = personal_number(text)
        if found is not None:
            raise forms.ValidationError(REFUSALS[found])
        return text


class Day(forms.DateField):
    """A day, picked or typed."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def choose(label: Any, **more: Any) -> Any:
    """A choice among rows. What is offered is filled in per request, within the organisation."""
    return forms.ModelChoiceField(None, label=label, **more)


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Fill in what a field made with ``choose`` offers."""
    field: Any = form.fields[name]
    field.queryset = rows
