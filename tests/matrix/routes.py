"""Which routes there are, and which rows the features wrote for them."""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import House
from tests.matrix import Row

METHODS = ("GET", "POST")
API = "/api/v1"
# Third-party pages of one feature; its own tests see to them, and the walk visits them all.
ENTRANCE = "account/"


@dataclass(frozen=True)
class Route:
    """One address: its name, its parameters, and whether an organisation stands before it."""

    name: str
    pattern: str
    parameters: tuple[str, ...]
    inside: bool
    methods: tuple[str, ...] = METHODS

    @property
    def is_api(self) -> bool:
        """Whether this is the public interface, which asks for a token."""
        return self.pattern.startswith(API.lstrip("/"))


def _walk(resolver: URLResolver, names: str = "", pattern: str = "") -> Iterator[Route]:
    for part in resolver.url_patterns:
        whole = pattern + str(part.pattern)
        if isinstance(part, URLResolver):
            space = f"{names}{part.namespace}:" if part.namespace else names
            yield from _walk(part, space, whole)
        elif isinstance(part, URLPattern):
            parameters = tuple(re.findall(r"<(?:\w+:)?(\w+)>", whole))
            yield Route(
                f"{names}{part.name or ''}",
                whole,
                tuple(name for name in parameters if name != "organisation"),
                "organisation" in parameters,
            )


def _interface() -> Iterator[Route]:
    """Operations of the public interface, by method and path."""
    from kring.api import api

    for path, item in api.get_openapi_schema()["paths"].items():
        for method in item:
            word = path.removeprefix(API)
            yield Route(
                f"{method.upper()} {API}{word}",
                path.lstrip("/"),
                tuple(re.findall(r"{(\w+)}", path)),
                inside=False,
                methods=(method.upper(),),
            )


@cache
def routes() -> tuple[Route, ...]:
    """Every route of Kring itself."""
    pages = [
        route
        for route in _walk(get_resolver())
        if not route.is_api and not route.pattern.startswith(ENTRANCE)
    ]
    return tuple(dict.fromkeys([*pages, *_interface()]))


def _modules() -> list[Any]:
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("kring."):
            try:
                found.append(importlib.import_module(f"{config.name}.tests.matrix"))
            except ModuleNotFoundError as error:
                if error.name not in {f"{config.name}.tests.matrix", f"{config.name}.tests"}:
                    raise
    return found


@cache
def rows() -> tuple[Row, ...]:
    """Every row of every feature."""
    return tuple(row for module in _modules() for row in module.ROWS)


def route_of(row: Row) -> Route:
    """The route a row is about."""
    for route in routes():
        if route.name == row.route:
            return route
    raise LookupError(f"{row.label}: there is no such route (any more).")


def seen_by() -> dict[str, str]:
    """Model -> the rule that says what its ``visible_to(actor)`` says."""
    return {
        model: rule for module in _modules() for model, rule in getattr(module, "SEES", {}).items()
    }


def forget() -> None:
    """Let every feature forget what it keeps in memory, before the next visit."""
    for module in _modules():
        getattr(module, "forget", lambda: None)()


def furnish(house: House, place: str) -> dict[str, Any]:
    """The things all features put in one team, by the name of the parameter."""
    things: dict[str, Any] = {}
    for module in _modules():
        if make := getattr(module, "furnish", None):
            things |= make(house, place)
    return things
