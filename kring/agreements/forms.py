"""What people fill in about agreements. Errors keep what was typed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.agreements.rules import (
    LEAST_RHYTHM,
    MOST_RHYTHM,
    USUAL_RHYTHM,
    Answered,
    Status,
    Visibility,
    may_look_again_on,
)
from kring.agreements.words import rhythm
from kring.people.models import Person, Team

RHYTHMS = (
    (7, _("once a week")),
    (14, _("every two weeks")),
    (21, _("every three weeks")),
    (42, _("every six weeks")),
    (91, _("every three months")),
    (182, _("twice a year")),
)
ANOTHER_DAY = _("Choose a day after today, at most half a year ahead.")


class Day(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def few_lines() -> forms.Textarea:
    """Room for one or two sentences."""
    return forms.Textarea(attrs={"rows": 2})


class Wording(forms.Form):
    """What a new and a changed agreement have in common. ``today`` decides which days fit."""

    what = forms.CharField(
        max_length=400,
        widget=few_lines(),
        label=_("What are you going to do?"),
        help_text=_("Something others can see you do, in one sentence."),
        error_messages={"required": _("Say in one sentence what you are going to do.")},
    )
    how_noticed = forms.CharField(
        max_length=400,
        required=False,
        widget=few_lines(),
        label=_("How do you notice that it works?"),
    )
    rhythm_days = forms.TypedChoiceField(
        choices=RHYTHMS, coerce=int, initial=USUAL_RHYTHM, label=_("How often do you look back?")
    )
    look_back_on = forms.DateField(
        required=False,
        widget=Day(),
        label=_("First day to look back"),
        help_text=_("Leave it empty: after one round of the rhythm."),
    )
    ends_on = forms.DateField(
        required=False,
        widget=Day(),
        label=_("Last day"),
        help_text=_("Only for something that ends by itself."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        own = self.initial.get("rhythm_days")
        if own and own not in dict(RHYTHMS) and LEAST_RHYTHM <= own <= MOST_RHYTHM:
            words = rhythm(own)
            self.fields["rhythm_days"].choices = [(own, words), *RHYTHMS]  # type: ignore[attr-defined]  # the stubs know the base field

    def clean_look_back_on(self) -> date | None:
        """A day ahead; the date it already had may stay."""
        chosen: date | None = self.cleaned_data["look_back_on"]
        had = self.initial.get("look_back_on")
        if chosen and chosen != had and not may_look_again_on(self.today, chosen):
            raise forms.ValidationError(ANOTHER_DAY)
        return chosen

    def clean_ends_on(self) -> date | None:
        """Not a day that is already over."""
        chosen: date | None = self.cleaned_data["ends_on"]
        if chosen and chosen < self.today:
            raise forms.ValidationError(_("This day is already over."))
        return chosen


class NewAgreement(Wording):
    """An agreement made outside a meeting: only for oneself or, together, as the team."""

    team: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        queryset=None, required=False, label=_("Team")
    )
    takes = forms.MultipleChoiceField(
        choices=(("me", _("I do")), ("team", _("The whole team; we agreed on it together"))),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=["me"],
        label=_("Who takes this on?"),
        help_text=_("You can only choose for yourself. Colleagues join by themselves."),
    )
    bell = forms.ChoiceField(
        choices=(("me", _("I do")), ("", _("Nobody in particular; everybody may ring it"))),
        required=False,
        widget=forms.RadioSelect,
        initial="",
        label=_("Who minds the bell?"),
        help_text=_("Whoever minds the bell says so, without blame, when it does not work."),
    )
    visibility = forms.ChoiceField(
        choices=(
            (Visibility.TEAM.value, _("My team")),
            (Visibility.PARTIES.value, _("Only those who take part")),
        ),
        widget=forms.RadioSelect,
        initial=Visibility.TEAM.value,
        label=_("Who may see it?"),
    )

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]  # the stubs know the base field

    def clean(self) -> dict[str, Any]:
        """What the team may see belongs to a team."""
        given = super().clean() or {}
        if given.get("visibility") == Visibility.TEAM and not given.get("team"):
            self.add_error("team", _("Choose the team that may see it."))
        if "team" in given.get("takes", []) and not given.get("team"):
            self.add_error("team", _("Choose the team that takes it on."))
        return given


class LookBack(forms.Form):
    """Instrument I25 in two minutes: do we do it, does anybody notice, and now?"""

    status = forms.ChoiceField(
        choices=(
            (Status.RUNNING.value, _("Yes, it works")),
            (Status.NOT_YET.value, _("Not yet")),
        ),
        widget=forms.RadioSelect,
        label=_("Do we do it?"),
        error_messages={"required": _("Choose one of the two; nobody is judged by it.")},
    )
    noticed = forms.CharField(
        max_length=300,
        required=False,
        widget=few_lines(),
        label=_("What do you notice? What stands in the way?"),
    )
    then = forms.ChoiceField(
        choices=(
            ("keep", _("Keep it")),
            ("adapt", _("Adapt it")),
            ("bell", _("Ask for help: ring the bell")),
            ("stop", _("No longer needed")),
        ),
        widget=forms.RadioSelect,
        initial="keep",
        label=_("And now?"),
    )

    def __init__(self, *args: Any, may_change: bool, may_ring: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        then = self.fields["then"]
        allowed = {
            "keep",
            *(("adapt", "stop") if may_change else ()),
            *(("bell",) if may_ring else ()),
        }
        then.choices = [one for one in then.choices if one[0] in allowed]  # type: ignore[attr-defined]  # the stubs know the base field


class RingBell(forms.Form):
    """An optional sentence about what you see; never about a person."""

    sentence = forms.CharField(
        max_length=300,
        required=False,
        widget=few_lines(),
        label=_("What do you see?"),
        help_text=_("Say what does not work. It is about the agreement, not about a person."),
    )


class AnswerBell(forms.Form):
    """One of the five answers."""

    answer = forms.ChoiceField(
        choices=(
            (Answered.CONVERSATION.value, _("We talk about it, or we did")),
            (Answered.ADAPTED.value, _("We do it differently from now on")),
            (Answered.EXPLANATION.value, _("We keep it, and this is why")),
            (Answered.NO_LONGER_NEEDED.value, _("It is no longer needed")),
        ),
        widget=forms.RadioSelect,
        label=_("What is your answer?"),
        error_messages={"required": _("Choose one of the answers.")},
    )
    words = forms.CharField(
        max_length=400,
        required=False,
        widget=few_lines(),
        label=_("What do you want to say with it?"),
    )
    what = forms.CharField(
        max_length=400,
        required=False,
        widget=few_lines(),
        label=_("How do you say the agreement now?"),
        help_text=_("Only when you do it differently."),
    )

    def clean(self) -> dict[str, Any]:
        """An explanation needs words."""
        given = super().clean() or {}
        if given.get("answer") == Answered.EXPLANATION and not given.get("words"):
            self.add_error("words", _("Say in one sentence why you keep it as it is."))
        return given


class LookAgain(forms.Form):
    """After a holiday or a busy month."""

    on = forms.DateField(
        widget=Day(),
        label=_("We look again on"),
        error_messages={"required": ANOTHER_DAY},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        """A day ahead."""
        chosen: date = self.cleaned_data["on"]
        if not may_look_again_on(self.today, chosen):
            raise forms.ValidationError(ANOTHER_DAY)
        return chosen


class AskCondition(LookAgain):
    """After two bells: a question to whoever can change the condition."""

    to: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        queryset=None,
        label=_("Who can change something about it?"),
        error_messages={"required": _("Choose who you ask.")},
    )
    asked = forms.CharField(
        max_length=400,
        widget=few_lines(),
        label=_("What do you ask?"),
        help_text=_("What stands in the way, and what would help?"),
        error_messages={"required": _("Write your question in one or two sentences.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]  # the stubs know the base field
        self.fields["on"].label = _("By when do you hope to hear?")


class Reply(forms.Form):
    """A reply in one or two sentences."""

    words = forms.CharField(
        max_length=400,
        widget=few_lines(),
        label=_("Your reply"),
        error_messages={"required": _("Write your reply in one or two sentences.")},
    )
