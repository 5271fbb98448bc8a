"""What methods put in the menu."""

from django.utils.translation import gettext_lazy as _

from kring.web import menu

menu.add(menu.Item(order=40, label=_("Methods"), page="library", icon="book-open"))
