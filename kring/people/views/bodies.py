"""What works council, client council and privacy officer may read, in words; and the sheet of data.

The sheet is made from the code itself (``DATA`` of every model): it cannot say less than is kept.
"""

from typing import Any, Final, NamedTuple

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kring.base.classes import Level, of, own_models
from kring.base.policy import require
from kring.people.models.person import Role


class Body(NamedTuple):
    """One body: its name, what it may read and what it may not."""

    name: str | Promise
    may: tuple[str | Promise, ...]
    never: tuple[str | Promise, ...]


SHARED: Final = (
    _("Everything a colleague may read: names, teams, methods and what was released to everybody."),
    _("Below: which questionnaires there are, and how often which kind of meeting was held."),
    _("Below: everything Kring can keep, who may read it and until when."),
)
NEVER: Final = (
    _("What was said in a circle, or who said it."),
    _("Answers of one person, or of a group in which somebody can be recognised."),
    _("Whether a meeting that was kept private took place, and who was there."),
)
BODIES: Final = {
    Role.WORKS_COUNCIL: Body(
        _("Works council"),
        (
            *SHARED,
            _("You decide together with the board on rules for staff data, before any is asked."),
        ),
        (*NEVER, _("Figures about one team or one employee.")),
    ),
    Role.CLIENT_COUNCIL: Body(
        _("Client council"),
        (*SHARED, _("You are asked first when clients or relatives take part in a measure.")),
        (*NEVER, _("Names of clients or relatives: Kring is no client file.")),
    ),
    Role.PRIVACY_OFFICER: Body(
        _("Privacy officer"),
        (*SHARED, _("This page is the annex for your data protection assessment.")),
        (*NEVER, _("Anything sealed: not even an operator can open it for you.")),
    ),
}
LEVELS: Final = {
    Level.K0: _("public"),
    Level.K1: _("inside the organisation"),
    Level.K2: _("personal"),
    Level.K3: _("confidential"),
    Level.K4: _("secret"),
}


class Sheet(NamedTuple):
    """The data of one part of Kring: rows of what, class, readers, until."""

    title: str
    rows: list[tuple[str, str, str, str]]


def sheets() -> list[Sheet]:
    """Every stored field with its class, by part of Kring, from the code."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for model in own_models():
        for line in of(model):
            what = f"{model.__name__}: {', '.join(line.fields)}"
            level = f"{line.level.name} {LEVELS[line.level]}"
            row = (what, level, gettext(line.readers), gettext(line.until))
            found.setdefault(model._meta.app_label, []).append(row)
    return [
        Sheet(gettext(str(apps.get_app_config(app).verbose_name)), found[app])
        for app in sorted(found)
    ]


@require_GET
def bodies(request: Any) -> HttpResponse:
    """One page for the three bodies; each sees what holds for itself."""
    require(request.actor, "people.see_sheet")
    mine = [body for role, body in BODIES.items() if any_grant(request.actor, role)]
    about = {"bodies": mine, "sheets": sheets()}
    about["head"] = [_("What"), _("Class"), _("Who may read it"), _("Until when")]
    return render(request, "people/pages/bodies.html", about)


def any_grant(actor: Any, role: str) -> bool:
    """Whether somebody holds a role at any place."""
    return any(grant.role == role for grant in actor.grants)
