"""What people fill in to start a series: who, when for the first time, how often."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.agreements.words import rhythm as often
from kring.base import clock
from kring.meetings.forms import Others, find_others
from kring.methods import rhythm
from kring.methods.format.series import Series as Plan
from kring.people.actors import running
from kring.people.models import Person, Team
from kring.series.actions.ground import today


class StartForm(forms.Form):
    """Three questions at most, and what the method asks to look at first."""

    none_apply = forms.BooleanField(
        label=gettext_lazy("None of this is the case"),
        error_messages={
            "required": gettext_lazy(
                "Look at this first. If one of these is the case, choose another way of working."
            )
        },
    )
    arranged = forms.BooleanField(
        label=gettext_lazy("This is arranged"),
        error_messages={"required": gettext_lazy("Arrange this first, then tick the box.")},
    )
    people: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who is in it?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.CharField(
        label=gettext_lazy("Who else, from another team?"),
        help_text=gettext_lazy("One per line: the name or mail address of a colleague."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    day = forms.DateField(
        label=gettext_lazy("When is the first time?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    at = forms.TimeField(
        label=gettext_lazy("What time?"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How often?"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, plan: Plan, team: Team, **named: Any) -> None:
        first = rhythm.working_day(rhythm.due_on(plan, 0, today(), 7))
        named["initial"] = {
            "day": first if first > today() else rhythm.due_on(plan, 1, today(), 7),
            "at": time(hour=10),
            "days": plan.rhythm.every_days,
            **named.get("initial", {}),
        }
        super().__init__(*args, **named)
        self.plan = plan
        day = clock.now().date()
        members = Person.objects.filter(
            running(day),
            running(day, "memberships__starts_on", "memberships__ends_on"),
            memberships__team=team,
        )
        people: Any = self.fields["people"]
        people.queryset = members.order_by("name", "id").distinct()
        self.initial.setdefault("people", [one.pk for one in people.queryset])
        choices = plan.rhythm.choices or (plan.rhythm.every_days,)
        days: Any = self.fields["days"]
        days.choices = [(one, often(one)) for one in choices]
        if len(choices) == 1:
            del self.fields["days"]
        if not plan.not_when:
            del self.fields["none_apply"]
        if not plan.preconditions:
            del self.fields["arranged"]

    def clean_others(self) -> Others:
        """Colleagues from elsewhere; a series has no guests, they come to one meeting."""
        found = find_others(self.cleaned_data["others"])
        if found.guests:
            raise forms.ValidationError(
                _("Nobody here is called %(name)s. Guests are invited to one meeting, later on.")
                % {"name": found.guests[0]}
            )
        return found

    def clean(self) -> dict[str, Any]:
        """The first meeting still comes."""
        cleaned = super().clean() or {}
        if not self.errors and self.first_at < clock.now():
            self.add_error("day", _("That moment has passed. Choose one that is still to come."))
        return cleaned

    @property
    def first_at(self) -> datetime:
        """The chosen moment, in local time."""
        day, at = self.cleaned_data["day"], self.cleaned_data["at"]
        return datetime.combine(day, at, tzinfo=get_current_timezone())

    def everybody(self) -> tuple[tuple[Person, str], ...]:
        """Who is in it, without a role to begin with."""
        chosen = [*self.cleaned_data["people"], *self.cleaned_data["others"].people]
        return tuple((person, "") for person in dict.fromkeys(chosen))
