"""What is typed about people, teams and the organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.base import clock
from kring.people.forms.fields import Day, Words, choose, offer
from kring.people.models import Layer, Person, Team, Unit
from kring.people.models.person import Role
from kring.people.rules import logo
from kring.web import terms

DIGEST = [
    ("each", _("At once, one mail for each thing")),
    ("daily", _("Once a day, together")),
    ("weekly", _("Once a week, together")),
    ("never", _("Never, I look here myself")),
]
HUES = [
    ("", _("the teal of Kring")),
    ("145", _("green")),
    ("110", _("olive")),
    ("70", _("amber")),
    ("30", _("brick")),
    ("350", _("raspberry")),
    ("300", _("violet")),
    ("250", _("blue")),
]
FONTS = [
    ("", _("the letter of your own device")),
    ("serif", _("letters with feet, as in a book")),
    ("wide", _("wide and clear letters")),
]
REFUSED_LOGO = {
    "large": _("This file is larger than 2 MB. Make it smaller first."),
    "kind": _("This is no PNG, JPEG or WebP. An SVG can hold scripts, so Kring takes none."),
}
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
ROLE_WORDS = {
    Role.ADMINISTRATOR: _("administrator: keeps people and teams, sees nothing of a circle"),
    Role.PRIVACY_OFFICER: _("privacy officer"),
    Role.WORKS_COUNCIL: _("works council"),
    Role.CLIENT_COUNCIL: _("client council"),
    Role.FACILITATOR: _("facilitator: guides meetings"),
    Role.MANAGER: _("manager"),
    Role.BOARD: _("board"),
    Role.TRAINER: _("trainer or coach"),
}


class Details(forms.Form):
    """What an administrator keeps of somebody."""

    name = Words(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Work mail"), required=False)
    staff_code = Words(
        label=_("Staff code"),
        help_text=_("The code by which your staff file knows this person. Never a BSN."),
        max_length=60,
        required=False,
    )
    layer = choose(_("Layer"), required=False)
    is_external = forms.BooleanField(label=_("Comes from outside"), required=False)
    starts_on = Day(label=_("First day"), required=False)
    ends_on = Day(label=_("Last day"), required=False)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        offer(self, "layer", Layer.objects.all())

    def clean(self) -> dict[str, Any]:
        """Codes and addresses are one person's; who comes from outside has a last day."""
        kept = super().clean() or {}
        others = Person.objects.exclude(pk=self.person.pk if self.person else 0)
        code = kept.get("staff_code")
        if code and others.filter(staff_code=code).exists():
            self.add_error("staff_code", _("Somebody else has this code."))
        kept["email"] = (kept.get("email") or "").lower()
        if kept["email"] and others.filter(email__iexact=kept["email"]).exists():
            self.add_error("email", _("Somebody else has this address."))
        if kept.get("is_external") and not kept.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Somebody from outside needs a last day."))
        first, last = kept.get("starts_on"), kept.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        return kept


def _open_teams() -> Any:
    return Team.objects.filter(closed_on=None)


