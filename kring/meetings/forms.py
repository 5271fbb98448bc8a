"""What people fill in to plan a meeting. Two names and a tick are enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kring.base import clock
from kring.meetings.models.meeting import Mode
from kring.meetings.rules.days import USUAL_DAYS
from kring.meetings.rules.modes import why_not
from kring.methods.format.shapes import Protocol, Role
from kring.people.actors import running
from kring.people.models import Person, Team

NOW, LATER = "now", "later"
EACH = [
    (1, gettext_lazy("one day")),
    (2, gettext_lazy("two days")),
    (3, gettext_lazy("three days")),
    (7, gettext_lazy("a week")),
]
MOST_OTHERS = 40


def next_week() -> date:
    """The same day next week: a friendly first proposal."""
    return localdate(clock.now()) + timedelta(days=7)


@dataclass(frozen=True)
class Others:
    """People beyond the team: colleagues that were found, and guests by first name."""

    people: tuple[Person, ...] = ()
    guests: tuple[str, ...] = ()


def find_others(text: str) -> Others:
    """Read one name or mail address per line; a name nobody here has is a guest's.

    Raises ``ValidationError`` for a name several colleagues have, and for an unknown address: a
    guest needs no address and a colleague has one.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][:MOST_OTHERS]
    here = Person.objects.filter(running(clock.now().date())).order_by("id")
    people: list[Person] = []
    guests: list[str] = []
    for line in lines:
        by = {"email__iexact": line} if "@" in line else {"name__iexact": line}
        found = list(here.filter(**by)[:2])
        if len(found) == 2:
            raise forms.ValidationError(
                _("Two colleagues are called %(name)s. Use the mail address instead.")
                % {"name": line}
            )
        if found:
            people.append(found[0])
        elif "@" in line:
            raise forms.ValidationError(
                _("Nobody here has the address %(mail)s. For a guest, a first name is enough.")
                % {"mail": line}
            )
        else:
            guests.append(line[:120])
    return Others(tuple(people), tuple(guests))


class WhenForm(forms.Form):
    """Day, time, place and how many minutes; used to plan and to change."""

    day = forms.DateField(
        label=gettext_lazy("Which day?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    at = forms.TimeField(
        label=gettext_lazy("What time?"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes?"), min_value=5, max_value=480
    )
    place = forms.CharField(label=gettext_lazy("Where?"), max_length=160, required=False)

    @property
    def starts_at(self) -> datetime:
        """The chosen moment, in local time."""
        day, at = self.cleaned_data.get("day"), self.cleaned_data.get("at")
        if day is None or at is None:
            return clock.now()
        return datetime.combine(day, at, tzinfo=get_current_timezone())


class PlanForm(WhenForm):
    """Everything about a new meeting. Only the protocol's own ticks are compulsory."""

    team: Any = forms.ModelChoiceField(
        label=gettext_lazy("Which team?"), queryset=None, empty_label=None
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[
            (NOW, gettext_lazy("Now: we begin at once")),
            (LATER, gettext_lazy("Later: plan a day")),
        ],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How do people take part?"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        initial=Mode.PHONES,
    )
    each = forms.TypedChoiceField(
        label=gettext_lazy("How long is each part open?"),
        choices=EACH,
        coerce=int,
        empty_value=str(USUAL_DAYS),
        initial=USUAL_DAYS,
        required=False,
    )
    people: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who is invited?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.CharField(
        label=gettext_lazy("Who else?"),
        help_text=gettext_lazy(
            "One per line: the name or mail address of a colleague, or the first name of a guest."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    none_apply = forms.BooleanField(
        label=gettext_lazy("None of this is the case"),
        error_messages={
            "required": gettext_lazy(
                "Look at this first. If one of these is the case, choose another kind of meeting."
            )
        },
    )
    arranged = forms.BooleanField(
        label=gettext_lazy("This is arranged"),
        error_messages={"required": gettext_lazy("Arrange this first, then tick the box.")},
    )

    def __init__(
        self, *args: Any, protocol: Protocol, teams: Any, team: Team, **named: Any
    ) -> None:
        self.protocol = protocol
        first = next_week()
        named.setdefault("initial", {})
        named["initial"] = {
            "team": team.pk,
            "when": NOW,
            "mode": Mode.PHONES,
            "minutes": protocol.minutes.normal,
            "day": first,
            "at": time(hour=10),
            **named["initial"],
        }
        super().__init__(*args, **named)
        today = clock.now().date()
        members = Person.objects.filter(
            running(today),
            running(today, "memberships__starts_on", "memberships__ends_on"),
            memberships__team=team,
        )
        for name in ("day", "at"):
            self.fields[name].required = False  # nobody fills in a day to begin now
        self._field("team").queryset = teams
        self._field("people").queryset = members.order_by("name", "id").distinct()
        self.initial.setdefault("people", [one.pk for one in self._field("people").queryset])
        if not protocol.not_when:
            del self.fields["none_apply"]
        if not protocol.preconditions:
            del self.fields["arranged"]
        for role in self.chosen_before:
            self.fields[f"role_{role.id}"] = forms.ModelChoiceField(
                label=role.title.say(get_language() or "nl"),
                help_text=role.description.say(get_language() or "nl") if role.description else "",
                queryset=self._field("people").queryset,
                required=False,
                empty_label=_("we choose together"),
            )

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def chosen_before(self) -> Iterator[Role]:
        """Roles that may be given while planning; the planner moderates unless they change it."""
        return (role for role in self.protocol.roles if role.appointed_by != "group")

    @property
    def role_fields(self) -> list[forms.BoundField]:
        """The role fields, for the page."""
        return [self[name] for name in self.fields if name.startswith("role_")]

    def clean_others(self) -> Others:
        """People beyond the team."""
        return find_others(self.cleaned_data["others"])

    def clean(self) -> dict[str, Any]:
        """Planned for later, the day must still come; the talk must allow the mode."""
        cleaned = super().clean() or {}
        reason = why_not(self.protocol, cleaned.get("mode", Mode.PHONES))
        if reason is not None:
            self.add_error("mode", reason.say(get_language() or "nl"))
        if cleaned.get("when") == NOW:
            return cleaned
        for name in ("day", "at"):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Choose one, or begin now."))
        if not self.errors and self.starts_at < clock.now():
            self.add_error("day", _("That moment has passed. Choose one that is still to come."))
        return cleaned

    def roles(self) -> dict[int, tuple[str, ...]]:
        """Roles by the id of the person who gets them."""
        given: dict[int, tuple[str, ...]] = {}
        for name, person in self.cleaned_data.items():
            if name.startswith("role_") and person is not None:
                role = name.removeprefix("role_")
                given[person.pk] = (*given.get(person.pk, ()), role)
        return given
