"""Strict components: an attribute nobody declared is a mistake, and so is a forgotten one.

A component begins with ``<c-vars>``; a name without a value there is required, a name with a value
is optional. ``{% strict %}`` on the next line holds callers to it. Attributes for the browser may
always pass: ``id``, ``hx-…``, ``data-…`` and ``aria-…``.
"""

from collections.abc import Iterable, Mapping

from django.template import TemplateSyntaxError

FOR_THE_BROWSER = ("hx-", "data-", "aria-")


class WrongAttributes(TemplateSyntaxError):
    """A component was called with an unknown attribute or without a required one."""


def check(given: Iterable[str], declared: Iterable[str], known: Mapping[str, object]) -> None:
    """Raise unless every given name is declared and every declared name has a value.

    ``known`` holds the component's variables (defaults, slots and attributes; ``-`` reads ``_``).
    """
    declared = set(declared)
    unknown = sorted(
        name
        for name in given
        if name not in declared and name != "id" and not name.startswith(FOR_THE_BROWSER)
    )
    missing = sorted(name for name in declared if name.replace("-", "_") not in known)
    if unknown or missing:
        said = [f"unknown: {', '.join(unknown)}"] * bool(unknown)
        said += [f"missing: {', '.join(missing)}"] * bool(missing)
        raise WrongAttributes(
            f"{'; '.join(said)} (this component knows: {', '.join(sorted(declared)) or 'nothing'})"
        )
