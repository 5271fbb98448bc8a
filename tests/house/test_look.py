"""The look holds by itself: one place for raw values, strict components, icons, panels."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Node, Template, TextNode
from django.template.loader import get_template
from django_cotton.templatetags._component import CottonComponentNode
from django_cotton.templatetags._vars import CottonVarsNode

import kring.web
from kring.web import panels
from kring.web.strict import FOR_THE_BROWSER
from kring.web.templatetags.kring import icon

KRING = Path(__file__).resolve().parent.parent.parent / "kring"
SHEETS = sorted(KRING.glob("*/static/**/*.css"))
TEMPLATES = sorted(
    path
    for folder in ("pages", "parts", "components")
    for path in KRING.glob(f"*/**/{folder}/**/*.html")
)
COMPONENTS = sorted((KRING / "web" / "components").glob("*.html"))

COMMENT = re.compile(r"/\*.*?\*/", re.S)
AT_RULE = re.compile(r"@(media|container|supports|layer)[^{;]*[{;]")
RAW = re.compile(
    r"#[0-9a-fA-F]{3,8}\b"
    r"|\b(?:rgb|rgba|hsl|hwb|lab|lch|oklab|oklch|color)\("
    r"|(?<![\w.-])\d*\.?\d+(?:px|rem|pt|ms|s|cm|mm|vw)\b"
)


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(KRING).as_posix() for path in paths]


def raw_values(css: str) -> list[str]:
    """Values that belong in tokens.css; conditions of media queries cannot use tokens."""
    return RAW.findall(AT_RULE.sub("", COMMENT.sub("", css)))


def test_the_search_for_raw_values_finds_them() -> None:
    css = "@media (min-width: 60em) { a { color: #fff; b: oklch(1% 0 0); c: 12px; d: 0.5rem } }"
    assert raw_values(css) == ["#fff", "oklch(", "12px", "0.5rem"]
    assert raw_values("a { b: var(--s1); c: 50%; d: 90vh; e: 1.55; f: 1fr; g: 0.2em }") == []


@pytest.mark.parametrize("name", named(SHEETS))
def test_raw_values_live_in_the_tokens_only(name: str) -> None:
    if name.endswith("web/tokens.css") or "/vendor/" in name:
        return
    assert raw_values((KRING / name).read_text(encoding="utf-8")) == []


def test_every_token_that_is_used_exists_and_every_token_is_used() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SHEETS}
    made = set(re.findall(r"^\s*(--[\w-]+):", texts["tokens.css"], re.M))
    used = set(re.findall(r"var\((--[\w-]+)", "".join(texts.values())))
    assert used - made == set()
    assert made - used == set()


def nodes_of(template: Template) -> Iterator[Node]:
    """Every node, also those inside blocks, components and their attributes."""
    waiting: list[object] = list(template.nodelist)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Node):
            yield node
            for name in (*node.child_nodelists, "conditions_nodelists"):
                below = getattr(node, name, None) or []
                waiting += [
                    part
                    for pair in below
                    for part in (pair if isinstance(pair, tuple) else (pair,))
                ]
        elif isinstance(node, list):
            waiting += node


def declared(component: str) -> tuple[set[str], set[str]]:
    """What ``<c-vars>`` of a component names: (everything, what is required)."""
    template = get_template(f"web/components/{component}.html").template
    found = [node for node in nodes_of(template) if isinstance(node, CottonVarsNode)]
    if not found:
        return set(), set()
    required = set(found[0].empty_vars) - {"slot"}
    return required | {one.exclude_key for one in found[0]._prepared_vars}, required


@pytest.mark.parametrize("name", named(TEMPLATES))
def test_templates_call_components_as_they_are_declared(name: str) -> None:
    """The same law as at run time, but for every call, also those no test renders."""
    for node in nodes_of(get_template(name).template):
        if not isinstance(node, CottonComponentNode) or node.component_name == "component":
            continue
        known, required = declared(node.component_name)
        given = {key.lstrip(":") for key in node.attrs}
        slots = {
            part.slot_name
            for part in nodes_of_list(node.nodelist)
            if type(part).__name__ == "CottonSlotNode"
        }
        unknown = {
            key for key in given - known - {"id", "attrs"} if not key.startswith(FOR_THE_BROWSER)
        }
        assert (node.component_name, unknown) == (node.component_name, set())
        assert (node.component_name, required - given - slots) == (node.component_name, set())
        assert slots - known == set()


PLAIN = re.compile(r"[\w.]+|\d+|'[^']*'|[\[({].*[\])}]")


@pytest.mark.parametrize("name", named(TEMPLATES))
def test_what_is_given_to_a_component_can_be_worked_out(name: str) -> None:
    """``:disabled="not mine"`` or a filter is silently nothing: cotton reads names and literals."""
    for node in nodes_of(get_template(name).template):
        if isinstance(node, CottonComponentNode):
            for key, value in node.attrs.items():
                if key.startswith(":") and isinstance(value, str) and "{" not in value[:3]:
                    assert PLAIN.fullmatch(value.strip("\"'")), (node.component_name, key, value)


def nodes_of_list(nodelist: list[Node]) -> Iterator[Node]:
    for node in nodelist:
        if not isinstance(node, TextNode):
            yield node
            if not isinstance(node, CottonComponentNode):
                for name in node.child_nodelists:
                    yield from nodes_of_list(getattr(node, name, None) or [])


@pytest.mark.parametrize("name", named(COMPONENTS))
def test_every_component_is_strict_and_shown(name: str) -> None:
    text = (KRING / name).read_text(encoding="utf-8")
    assert re.match(r"({% load [\w ]+ %})?<c-vars [^>]*/>{% strict %}", text)
    assert "{{ attrs }}" in text
    catalogue = (KRING / "web" / "pages" / "catalogue.html").read_text(encoding="utf-8")
    word = Path(name).stem.replace("_", "-")
    inside = "".join(path.read_text(encoding="utf-8") for path in COMPONENTS)
    assert f"<c-{word}" in catalogue + inside


def test_every_icon_exists() -> None:
    words = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    words += "".join(path.read_text(encoding="utf-8") for path in KRING.glob("*/panels.py"))
    names = set(re.findall(r"{% icon [\"']([\w-]+)[\"'] %}|\bicon=[\"']([\w-]+)[\"']", words))
    for pair in names:
        assert str(icon("".join(pair))).startswith("<svg")
    assert len(names) > 10


def test_every_slot_with_a_panel_is_asked_for() -> None:
    words = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    asked = set(re.findall(r"{% panels [\"']([\w.]+)[\"']", words))
    assert panels.slots() - asked == set()


def test_the_template_engine_is_the_one_we_think() -> None:
    loaders = engines["django"].engine.template_loaders
    assert [type(one).__name__ for one in loaders] == ["Loader"]


STATIC = Path(kring.web.__file__).parent / "static"


@pytest.mark.parametrize("name", sorted(one.name for one in STATIC.rglob("*.css")))
def test_a_kind_of_a_component_is_never_styled_alone(name: str) -> None:
    """“plain” is a kind of card and of button: a list that is plain says ``ul.plain``."""
    sheet = next(STATIC.rglob(name)).read_text(encoding="utf-8")
    assert re.findall(r"(?m)^\s*\.plain\b[^{]*\{", sheet) == []
