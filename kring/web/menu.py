"""The menu of every page. Features fill it at start-up (in their ``panels`` module).

    menu.add(menu.Item(order=10, label=_("My week"), page="people:week", icon="sun"))

``page`` is a name for ``reverse``; an organisation's slug is its only argument.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Item:
    """One word in the menu. ``order`` decides the place, ``icon`` is a name in lucide."""

    order: int
    label: str | Promise
    page: str
    icon: str


class Entry(NamedTuple):
    """An item as shown on one page."""

    label: str
    href: str
    icon: str
    is_current: bool


_items: dict[str, Item] = {}


def add(item: Item) -> None:
    """Put one item in the menu. The same page twice is the same item."""
    _items[item.page] = item


def entries(slug: str, path: str) -> Iterator[Entry]:
    """The menu for one organisation; ``path`` is where the reader is now.

    The current item is the one with the longest address that begins ``path``; the home page
    (the shortest address) is current only when it is the page itself.
    """
    found = [
        (reverse(item.page, args=[slug]), item)
        for item in sorted(_items.values(), key=lambda item: item.order)
    ]
    home = min((href for href, _ in found), key=len, default="")
    fitting = [
        href for href, _ in found if path == href or (href != home and path.startswith(href))
    ]
    current = max(fitting, key=len, default=None)
    for href, item in found:
        yield Entry(str(item.label), href, item.icon, href == current)
