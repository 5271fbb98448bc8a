"""The world of the matrix: three furnished organisations with canaries, and who knocks."""

import re
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import CharField, EmailField, F, SlugField, TextField, Value
from django.db.models.functions import Concat, Left
from django.http import HttpResponseBase
from django.test import Client

from kring.base import scope
from kring.base.classes import own_models
from kring.base.fence import has_organisation
from kring.people.models import Account, Organisation, Person, RoleGrant
from kring.people.tokens import make_token
from tests.cast import BEGIN, PASSWORD, Cast, House, make_cast
from tests.matrix import ROLES
from tests.matrix.routes import Route, furnish

CAST = {
    "member": "noor",
    "facilitator": "sami",
    "leader": "joke",
    "region": "ria",
    "board": "hester",
    "administrator": "ali",
    "privacy": "petra",
    "works_council": "wim",
    "client_council": "mo",
    "external": "coach",
    "external_both": "external",
}
# Texts with a meaning for the machine; a canary would break them and they are no content.
MACHINE = re.compile(
    r"(^|_)(path|code|kind|status|state|digest|key|token|slug|language|verb|actor|about|version"
    r"|method|protocol|role|rhythm|mode|screen|step|phase|words|hash|from|until|public|sealed|about"
    r"|visible_to|class|locale|colour|area|sort|who|via|seat|name_key|letter|purpose)$"
)


@dataclass
class World:
    """What the walk needs: the houses, their things by place, and accounts by role."""

    cast: Cast
    things: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def houses(self) -> tuple[House, ...]:
        """All three."""
        return (self.cast.linde, self.cast.waterkant, self.cast.anker)

    def foreign(self, *slugs: str) -> list[str]:
        """Words that only somebody of another organisation than ``slugs`` could have written."""
        others = [h.organisation.slug for h in self.houses if h.organisation.slug not in slugs]
        return [word for slug in others for word in (f"kanarie-{slug}", f"@{slug}.example")]


def put_canaries(house: House) -> None:
    """Every text of the organisation says whose it is."""
    slug = house.organisation.slug
    with scope.everywhere("the tests put a canary in every organisation"):
        for model in own_models():
            if not has_organisation(model):
                continue
            for one in model._meta.concrete_fields:
                if not _takes_a_canary(one):
                    continue
                words: Any = Concat(F(one.name), Value(f" kanarie-{slug}"))
                if one.max_length:
                    words = Left(words, one.max_length)
                rows = model._base_manager.filter(organisation_id=house.organisation.pk)
                rows.exclude(**{one.name: ""}).exclude(**{f"{one.name}__isnull": True}).update(
                    **{one.name: words}
                )
        Organisation.objects.filter(pk=house.organisation.pk).update(
            name=Concat(F("name"), Value(f" kanarie-{slug}"))
        )


def _takes_a_canary(one: Any) -> bool:
    if not isinstance(one, CharField | TextField) or isinstance(one, SlugField | EmailField):
        return False
    if one.choices or one.unique or one.primary_key or MACHINE.search(one.name):
        return False
    return not one.max_length or one.max_length >= 60


def _extra_people(cast: Cast) -> dict[str, Account]:
    """Who the cast lacks: an external of one organisation, somebody who left, the operator."""
    house, made = cast.linde, {}
    with scope.inside(house.organisation.pk):
        for name, ends, team in (
            ("coach", date(2031, 1, 1), "vuurtoren"),
            ("weg", date(2025, 1, 1), "vuurtoren"),
        ):
            made[name] = Account.objects.create_user(f"{name}@extern.example", PASSWORD)
            person = Person(account=made[name], name=name.title(), email=made[name].email)
            person.is_external, person.starts_on, person.ends_on = True, BEGIN, ends
            person.save()
            RoleGrant(person=person, role="trainer", team=house.teams[team]).save()
            house.people[name] = person
    made["beheer"] = Account.objects.create_user("beheer@kring.example", PASSWORD, is_operator=True)
    return made