class Belonging(forms.Form):
    """Somebody in a team."""

    team = choose(_("Team"))
    starts_on = Day(label=_("First day"), required=False)
    ends_on = Day(label=_("Last day"), required=False)
    is_manager = forms.BooleanField(label=_("Leads this team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "team", _open_teams())


class Holding(forms.Form):
    """A role at a place."""

    role = forms.ChoiceField(label=_("Role"), choices=list(ROLE_WORDS.items()))
    unit = choose(_("In this part"), required=False)
    team = choose(_("In this team"), required=False)
    ends_on = Day(label=_("Last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", Unit.objects.filter(closed_on=None))
        offer(self, "team", _open_teams())

    def clean(self) -> dict[str, Any]:
        """One place at most."""
        kept = super().clean() or {}
        if kept.get("unit") and kept.get("team"):
            self.add_error("team", _("Choose a part or a team, not both."))
        if kept.get("ends_on") and kept["ends_on"] < clock.now().date():
            self.add_error("ends_on", _("This day has passed."))
        return kept


class Names(forms.Form):
    """Colleagues by name, one per line."""

    names = Words(
        label=_("Names of your colleagues"),
        help_text=_("One name on each line. A mail address is not needed."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )

    def clean_names(self) -> list[str]:
        """At most sixty names of at most 120 letters."""
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        names = [name for name in names if name]
        if len(names) > 60:
            raise forms.ValidationError(_("That are more than sixty names. A team is smaller."))
        if any(len(name) > 120 for name in names):
            raise forms.ValidationError(_("One of these names is very long."))
        return names


class Part(forms.Form):
    """A part of the organisation."""

    name = Words(label=_("Name"), max_length=120)
    parent = choose(_("Part of"), required=False, empty_label=_("(at the top)"))

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = Unit.objects.filter(closed_on=None)
        if unit is not None:
            above = above.exclude(path__startswith=unit.path)
        offer(self, "parent", above)


class TeamDetails(forms.Form):
    """A team."""

    name = Words(label=_("Name"), max_length=120)
    unit = choose(_("Part of"))
    about = Words(label=_("What this team is there for"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", Unit.objects.filter(closed_on=None))


class Settings(forms.Form):
    """The organisation itself."""

    name = Words(label=_("Name of the organisation"), max_length=120)
    brand_hue = forms.TypedChoiceField(
        label=_("Your colour"),
        help_text=_("Kring makes the colour readable by itself."),
        choices=HUES,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    font = forms.ChoiceField(
        label=_("Your letter"), choices=FONTS, widget=forms.RadioSelect, required=False
    )
    logo = forms.FileField(
        label=_("Your logo"),
        help_text=_("A PNG, JPEG or WebP of at most 2 MB. Kring draws it anew, on white."),
        required=False,
    )
    without_logo = forms.BooleanField(label=_("No logo of our own"), required=False)
    language = forms.ChoiceField(label=_("Language of letters"), choices=LANGUAGES)

    def clean_logo(self) -> bytes | None:
        """The picture, drawn anew; what is no picture is refused with the reason."""
        sent = self.cleaned_data.get("logo")
        if not sent:
            return None
        try:
            return logo.redrawn(sent.read(logo.MOST + 1))
        except logo.NoPicture as no:
            raise forms.ValidationError(REFUSED_LOGO[no.why]) from no


class OwnWords(forms.Form):
    """The organisation's own words for the terms of Kring, one and several, in both languages."""

    def __init__(self, *args: Any, words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, term, number in _word_places():
            now = words.get(language, {}).get(term.code, ["", ""])[number]
            self.fields[f"{language}_{term.code}_{number}"] = Words(
                label=term.said(language)[number], initial=now, max_length=30, required=False
            )

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields of one language after the other, for the page."""
        return [
            (said, [self[name] for name in self.fields if name.startswith(f"{language}_")])
            for language, said in LANGUAGES
        ]

    def clean(self) -> dict[str, Any]:
        """Letters, spaces, hyphens and apostrophes only; the words as the organisation keeps them."""
        kept = super().clean() or {}
        found: dict[str, dict[str, list[str]]] = {}
        for language, term, number in _word_places():
            name = f"{language}_{term.code}_{number}"
            word = " ".join(str(kept.get(name, "")).split())
            if any(not (one.isalpha() or one in " -'’") for one in word):
                self.add_error(name, _("Use letters only."))
            found.setdefault(language, {}).setdefault(term.code, ["", ""])[number] = word
        kept["terms"] = {
            language: {code: pair for code, pair in terms_.items() if any(pair)}
            for language, terms_ in found.items()
            if any(any(pair) for pair in terms_.values())
        }
        return kept


def _word_places() -> list[tuple[str, terms.Term, int]]:
    return [
        (lang, term, one) for lang, _said in LANGUAGES for term in terms.TERMS for one in (0, 1)
    ]


class Me(forms.Form):
    """What somebody tells about themselves, and how Kring reaches them."""

    ask_me_about = Words(
        label=_("What may colleagues ask you about?"),
        help_text=_("Something you know, can or like. No diagnoses, no clients."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        required=False,
    )
    pronunciation = Words(label=_("How to say your name"), max_length=120, required=False)
    digest = forms.ChoiceField(label=_("Mail from Kring"), choices=DIGEST, widget=forms.RadioSelect)
    quiet_from = forms.TimeField(
        label=_("No mail from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    easy_read = forms.TypedChoiceField(
        label=_("Reading in a meeting"),
        choices=((False, _("All words")), (True, _("Easy: few words, with pictures"))),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        required=False,
    )

    def clean_easy_read(self) -> bool:
        """Nothing chosen is all words."""
        return bool(self.cleaned_data["easy_read"])
