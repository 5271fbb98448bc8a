"""An organisation's own logo, letter and words."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kring.people.models import Logo, Organisation
from kring.people.rules.logo import HIGH, MOST, NoPicture, redrawn
from tests.cast import Cast, House, log_in

SETTINGS, WORDS = "/linde/administration/settings/", "/linde/administration/words/"
KEPT = {"name": "De Linde", "brand_hue": "", "language": "nl", "font": ""}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def ali(linde: House) -> Client:
    return log_in(Client(), linde.account("ali"))


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300), **more: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **more)
    return file.getvalue()


def send(ali: Client, content: bytes, **more: str) -> object:
    return ali.post(SETTINGS, {**KEPT, **more, "logo": SimpleUploadedFile("logo.png", content)})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_and_smaller(kind: str) -> None:
    drawn = redrawn(picture(kind))
    with Image.open(BytesIO(drawn)) as found:
        assert (found.format, found.mode, found.size) == ("PNG", "RGB", (384, HIGH))


def test_nothing_that_came_along_stays() -> None:
    exif = Image.Exif()
    exif[0x010E] = "de kaart van Noor"
    sent = picture("JPEG", exif=exif) + b"<script>"
    assert b"kaart van Noor" in sent
    assert b"kaart van Noor" not in redrawn(sent)
    assert b"<script>" not in redrawn(sent)


def huge(side: int = 12000) -> bytes:
    """A small file that unfolds to more than a hundred million pixels."""
    file = BytesIO()
    Image.new("1", (side, side)).save(file, "PNG", optimize=True)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SVG, "kind"),
        (b"GIF89a" + b"\0" * 40, "kind"),
        (picture()[:60], "kind"),
        (b"", "kind"),
        (b"\x89PNG" + b"\0" * MOST, "large"),
    ],
    ids=["svg", "gif", "cut", "empty", "large"],
)
def test_what_is_no_picture_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(NoPicture) as no:
        redrawn(content)
    assert no.value.why == why


@pytest.mark.parametrize("side", [12000, 16000], ids=["warned of", "a bomb"])
def test_a_picture_that_unfolds_is_refused(side: int) -> None:
    content = huge(side)
    assert len(content) < MOST
    with pytest.raises(NoPicture) as no:
        redrawn(content)
    assert no.value.why == "large"


def test_the_logo_stands_on_every_page_and_only_inside(cast: Cast, ali: Client) -> None:
    assert send(ali, picture()).status_code == 302  # type: ignore[attr-defined]  # an answer
    organisation = Organisation.objects.get(slug="linde")
    assert organisation.logo_href in ali.get("/linde/").content.decode()
    shown = ali.get(organisation.logo_href)
    assert (shown["Content-Type"], shown.content) == ("image/png", redrawn(picture()))
    other = log_in(Client(), cast.waterkant.account("waterkant_lid"))
    assert other.get(organisation.logo_href).status_code == 404
    assert other.get("/waterkant/logo-0123.png").status_code == 404
    assert Client().get(organisation.logo_href).url.startswith("/account/login/")
    assert "logo-own" not in Client().get("/account/login/?next=/linde/").content.decode()
    ali.post(SETTINGS, {**KEPT, "without_logo": "on"})
    assert ali.get(organisation.logo_href).status_code == 404
    assert Logo.objects.count() == 0


def test_an_svg_is_refused_with_the_reason_and_the_rest_is_kept(ali: Client) -> None:
    page = send(ali, SVG, name="De Lindeboom").content.decode()  # type: ignore[attr-defined]  # an answer
    assert "Een SVG kan scripts bevatten" in page
    assert 'value="De Lindeboom"' in page
    assert Organisation.objects.get(slug="linde").name == "De Linde"


def test_the_chosen_letter_is_one_of_ours(ali: Client) -> None:
    ali.post(SETTINGS, {**KEPT, "font": "wide"})
    assert '<html lang="nl" data-font="wide">' in ali.get("/linde/").content.decode()
    page = ali.post(SETTINGS, {**KEPT, "font": "url(evil)"})
    assert list(page.context["form"].errors) == ["font"]


def test_own_words_are_said_everywhere_inside_and_nowhere_else(cast: Cast, ali: Client) -> None:
    ali.post(WORDS, {"nl_meeting_0": "gesprek", "nl_meeting_1": "gesprekken", "key": "k"})
    assert Organisation.objects.get(slug="linde").terms == {
        "nl": {"meeting": ["gesprek", "gesprekken"]}
    }
    page = ali.get("/linde/").content.decode()
    assert ("Bijeenkomsten" in page, "Gesprekken" in page) == (False, True)
    assert 'value="gesprekken"' in ali.get(WORDS).content.decode()
    other = log_in(Client(), cast.waterkant.account("waterkant_lid"))
    assert "Bijeenkomsten" in other.get("/waterkant/").content.decode()


def test_a_word_with_signs_is_refused_and_kept_on_the_form(ali: Client) -> None:
    page = ali.post(WORDS, {"nl_team_0": "<b>kring", "nl_team_1": "kringen"})
    assert list(page.context["form"].errors) == ["nl_team_0"]
    assert 'value="&lt;b&gt;kring"' in page.content.decode()
    assert Organisation.objects.get(slug="linde").terms == {}
