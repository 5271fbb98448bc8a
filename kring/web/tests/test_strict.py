"""Components refuse what nobody declared."""

import pytest
from django.template import Context, engines
from django_cotton.compiler_regex import CottonCompiler

from kring.web.strict import WrongAttributes, check


def render(source: str, **words: object) -> str:
    """A template as a file would be rendered: text is not compiled by the loader."""
    return engines["django"].from_string(CottonCompiler().process(source)).render(words)


def test_known_attributes_pass_and_the_browser_may_have_its_own() -> None:
    html = render('<c-link href="/a" id="x" hx-get="/b" data-c="d" aria-label="e">Go</c-link>')
    assert html.strip() == (
        '<a class="link " href="/a" id="x" hx-get="/b" data-c="d" aria-label="e">Go</a>'
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('<c-link href="/a" onclick="x">Go</c-link>', "unknown: onclick"),
        ('<c-link href="/a" style="x">Go</c-link>', "unknown: style"),
        ("<c-link>Go</c-link>", "missing: href"),
        ('<c-field label="What" name="what" />', "missing: seen"),
        ('<c-field label="What" name="what" seen="" hepl="x" />', "unknown: hepl"),
    ],
)
def test_unknown_and_forgotten_attributes_are_mistakes(source: str, said: str) -> None:
    with pytest.raises(WrongAttributes, match=said):
        render(source)


def test_a_component_knows_nothing_of_its_page() -> None:
    html = render("<c-button>{{ word }}</c-button>", word="Go", why="leaked", name="leaked")
    assert "leaked" not in html
    assert ">Go</button>" in html


def test_values_are_escaped_once() -> None:
    html = render('<c-person name="{{ name }}" note="a & b" />', name='<b>"O\'Neill"</b>')
    assert "&lt;b&gt;&quot;O&#x27;Neill&quot;&lt;/b&gt;" in html
    assert "a &amp; b" in html
    assert "<b>" not in html


def test_check_names_everything_at_once() -> None:
    with pytest.raises(WrongAttributes, match=r"unknown: x, y; missing: b"):
        check({"a", "x", "y"}, {"a", "b"}, Context({"a": 1}).flatten())
