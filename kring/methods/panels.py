"""What methods put in the menu, and tell the bodies that watch over the organisation."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kring.methods.shelf import shipped
from kring.web import menu
from kring.web.panels import panel

menu.add(menu.Item(order=40, label=_("Methods"), page="library", icon="book-open"))


@panel("people.bodies", order=20)
def questionnaires(request: HttpRequest) -> str:
    """Every questionnaire Kring has: from how many people it shows anything, to whom, how long."""
    language = get_language() or "nl"
    rows = [
        (
            one.title.say(language),
            one.privacy.shown_from,
            one.privacy.shown_to.say(language),
            one.privacy.kept.say(language),
        )
        for package in shipped().packages.values()
        for one in package.instruments
    ]
    head = [_("Questionnaire"), _("Shown from so many people"), _("To whom"), _("How long")]
    context = {"head": head, "rows": sorted(rows), "count": len(rows)}
    return render_to_string("methods/parts/questionnaires.html", context, request)
