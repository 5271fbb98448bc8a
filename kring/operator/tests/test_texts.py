"""Every text people see is there in Dutch and in English."""

from kring.operator import texts
from tests.house.places import nothing


def test_every_text_has_its_dutch() -> None:
    """``kring translations --check`` says the same."""
    nothing(texts.mistakes("nl"), mend="Write the Dutch in the locale folder of the feature:")


def test_texts_are_found_in_code() -> None:
    source = "x = _('Hello')\ny = ngettext('%(n)s team', '%(n)s teams', 3)\nz = pgettext('a', 'b')"
    assert list(texts.in_python(source, "people/a.py")) == [
        texts.Text(None, "Hello", None, "people/a.py"),
        texts.Text(None, "%(n)s team", "%(n)s teams", "people/a.py"),
        texts.Text("a", "b", None, "people/a.py"),
    ]


def test_texts_are_found_in_templates() -> None:
    source = (
        '{% load i18n %}<c-card title="{% translate \'Me\' %}">{% translate "Go on" context'
        ' "way" %}{% blocktranslate count n=rows trimmed %}\n {{ n }} team\n{% plural %}{{ n }}'
        ' teams{% endblocktranslate %}{{ _("Later") }}</c-card>'
    )
    found = {
        (text.context, text.msgid, text.plural) for text in texts.in_template(source, "a.html")
    }
    assert found == {
        (None, "Me", None),
        ("way", "Go on", None),
        (None, "%(n)s team", "%(n)s teams"),
        (None, "Later", None),
    }
