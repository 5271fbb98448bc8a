"""The one ASGI application: pages go to Django, live streams beside it.

A stream never passes through Django's handler: ``StreamingHttpResponse`` pins a thread per
connected phone (docs/decisions/0003).
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")

from django.core.asgi import get_asgi_application

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

pages = get_asgi_application()

from kring.meetings.stream import lifespan, live  # noqa: E402  (apps must be ready first)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route one connection."""
    if scope["type"] == "lifespan":
        await lifespan(scope, receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await live(scope, receive, send)
    else:
        await pages(scope, receive, send)  # type: ignore[arg-type]  # stubs want a dict
