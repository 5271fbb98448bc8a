"""From an ordinary form to an ask of the engine, so that every button works without scripts too."""

from collections.abc import Mapping
from typing import Any

LISTS = frozenset({"order", "phases"})
"""Fields that hold ids with commas between them."""
OURS = frozenset({"ask", "key", "csrfmiddlewaretoken", "screen"})
"""Fields that are about the form, not about the ask."""
ME = "__me__"
EMPTY_MEANS_NONE = frozenset(
    {
        "value",
        "choice",
        "under",
        "question",
        "to",
        "look_back_on",
        "before",
        "about",
        "card",
        "number",
        "vote",
        "reason",
    }
)


def read(sent: Mapping[str, Any], *, me: str = "") -> dict[str, Any]:
    """The ask in a form: ``ask`` is its kind; ``fields.what`` is the field ``what`` of an output.

    ``me`` is the seat that asks: drawings are shared, so a form about oneself says only ``ME``.

    Nothing is checked here: the engine reads it strictly and says what is wrong.
    """
    found: dict[str, Any] = {"kind": str(sent.get("ask", ""))}
    fields: dict[str, str | None] = {}
    for name, value in sent.items():
        if name in OURS:
            continue
        if name.startswith("fields."):
            fields[name.removeprefix("fields.")] = str(value).strip() or None
        elif name in LISTS:
            found[name] = [one for one in str(value).split(",") if one]
        elif name in EMPTY_MEANS_NONE and value == "":
            found[name] = None
        else:
            found[name] = me if value == ME else value
    if fields:
        found["fields"] = fields
    return found
