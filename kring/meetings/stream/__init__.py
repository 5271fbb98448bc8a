"""The live part of a meeting, raw ASGI beside Django: ``/live/<token>/…``.

Thin events say only that something this seat may see has changed; what changed is fetched through
the screen of its audience, rendered once and shared (docs/decisions/0021).
"""

from kring.meetings.stream.serve import lifespan, live

__all__ = ["lifespan", "live"]
