"""Keeping people, roles, places and the organisation. No page here shows anything of a circle."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base import clock
from kring.base.policy import NotThere, require
from kring.people.actions import invitations, places
from kring.people.actions import people as actions
from kring.people.forms.people import ROLE_WORDS, Belonging, Details, Holding, OwnWords, Settings
from kring.people.models import Invitation, Logo, Membership, Person, RoleGrant
from kring.people.models.person import Role
from kring.people.views.directory import with_teams
from kring.people.views.tools import again, do_once, find, page_number, page_of

SHOWN = ("here", "outside", "waiting", "ended")


def tabs(request: Any, now: str) -> list[tuple[str, str, bool]]:
    """The rooms of administration."""
    slug = [request.organisation.slug]
    rooms = [
        ("administration", _("People")),
        ("places", _("Parts and teams")),
        ("invitations", _("Invitations")),
        ("staff_files", _("Staff file")),
        ("settings", _("Organisation")),
        ("own_words", _("Your own words")),
    ]
    return [(words, reverse(name, args=slug), name == now) for name, words in rooms]


@require_GET
def people(request: Any) -> HttpResponse:
    """Everybody, with search; also who is gone, from outside, or still without an account."""
    require(request.actor, "people.administer")
    today = clock.now().date()
    word = request.GET.get("q", "").strip()[:80]
    shown = request.GET.get("show", "here")
    shown = shown if shown in SHOWN else "here"
    gone = Q(ends_on__lt=today)
    which = {
        "here": ~gone | Q(ends_on=None),
        "outside": Q(is_external=True),
        "waiting": Q(account=None) & (~gone | Q(ends_on=None)),
        "ended": gone,
    }
    rows = Person.objects.filter(which[shown])
    if word:
        named = Q(name__icontains=word) | Q(email__icontains=word) | Q(staff_code__icontains=word)
        rows = rows.filter(named)
    number = page_number(request)
    found, more = page_of(with_teams(rows), number)
    about = {
        "tabs": tabs(request, "administration"),
        "people": found,
        "word": word,
        "shown": shown,
        "next": number + 1 if more else None,
        "previous": number - 1 if number > 1 else None,
    }
    return render(request, "people/pages/administration.html", about)


def new_person(request: Any) -> HttpResponse:
    """Add somebody by hand."""
    require(request.actor, "people.administer")
    if before := again(request, "new person"):
        return before
    form = Details(request.POST or None, initial={"starts_on": clock.now().date()})
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            made = actions.add_person(request.actor, form.cleaned_data)
            messages.success(request, _("%(name)s is added.") % {"name": made.name})
            return reverse("keep_person", args=[request.organisation.slug, made.pk])

        return do_once(request, "new person", do)
    about = {"tabs": tabs(request, "administration"), "form": form}
    return render(request, "people/pages/new_person.html", about)


def keep_person(request: Any, pk: int) -> HttpResponse:
    """Details, teams, roles and the invitation of one person."""
    require(request.actor, "people.administer")
    found = find(Person.objects.select_related("account", "layer"), pk)
    now = {name: getattr(found, name) for name in actions.KEPT}
    form = Details(request.POST or None, person=found, initial=now)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            actions.change_person(request.actor, found, form.cleaned_data)
            messages.success(request, _("Kept."))
            return _keep(request, pk)

        return do_once(request, f"person {pk}", do)
    return _person(request, found, form=form)


def _keep(request: Any, pk: int) -> str:
    return reverse("keep_person", args=[request.organisation.slug, pk])


def _person(request: Any, found: Person, **forms: Any) -> HttpResponse:
    now = {name: getattr(found, name) for name in actions.KEPT}
    grants = found.grants.select_related("unit", "team")
    today = clock.now().date()
    about = {
        "tabs": tabs(request, "administration"),
        "person": found,
        "form": Details(person=found, initial=now),
        "team_form": Belonging(initial={"starts_on": today}),
        "role_form": Holding(),
        "memberships": found.memberships.select_related("team").order_by("ends_on", "pk"),
        "grants": [(one, ROLE_WORDS[Role(one.role)]) for one in grants],
        "invitation": found.invitations.filter(accepted_at=None, withdrawn_at=None).first(),
        "has_ended": found.ends_on is not None and found.ends_on < today,
        "today": today,
        **forms,
    }
    return render(request, "people/pages/keep_person.html", about)


@require_POST
def person_team(request: Any, pk: int) -> HttpResponse:
    """Put somebody in a team."""
    require(request.actor, "people.administer")
    found = find(Person.objects.select_related("account"), pk)
    form = Belonging(request.POST)
    if not form.is_valid():
        return _person(request, found, team_form=form)
    values = dict(form.cleaned_data)

    def do() -> str:
        actions.join_team(request.actor, found, values.pop("team"), **values)
        return _keep(request, pk)

    return do_once(request, f"person team {pk}", do)


@require_POST
def person_role(request: Any, pk: int) -> HttpResponse:
    """Give somebody a role."""
    require(request.actor, "people.administer")
    found = find(Person.objects.select_related("account"), pk)
    form = Holding(request.POST)
    if not form.is_valid():
        return _person(request, found, role_form=form)
    values = form.cleaned_data

    def do() -> str:
        place = values["unit"] or values["team"]
        ends = values["ends_on"]
        actions.give_role(request.actor, found, role=values["role"], place=place, ends_on=ends)
        return _keep(request, pk)

    return do_once(request, f"person role {pk}", do)


@require_POST
def take_role(request: Any, pk: int) -> HttpResponse:
    """Take a role back."""
    require(request.actor, "people.administer")
    grant = find(RoleGrant.objects.all(), pk)

    def do() -> str:
        actions.take_role(request.actor, grant)
        return _keep(request, grant.person_id)

    return do_once(request, f"take role {pk}", do)


@require_POST
def person_leaves(request: Any, pk: int) -> HttpResponse:
    """End a membership from the page of a person."""
    require(request.actor, "people.administer")
    membership = find(Membership.objects.select_related("team"), pk)

    def do() -> str:
        actions.leave_team(request.actor, membership)
        return _keep(request, membership.person_id)

    return do_once(request, f"person leaves {pk}", do)


@require_POST
def end_person(request: Any, pk: int) -> HttpResponse:
    """Somebody is gone; can be undone."""
    require(request.actor, "people.administer")
    found = find(Person.objects.all(), pk)

    def do() -> str:
        actions.end_person(request.actor, found)
        undo = reverse("bring_back", args=[request.organisation.slug, pk])
        said = _("%(name)s is gone from today.") % {"name": found.name}
        messages.success(request, said, extra_tags="" if found.is_external else undo)
        return _keep(request, pk)

    return do_once(request, f"end {pk}", do)


@require_POST
def bring_back(request: Any, pk: int) -> HttpResponse:
    """Somebody is here again."""
    require(request.actor, "people.administer")
    found = find(Person.objects.all(), pk)

    def do() -> str:
        actions.bring_back(request.actor, found)
        return _keep(request, pk)

    return do_once(request, f"back {pk}", do)


@require_POST
def invite(request: Any, pk: int) -> HttpResponse:
    """Send an invitation, or send it again."""
    found = find(Person.objects.all(), pk)
    require(request.actor, "people.invite", found)

    def do() -> str:
        invitations.invite_person(request.actor, found)
        messages.success(request, _("The invitation is on its way."))
        return _waiting(request) if request.POST.get("back") == "list" else _keep(request, pk)

    return do_once(request, f"invite {pk}", do)


def _waiting(request: Any) -> str:
    return reverse("invitations", args=[request.organisation.slug])


@require_POST
def withdraw(request: Any, pk: int) -> HttpResponse:
    """An invitation no longer works."""
    found = find(Invitation.objects.select_related("person"), pk)
    require(request.actor, "people.invite", found.person)

    def do() -> str:
        invitations.withdraw_invitation(request.actor, found)
        return _waiting(request)

    return do_once(request, f"withdraw {pk}", do)


@require_GET
def waiting(request: Any) -> HttpResponse:
    """Invitations nobody answered yet."""
    require(request.actor, "people.administer")
    number = page_number(request)
    rows = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    found, more = page_of(rows.select_related("person").order_by("-made_at", "pk"), number)
    about = {
        "tabs": tabs(request, "invitations"),
        "invitations": found,
        "now": clock.now(),
        "next": number + 1 if more else None,
        "previous": number - 1 if number > 1 else None,
        "word": "",
    }
    return render(request, "people/pages/invitations.html", about)


def settings(request: Any) -> HttpResponse:
    """Name, colour and language of the organisation."""
    require(request.actor, "people.administer")
    organisation = request.organisation
    kept = ("name", "brand_hue", "font", "language")
    now = {name: getattr(organisation, name) for name in kept}
    form = Settings(request.POST or None, request.FILES or None, initial=now)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            places.change_organisation(request.actor, form.cleaned_data)
            messages.success(request, _("Kept."))
            return reverse("settings", args=[organisation.slug])

        return do_once(request, "settings", do)
    about = {"tabs": tabs(request, "settings"), "form": form}
    return render(request, "people/pages/settings.html", about)


def own_words(request: Any) -> HttpResponse:
    """The organisation's own words for the terms of Kring."""
    require(request.actor, "people.administer")
    form = OwnWords(request.POST or None, words=request.organisation.terms)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            places.change_words(request.actor, form.cleaned_data["terms"])
            messages.success(request, _("Kept."))
            return reverse("own_words", args=[request.organisation.slug])

        return do_once(request, "own words", do)
    about = {"tabs": tabs(request, "own_words"), "form": form}
    return render(request, "people/pages/own_words.html", about)


@require_GET
def logo(request: Any, digest: str) -> HttpResponse:
    """The organisation's own logo, for the people of it (guests see that of Kring)."""
    require(request.actor, "people.see_directory")
    found = Logo.objects.first()
    if found is None or digest != request.organisation.logo_digest:
        raise NotThere
    answer = HttpResponse(bytes(found.image), content_type="image/png")
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
