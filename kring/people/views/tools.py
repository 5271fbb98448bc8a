"""Small things every page about people needs."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kring.base.policy import NotThere
from kring.people.receipts import answered, once

PAGE = 50


def find(rows: Any, pk: int) -> Any:
    """One visible row, or the same 404 as for a row that does not exist."""
    found: Model | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def again(request: Any, place: str) -> HttpResponse | None:
    """Where this very submit led before, or ``None`` the first time (and for looking)."""
    key = request.POST.get("key")
    before = answered(_who(request, place), key) if key else None
    return redirect(str(before["to"])) if before else None


def _who(request: Any, place: str) -> str:
    return f"person {request.actor.person} {place}"


def do_once(request: Any, place: str, do: Callable[[], str]) -> HttpResponse:
    """Do a command unless this very submit came before; go where it leads.

    ``do`` answers with the address to go to.
    """
    key = request.POST.get("key") or str(uuid4())
    answer = once(_who(request, place), key, lambda: {"to": do()})
    return redirect(str(answer["to"]))


def page_number(request: HttpRequest) -> int:
    """The asked page, from 1; nonsense is page 1."""
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


def page_of(rows: Any, number: int) -> tuple[list[Any], bool]:
    """One page of rows, and whether there is another: one query, never a count."""
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    return found[:PAGE], len(found) > PAGE
