"""What a facilitator fills in. It asks who and when; never what happened or why."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kring.base import clock
from kring.meetings.forms import WhenForm, find_others, next_week
from kring.methods.format.shapes import Protocol
from kring.people.models import Person
from kring.talks.actions import Guest, Wish


class TalkForm(WhenForm):
    """A new talk: the people by their place in it, one name per line."""

    one_device = forms.BooleanField(
        label=gettext_lazy("One device in the room; nobody else needs a screen"), required=False
    )
    none_apply = forms.BooleanField(
        label=gettext_lazy("None of this is the case"),
        error_messages={
            "required": gettext_lazy(
                "Look at this first. If one of these is the case, this is not the talk that helps."
            )
        },
    )
    declared = forms.BooleanField(
        label=gettext_lazy(
            "I have no part in it, I lead none of them, and I have no interest in how it ends"
        ),
        error_messages={
            "required": gettext_lazy("Without this you cannot lead the talk. Ask a colleague.")
        },
    )

    def __init__(self, *args: Any, protocol: Protocol, **named: Any) -> None:
        self.protocol = protocol
        named["initial"] = {
            "day": next_week(),
            "at": time(hour=10),
            "minutes": protocol.minutes.normal,
            **named.get("initial", {}),
        }
        super().__init__(*args, **named)
        language = get_language() or "nl"
        for role in protocol.roles:
            self.fields[f"role_{role.id}"] = forms.CharField(
                label=role.title.say(language).capitalize(),
                help_text=_(
                    "One per line: the name or mail address of a colleague, or the first name of a"
                    " guest."
                ),
                widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
                required=role.min > 0,
                max_length=600,
            )
        if not protocol.not_when:
            del self.fields["none_apply"]

    @property
    def role_fields(self) -> list[forms.BoundField]:
        """The people, by their place."""
        return [self[name] for name in self.fields if name.startswith("role_")]

    def clean(self) -> dict[str, Any]:
        """Every line is a colleague or a guest; the moment is still to come."""
        cleaned = super().clean() or {}
        self.people: list[tuple[Person, str]] = []
        self.guests: list[Guest] = []
        for name in [one for one in self.fields if one.startswith("role_")]:
            role = name.removeprefix("role_")
            try:
                found = find_others(cleaned.get(name) or "")
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
                continue
            self.people += [(person, role) for person in found.people]
            self.guests += [Guest(guest, role) for guest in found.guests]
        if not self.errors and self.starts_at < clock.now():
            self.add_error("day", _("That moment has passed. Choose one that is still to come."))
        return cleaned

    def wish(self) -> Wish:
        """What was filled in."""
        cleaned = self.cleaned_data
        return Wish(
            protocol=self.protocol,
            starts_at=self.starts_at,
            minutes=cleaned["minutes"],
            place=cleaned["place"],
            one_device=cleaned["one_device"],
            declared=cleaned["declared"],
            people=tuple(self.people),
            guests=tuple(self.guests),
        )
