"""Who gets in where, for every route; and nothing of another organisation anywhere."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from kring.base import scope
from kring.people.models import Letter
from tests.house.places import nothing
from tests.matrix import EVERYBODY, ROLES, Row
from tests.matrix.document import DOCUMENT, document
from tests.matrix.routes import Route, forget, route_of, routes, rows
from tests.matrix.world import Answer, World, address, client_of, knock

# Says that a database is needed, also when only some of these tests are run.
pytestmark = pytest.mark.django_db
# What the login and its session may write while somebody only looks; and the receipt of a command,
# which goes with the refusal that undoes it.
OWN_WRITES = ("django_session", "account_", "mfa_", "people_receipt")


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that changed something."""
    found: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        done, words = execute(sql, params, many, context), str(sql)
        if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", words, re.I):
            table = words.split('"')[1] if '"' in words else words
            if not table.startswith(OWN_WRITES) and context["cursor"].rowcount:
                found.append(words[:120])
        return done

    with connection.execute_wrapper(watch):
        yield found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen, and nobody is slowed down for knocking often."""
    cache.clear()
    forget()
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # "durable" actions may run inside
    with whole:
        yield
        transaction.set_rollback(True)


def same(text: str, path: str) -> str:
    """A page without what differs in every answer: tokens, keys, the address itself."""
    text = re.sub(r'(csrfmiddlewaretoken|name="key"|nonce)[^>]*>', "", text)
    text = re.sub(r'"X-CSRFToken": "\w+"', "", text)
    text = re.sub(
        r"nonce-[^' ]+|[0-9a-f]{8}-[0-9a-f-]{27}|csrf=[^;]+.*|Set-Cookie.*|Expires: .*", "", text
    )
    return re.sub(
        r"x-request-id: \w+|\d{4,}|bestaat-niet|content-length: \d+",
        "…",
        text.replace(path, "…"),
        flags=re.I,
    )


def mail_mistakes(world: World) -> list[str]:
    """Letters in which something of another organisation stands."""
    found = []
    with scope.everywhere("the tests read everybody's mail"):
        for letter in Letter.objects.select_related("organisation"):
            slug = letter.organisation.slug if letter.organisation else ""
            text = f"{letter.subject}\n{letter.body}"
            found += [f"letter: {word}" for word in world.foreign(slug) if slug and word in text]
    return found


def visit(
    world: World, role: str, row: Row, route: Route, slug: str, place: str
) -> tuple[Answer, list[str]]:
    """One visit, and everything that is wrong with it whoever comes."""
    things = world.things[slug, place]
    path = address(route, slug, things, row.use) + row.query
    data = row.data(things) if row.data else {}
    with undone(), written() as changes:
        answer = knock(world, client_of(world, role), role, route, row.verb, path, data)
        mistakes = mail_mistakes(world) if row.verb != "GET" and changes else []
    at = f"{row.label} as {role} at {path}"
    outside = not route.inside and not route.is_api
    home = {"waterkant" if role == "stranger" else slug}
    home |= {slug} if outside and route.parameters else set()
    home |= {"waterkant"} if outside and role == "external_both" else set()
    mistakes += [f"shows {word}" for word in world.foreign(*home) if word in answer.text]
    if answer.word == "broken":
        mistakes.append(f"breaks with {answer.status}")
    if changes and (row.verb == "GET" or answer.word != "open"):
        mistakes.append(f"answers {answer.word} and writes {changes[0]}")
    return answer, [f"{at}: {mistake}" for mistake in mistakes]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.label)
def test_row(row: Row, world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Every role, at the own team and at another team."""
    caplog.set_level(logging.INFO)
    route, wrong = route_of(row), []
    for place, expected in (("own", row.own), ("other", row.other)):
        if expected is None or (place == "other" and not route.parameters):
            continue
        for role in ROLES:
            if role == "stranger" and route.is_api and not route.parameters:
                continue  # their token speaks of their own organisation
            answer, mistakes = visit(world, role, row, route, "linde", place)
            wrong += mistakes
            if (answer.word == "open") != (role in expected):
                should = "must get in" if role in expected else "must stay out"
                wrong.append(f"{row.label}, {place}: {role} {should}, but got {answer.status}")
    nothing(wrong, mend="The matrix (tests/matrix/__init__.py explains a row) does not agree:")
    for word in ("kanarie-", "@linde.example"):
        assert word not in caplog.text, "the log holds what people wrote"


