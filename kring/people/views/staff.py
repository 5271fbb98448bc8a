"""The staff file: upload, look, confirm, watch."""

import io
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base.policy import Refused, require
from kring.people.actions import staff as actions
from kring.people.models import Layer, StaffFile
from kring.people.rules.staff import Mistake
from kring.people.sheets import MOST_BYTES, Trouble, Unreadable
from kring.people.views.administration import tabs
from kring.people.views.tools import do_once, find
from kring.people.words import COLUMNS, TROUBLES, say

SHOWN = 100

HEADS = {
    "nl": ["Personeelscode", "Naam", "E-mail", "Laag", "Onderdeel", "Team", "Leidinggevende",
           "Startdatum", "Einddatum"],
    "en": ["Staff code", "Name", "Mail", "Layer", "Unit", "Team", "Manager", "Start date",
           "End date"],
}  # fmt: skip
EXAMPLE = {
    "nl": ["1001", "Sam Voorbeeld", "sam@voorbeeld.nl", "", "Regio Noord / Lindehof",
           "Team Vuurtoren", "nee", "1-3-2026", ""],
    "en": ["1001", "Sam Example", "sam@example.org", "", "Region North / Lindehof",
           "Team Lighthouse", "no", "1-3-2026", ""],
}  # fmt: skip


def files(request: Any) -> HttpResponse:
    """Bring in a staff file; the last ones."""
    require(request.actor, "people.administer")
    trouble = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        if sent is None:
            trouble = _("Choose a file first.")
        elif sent.size > MOST_BYTES:
            trouble = str(TROUBLES[Trouble.TOO_BIG])
        else:
            content = sent.read()

            def do() -> str:
                made = actions.receive_staff_file(request.actor, name=sent.name, content=content)
                return reverse("staff_file", args=[request.organisation.slug, made.pk])

            try:
                return do_once(request, "staff file", do)
            except Unreadable as wrong:
                trouble = str(TROUBLES[wrong.trouble])
    about = {
        "tabs": tabs(request, "staff_files"),
        "trouble": trouble,
        "files": StaffFile.objects.defer("rows", "mistakes").select_related("made_by")[:10],
    }
    return render(request, "people/pages/staff_files.html", about)


@require_GET
def template(request: Any) -> HttpResponse:
    """An empty staff file with the right columns and one example."""
    require(request.actor, "people.administer")
    language = get_language() if get_language() in HEADS else "nl"
    example = list(EXAMPLE[language])
    example[3] = Layer.objects.values_list("name", flat=True).first() or ""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS[language], book.add_format({"bold": True}))
        for column, value in enumerate(example):
            sheet.write_string(1, column, value)
        sheet.set_column(0, len(example) - 1, 22)
    answer = HttpResponse(
        held.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = 'attachment; filename="kring-staff.xlsx"'
    return answer


@require_GET
def file(request: Any, pk: int) -> HttpResponse:
    """What would change, how far the work is, or what was done."""
    require(request.actor, "people.administer")
    found = find(StaffFile.objects.select_related("made_by"), pk)
    about: dict[str, Any] = {"tabs": tabs(request, "staff_files"), "file": found}
    if found.state == StaffFile.State.SEEN:
        about |= _preview(found)
    return render(request, "people/pages/staff_file.html", about)


@require_GET
def progress(request: Any, pk: int) -> HttpResponse:
    """The progress line alone, asked again every second."""
    require(request.actor, "people.administer")
    found = find(StaffFile.objects.defer("rows", "mistakes"), pk)
    return render(request, "people/parts/staff_progress.html", {"file": found})


def _preview(found: StaffFile) -> dict[str, Any]:
    plan = actions.plan_of(found)
    mistakes = [Mistake(*one) for one in found.mistakes]
    changes = [
        (person.name, ", ".join(str(COLUMNS[column]) for column in columns))
        for person, _row, columns in plan.changed[:SHOWN]
    ]
    names = {row.code: row.name for row in actions.unpacked(found.rows)}
    return {
        "plan": plan,
        "mistakes": [(one.row, say(one)) for one in mistakes[:SHOWN]],
        "mistakes_more": max(0, len(mistakes) - SHOWN),
        "added": [(row.name, row.team) for row in plan.added[:SHOWN]],
        "changed": changes,
        "ended": [(person.name, row.ends) for person, row in plan.ended[:SHOWN]],
        "joins": [(names[one.code], one.team.team) for one in plan.joins[:SHOWN]],
        "leaves": [(names[one.code], one.team.team) for one in plan.leaves[:SHOWN]],
        "missing": [(person.name, person.mail) for person in plan.missing[:SHOWN]],
        "may_end": actions.may_end_missing(found),
        "rows": len(found.rows),
        "shown": SHOWN,
    }


@require_POST
def confirm(request: Any, pk: int) -> HttpResponse:
    """Do what was shown."""
    require(request.actor, "people.administer")
    found = find(StaffFile.objects.all(), pk)
    number = request.POST.get("how_many", "").strip()

    def do() -> str:
        actions.confirm_staff_file(
            request.actor,
            found,
            seen=request.POST.get("seen", ""),
            ends_missing=request.POST.get("missing") == "end",
            how_many=int(number) if number.isascii() and number.isdecimal() else None,
        )
        return reverse("staff_file", args=[request.organisation.slug, pk])

    try:
        return do_once(request, f"confirm {pk}", do)
    except Refused as no:  # nothing was done; the changes are shown anew, with the reason
        messages.warning(request, str(no.reason))
        return redirect("staff_file", organisation=request.organisation.slug, pk=pk)


@require_POST
def put_aside(request: Any, pk: int) -> HttpResponse:
    """Do nothing with this file."""
    require(request.actor, "people.administer")
    found = find(StaffFile.objects.all(), pk)

    def do() -> str:
        actions.put_aside(request.actor, found)
        messages.success(request, _("Nothing was changed."))
        return reverse("staff_files", args=[request.organisation.slug])

    return do_once(request, f"aside {pk}", do)