def make_world() -> World:
    """Three organisations, furnished by every feature, with a canary in every text."""
    world = World(make_cast())
    extra = _extra_people(world.cast)
    for house in world.houses:
        with scope.inside(house.organisation.pk):
            for place in ("own", "other"):
                world.things[house.organisation.slug, place] = furnish(house, place)
    for role, name in CAST.items():
        world.accounts[role] = world.cast.linde.account(name)
    world.accounts["stranger"] = world.cast.waterkant.account("waterkant_lid")
    world.accounts["operator"], world.accounts["expired"] = extra["beheer"], extra["weg"]
    for role, name in {**CAST, "stranger": ""}.items():
        house = world.cast.linde if name else world.cast.waterkant
        actor = house.actor(name or "waterkant_lid")
        with scope.inside(house.organisation.pk):
            world.tokens[role] = make_token(actor, name="matrix")[1]
    if pass_of_guest := world.things["linde", "own"].get("guest_token"):
        world.tokens["guest"] = pass_of_guest
    for house in world.houses:
        put_canaries(house)
    enter_all(world)
    return world


def place_of(house: House, place: str) -> str:
    """Code of the team a place means: "own" is Vuurtoren, "other" another one."""
    if house.organisation.slug != "linde":
        return "kern"
    return "vuurtoren" if place == "own" else "duinhuis"


@dataclass(frozen=True)
class Answer:
    """What came back, in one word and as text."""

    word: str  # open, login, refused, absent, method, broken
    status: int
    text: str


def enter_all(world: World) -> None:
    """Let everybody log in once, with a second factor; the walk only shows their cookies."""
    for role in ROLES:
        client = Client()
        if account := world.accounts.get(role):
            client.force_login(account)
            session = client.session
            session["account_authentication_methods"] = [{"method": "mfa", "at": 1}]
            session.save()
        world.cookies[role] = {name: one.value for name, one in client.cookies.items()}
    world.cookies["guest"] |= world.things["linde", "own"].get("guest_cookies", {})


def client_of(world: World, role: str) -> Client:
    """A browser with somebody in it, who has confirmed with a second factor."""
    client = Client(raise_request_exception=False)
    for name, value in world.cookies[role].items():
        client.cookies[name] = value
    return client


def address(route: Route, slug: str, things: dict[str, Any], use: dict[str, str]) -> str:
    """The address of ``route``, its parameters filled with things."""
    path = route.pattern.replace("<slug:organisation>", slug)
    for name in route.parameters:
        key = use.get(name, name)
        if key not in things:
            raise LookupError(
                f"{route.name}: no feature furnished “{key}”. Let furnish() in"
                " kring/<feature>/tests/matrix.py return it for each place,"
                f' or say use={{"{name}": "<thing>"}} in the row.'
            )
        path = re.sub(rf"<(?:\w+:)?{name}>|{{{name}}}", str(things[key]), path)
    return "/" + path


def knock(
    world: World, client: Client, role: str, route: Route, method: str, path: str, data: Any
) -> Answer:
    """One request, and what came back in one word."""
    extra: dict[str, Any] = {}
    if route.is_api:
        client = Client(raise_request_exception=False)
        if token := world.tokens.get(role):
            extra["headers"] = {"Authorization": f"Bearer {token}"}
        if method != "GET":
            extra["content_type"] = "application/json"
    sent = {} if method == "GET" else {"key": uuid.uuid4().hex, **data}
    response = getattr(client, method.lower())(path, sent, **extra)
    return Answer(_word(response), response.status_code, _text(response))


def _word(response: Any) -> str:
    status = response.status_code
    if status in (301, 302, 303):
        login = (f"/{settings.LOGIN_URL}", "/account/", "/start/second-step/")
        return "login" if response["Location"].startswith(login) else "open"
    if status >= 500:
        return "broken"
    words = {401: "login", 403: "refused", 404: "absent", 405: "method", 409: "refused"}
    return words.get(status, "open")


def _text(response: HttpResponseBase) -> str:
    parts = response if response.streaming else [response.content]  # type: ignore[attr-defined]
    body = b"".join(parts).decode("utf-8", "replace")  # type: ignore[arg-type]
    return "\n".join([*(f"{name}: {value}" for name, value in response.items()), body])
