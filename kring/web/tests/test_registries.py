"""The menu and the panels."""

from collections.abc import Iterator

import pytest
from django.test import RequestFactory
from django.urls import path

from kring.web import menu, panels

urlpatterns = [
    path("<slug:organisation>/", lambda request: None, name="t-home"),
    path("<slug:organisation>/people/", lambda request: None, name="t-people"),
    path("<slug:organisation>/people/teams/", lambda request: None, name="t-teams"),
]


@pytest.fixture
def _own_registries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(menu, "_items", {})
    monkeypatch.setattr(panels, "_slots", {})
    for order, page in ((30, "t-teams"), (10, "t-home"), (20, "t-people")):
        menu.add(menu.Item(order=order, label=page, page=page, icon="sun"))
    return


@pytest.mark.usefixtures("_own_registries")
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("where", "current"),
    [
        ("/zon/", "t-home"),
        ("/zon/people/", "t-people"),
        ("/zon/people/7/", "t-people"),
        ("/zon/people/teams/3/", "t-teams"),
        ("/zon/elsewhere/", None),
    ],
)
def test_menu_is_ordered_and_knows_where_you_are(where: str, current: str | None) -> None:
    shown = list(menu.entries("zon", where))
    assert [entry.label for entry in shown] == ["t-home", "t-people", "t-teams"]
    assert shown[0].href == "/zon/"
    assert [entry.label for entry in shown if entry.is_current] == ([current] if current else [])


@pytest.mark.usefixtures("_own_registries")
def test_panels_come_in_order_and_once_each() -> None:
    request = RequestFactory().get("/")

    def second(request: object, *, team: str) -> str:
        return f"<p>second {team}</p>"

    def first(request: object, *, team: str) -> str:
        return f"<p>first {team}</p>"

    def nothing(request: object, *, team: str) -> str:
        return ""

    panels.panel("t.team", order=20)(second)
    panels.panel("t.team", order=10)(first)
    panels.panel("t.team", order=10)(first)
    panels.panel("t.team", order=15)(nothing)
    panels.panel("t.other", order=1)(second)
    assert panels.ask(request, "t.team", team="A") == "<p>first A</p><p>second A</p>"
    assert panels.ask(request, "t.nobody", team="A") == ""
    assert panels.slots() == {"t.team", "t.other"}
