"""The tree of units and teams, and the organisation itself."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kring.base import clock, scope
from kring.base.policy import Actor, Refused, require
from kring.people.actions.staff_work import code_for
from kring.people.models import Layer, Logo, Organisation, Team, Unit
from kring.people.rules import logo
from kring.people.trail import note
from kring.web import terms


@transaction.atomic
def add_unit(actor: Actor, *, name: str, parent: Unit | None, kind: str = "location") -> Unit:
    """A part of the organisation, at the top or below another part."""
    require(actor, "people.administer")
    taken = set(Unit.objects.values_list("code", flat=True))
    unit = Unit(name=name, parent=parent, kind=kind, code=code_for([name], taken))
    unit.save()
    unit.place()
    unit.save(update_fields=["path"])
    note(actor, "unit.added", f"unit {unit.pk}")
    return unit


@transaction.atomic
def change_unit(actor: Actor, unit: Unit, *, name: str, parent: Unit | None) -> None:
    """Rename a unit or move it, with everything below it."""
    require(actor, "people.administer")
    if parent is not None and parent.path.startswith(unit.path):
        raise Refused(_("A part cannot stand below itself."))
    before = unit.path
    unit.name, unit.parent = name, parent
    unit.place()
    unit.save()
    if unit.path != before:
        for model in (Unit, Team):
            below = list(model.objects.filter(path__startswith=before).exclude(path=unit.path))
            for one in below:
                one.path = unit.path + one.path.removeprefix(before)
            model.objects.bulk_update(below, ["path"], batch_size=500)
    note(actor, "unit.changed", f"unit {unit.pk}")


@transaction.atomic
def close_unit(actor: Actor, unit: Unit) -> None:
    """A part that is no more: only when nothing open is left in it."""
    require(actor, "people.administer")
    if unit.children.filter(closed_on=None).exists() or unit.teams.filter(closed_on=None).exists():
        raise Refused(_("There are still open teams or parts in it. Move or close those first."))
    unit.closed_on = clock.now().date()
    unit.save(update_fields=["closed_on"])
    note(actor, "unit.closed", f"unit {unit.pk}")


@transaction.atomic
def open_again(actor: Actor, place: Unit | Team) -> None:
    """Undo of closing."""
    require(actor, "people.administer")
    place.closed_on = None
    place.save(update_fields=["closed_on"])
    note(actor, f"{place._meta.model_name}.opened", f"{place._meta.model_name} {place.pk}")


@transaction.atomic
def add_team(actor: Actor, *, name: str, unit: Unit, about: str = "") -> Team:
    """A team in a part of the organisation."""
    require(actor, "people.administer")
    taken = set(Team.objects.values_list("code", flat=True))
    team = Team(name=name, unit=unit, about=about, code=code_for([unit.name, name], taken))
    team.save()
    team.place()
    team.save(update_fields=["path"])
    note(actor, "team.added", f"team {team.pk}")
    return team


@transaction.atomic
def change_team(actor: Actor, team: Team, *, name: str, unit: Unit, about: str) -> None:
    """Rename a team, move it, or say what it is for."""
    require(actor, "people.administer")
    team.name, team.unit, team.about = name, unit, about
    team.place()
    team.save()
    note(actor, "team.changed", f"team {team.pk}")


@transaction.atomic
def close_team(actor: Actor, team: Team) -> None:
    """A team that is no more; its people keep their history."""
    require(actor, "people.administer")
    today = clock.now().date()
    if team.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=today)).exists():
        raise Refused(_("There are still people in this team. Move them first."))
    team.closed_on = today
    team.save(update_fields=["closed_on"])
    note(actor, "team.closed", f"team {team.pk}")


@transaction.atomic
def change_organisation(actor: Actor, values: Mapping[str, Any]) -> None:
    """Name, hue, letter, logo and language of the own organisation."""
    require(actor, "people.administer")
    if actor.organisation is None:
        raise Refused(_("Log in first, then you can go on."))
    organisation = Organisation.objects.get(pk=actor.organisation)
    for name in ("name", "brand_hue", "language", "font"):
        if name in values:
            setattr(organisation, name, values[name])
    picture = values.get("logo")
    if picture or values.get("without_logo"):
        Logo.objects.all().delete()
        organisation.logo_digest = logo.digest(picture) if picture else ""
    if picture:
        Logo(image=picture).save()
    organisation.save()
    note(actor, "organisation.changed", f"organisation {organisation.pk}")


@transaction.atomic
def change_words(actor: Actor, words: terms.Words) -> None:
    """The organisation's own words for the terms of Kring."""
    require(actor, "people.administer")
    Organisation.objects.filter(pk=actor.organisation or 0).update(terms=words)
    note(actor, "organisation.words_changed", f"organisation {actor.organisation}")


LAYERS = {
    "nl": ["Bestuur", "Leidinggevenden", "Professionals", "Ondersteuning", "Medezeggenschap",
           "Mensen voor wie we werken"],
    "en": ["Board", "Leaders", "Professionals", "Support", "Participation bodies",
           "People we work for"],
}  # fmt: skip
LAYER_CODES = ("board", "leaders", "professionals", "support", "participation", "people_served")


@transaction.atomic
def found_organisation(*, slug: str, name: str, language: str = "nl") -> Organisation:
    """A new, empty organisation with the usual layers (the operator does this)."""
    organisation = Organisation.objects.create(slug=slug, name=name, language=language)
    with scope.inside(organisation.pk):
        for rank, code in enumerate(LAYER_CODES):
            Layer(code=code, name=LAYERS[language][rank], rank=rank).save()
    return organisation
