"""Fields that refuse what Kring must not keep."""

import unicodedata
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from kring.people.models import Team
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


class QuickSelect(forms.Select):
    """A select of thousands of options: written at once, not by one template per option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) in chosen else "", words)
                for key, words in self.choices
            ),
        )
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(given), options)


def choose(label: Any, **more: Any) -> Any:
    """A choice among rows. What is offered is filled in per request, within the organisation."""
    more.setdefault(
        "empty_label", _("choose one") if more.get("required", True) else _("not filled in")
    )
    return forms.ModelChoiceField(None, label=label, widget=QuickSelect, **more)


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Fill in what a field made with ``choose`` offers; a team says where it belongs."""
    field: Any = form.fields[name]
    if rows.model is Team:
        rows = rows.select_related("unit")
        field.label_from_instance = lambda team: f"{team.name} · {team.unit.name}"
    field.queryset = rows
