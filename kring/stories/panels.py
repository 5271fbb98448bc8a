"""Stories receive what meetings let out, and stand in the menu."""

from django.utils.translation import gettext_lazy as _

from kring.meetings import outputs
from kring.methods.format.outputs import OUTPUTS
from kring.stories.actions import keep
from kring.web import menu

menu.add(menu.Item(order=40, label=_("What we learnt"), page="stories:list", icon="wheat"))

for kind in OUTPUTS:
    if kind != "agreement":
        outputs.register(kind)(keep)
