"""Templates keep the wall whole: no inline script or style, no colours of their own."""

import re

from tests.house.places import CODE, nothing, of_kind, short, templates

INLINE = re.compile(
    r"<style\b|\sstyle=|<script(?![^>]*(?:\ssrc=|type=\"application/json\"))|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on",
    re.I,
)
# A colour by number or by function; tokens.css is the only place for those.
COLOUR = re.compile(
    r"#[0-9a-f]{3}(?:[0-9a-f]{1}|[0-9a-f]{3}|[0-9a-f]{5})?\b(?![-\w\"])"
    r"|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\("
)
FROM_ELSEWHERE = re.compile(
    r"(?:src|href|action)=[\"']https?://|@import|url\(\s*[\"']?https?:", re.I
)

# The screens of a meeting are shared drawings: each page puts its own proof where they leave room
# (kring.meetings.screens.PROOF; {% asks %} writes it).
PROOFS = ("{% csrf_token %}", "{% asks ", "<!--proof-->")


def test_no_inline_script_or_style() -> None:
    found = [
        f"{short(path)}: {match.group().strip()}"
        for path in templates()
        for match in INLINE.finditer(path.read_text("utf-8"))
    ]
    nothing(found, mend="Style belongs in a component's CSS, script in a file (strict CSP).")


def test_colours_stand_in_the_tokens_only() -> None:
    found = [
        f"{short(path)}: {match.group()}"
        for path in of_kind(".css", ".html", ".js")
        if CODE in path.parents and "vendor" not in path.parts and path.name != "tokens.css"
        for match in COLOUR.finditer(re.sub(r"&#\w+;", "", path.read_text("utf-8").lower()))
    ]
    nothing(found, mend="Use a custom property of tokens.css instead of a colour.")


def test_the_browser_asks_nobody_else() -> None:
    found = [
        f"{short(path)}: {match.group()}"
        for path in [*templates(), *of_kind(".css")]
        for match in FROM_ELSEWHERE.finditer(path.read_text("utf-8"))
    ]
    nothing(found, mend="Everything is served from here; nothing is asked from elsewhere.")


def test_every_component_refuses_attributes_it_does_not_know() -> None:
    found = [
        short(path)
        for path in templates()
        if "components" in path.parts and "{% strict %}" not in path.read_text("utf-8")
    ]
    nothing(found, mend="Write {% strict %} right after <c-vars …>.")


def test_every_template_is_a_page_a_part_a_component_or_a_screen() -> None:
    known = {"pages", "parts", "components", "templates", "steps", "overrides"}
    found = [short(path) for path in templates() if not known & set(path.parts)]
    nothing(found, mend="A template lives in pages/, parts/, components/ or the screens of a step.")


def test_every_form_that_writes_carries_a_token() -> None:
    """Written by hand or through the component: a form that posts has its CSRF token and key."""
    found = []
    for path in templates():
        for form in re.findall(r"<form\b.*?</form>", path.read_text("utf-8"), re.S | re.I):
            proven = any(word in form for word in PROOFS)
            if re.search(r"method=[\"']?post", form, re.I) and not proven:
                found.append(f"{short(path)}: {form[:60]}")
    nothing(found, mend="Put {% csrf_token %} in the form, or use <c-form>.")
