"""What every page knows."""

import functools

from django.http import HttpRequest
from django.urls import reverse

from kring.web import theme


@functools.lru_cache(maxsize=512)
def theme_href(hue: int | None) -> str:
    """Address of the style sheet of an organisation's hue; empty for Kring's own."""
    return "" if hue is None else reverse("web:theme", args=[hue % 360, theme.digest(hue % 360)])


def page(request: HttpRequest) -> dict[str, object]:
    """The organisation and the actor, where the door found them, and the organisation's look.

    A stranger's page never shows the organisation of its address: whether there is one is nobody's
    business. A page for visitors that must name it (joining by code) says so in its own context.
    """
    actor = getattr(request, "actor", None)
    known = actor is not None and actor.kind != "visitor"
    organisation = getattr(request, "organisation", None) if known else None
    is_person = actor is not None and actor.kind == "person"
    return {
        "organisation": organisation,
        "actor": actor,
        "font": getattr(organisation, "font", ""),
        "logo_href": getattr(organisation, "logo_href", "") if is_person else "",
        "theme_href": theme_href(getattr(organisation, "brand_hue", None)),
    }
