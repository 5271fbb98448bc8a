"""The language of a page: a cookie for a visitor, and whoever knows the reader may remember it.

A higher feature registers, in its module ``panels``:

    @speech.remember
    def keep(request, language): ...
"""

from collections.abc import Callable

from django.http import HttpRequest

Remember = Callable[[HttpRequest, str], None]
_rememberers: list[Remember] = []


def remember(keep: Remember) -> Remember:
    """Register what else happens when a reader chooses a language ("nl" or "en")."""
    _rememberers.append(keep)
    return keep


def chosen(request: HttpRequest, language: str) -> None:
    """The reader chose ``language``."""
    for keep in _rememberers:
        keep(request, language)