@pytest.mark.parametrize(
    "row", [r for r in rows() if r.other is not None], ids=lambda row: row.label
)
def test_a_thing_of_another_organisation_does_not_exist(row: Row, world: World) -> None:
    """The same answer as for a number that nobody has, and the same at its own address."""
    route, wrong = route_of(row), []
    if not route.parameters or not (route.inside or route.is_api):
        return  # whoever has the code or the key of a letter comes in, wherever they work
    absent = dict.fromkeys(world.things["linde", "own"], 987654321)
    for name in route.parameters:
        if not re.search(rf"<int:{name}>", route.pattern) and not route.is_api:
            absent[row.use.get(name, name)] = "bestaat-niet"  # type: ignore[assignment]
    for role in sorted(EVERYBODY - {"stranger"}):
        pair = []
        for things in (world.things["waterkant", "own"], absent):
            path = address(route, "linde", things, row.use) + row.query
            data = row.data(world.things["linde", "own"]) if row.data else {}
            with undone(), written() as changes:
                answer = knock(world, client_of(world, role), role, route, row.verb, path, data)
            foreign = [word for word in world.foreign("linde") if word in answer.text]
            if answer.word == "open" or changes or foreign:
                wrong.append(f"{role} at {path}: {answer.status} {changes[:1]} {foreign}")
            pair.append(same(answer.text, path))
        if pair[0] != pair[1]:
            lines = [one.split("\n") for one in pair]
            told = next((a for a, b in zip(*lines, strict=False) if a != b), "its length")
            wrong.append(
                f"{role}: {path} answers differently when it exists elsewhere: {told[:90]}"
            )
    nothing(wrong, mend=f"{row.label}: another organisation's thing must be like none at all.")


def test_every_route_has_a_row() -> None:
    """A new page names who may open it, or the build fails."""
    known = {(row.route, row.verb if not route_of(row).is_api else None) for row in rows()}
    lacking = []
    for route in routes():
        if route.is_api:
            if (route.name, None) not in known:
                lacking.append(f'Row("{route.name}", own=…)')
        elif not any((route.name, method) in known for method in route.methods):
            lacking.append(f'Row("{route.name}", own=…)   # /{route.pattern}')
    nothing(
        lacking, mend="No row says who may come here. Add it in kring/<feature>/tests/matrix.py:"
    )


def test_no_row_is_left_over() -> None:
    known = {route.name for route in routes()}
    nothing((row.label for row in rows() if row.route not in known), mend="No such route:")


def test_a_method_without_a_row_is_not_answered(world: World) -> None:
    """A page nobody said is open for posting does not take posts, and the other way round."""
    known = {(row.route, row.verb) for row in rows()}
    use = {row.route: row.use for row in rows()}
    wrong = []
    for route in routes():
        if route.is_api or route.name not in use:
            continue
        for method in ("GET", "POST"):
            if (route.name, method) in known:
                continue
            path = address(route, "linde", world.things["linde", "own"], use[route.name])
            client = client_of(world, "administrator")
            with undone(), written() as changes:
                answer = knock(world, client, "administrator", route, method, path, {})
            if changes or answer.word == "broken" or answer.word == "open":
                wrong.append(
                    f'{method} {path}: {answer.status}. Row("{route.name}", "{method}", …)'
                )
    nothing(wrong, mend="These answer, and no row says who may:")


def test_the_canaries_can_be_heard(world: World) -> None:
    """Where they may sing they do; otherwise the silence elsewhere proves nothing."""
    home = client_of(world, "member").get("/linde/")
    assert "kanarie-linde" in home.content.decode()


def test_the_document_is_up_to_date() -> None:
    """``python -m tests.matrix`` writes it."""
    assert DOCUMENT.exists(), "run: python -m tests.matrix"
    assert DOCUMENT.read_text("utf-8") == document(), "run: python -m tests.matrix"
