"""The look holds: the catalogue and the pages for bad days, on a phone and on a big screen."""

import pytest

from tests.browser import PHONE, SCREEN, Visit, axe, picture

pytestmark = pytest.mark.browser

SIZES = [(PHONE, False), (PHONE, True), (SCREEN, False), (SCREEN, True)]


@pytest.mark.parametrize(("width", "dark"), SIZES)
@pytest.mark.parametrize("path", ["/ui/", "/offline/", "/nowhere/at/all/"])
def test_axe_finds_nothing(visit: Visit, path: str, width: int, dark: bool) -> None:
    page = visit(path, width=width, dark=dark)
    assert axe(page) == []
    name = path.strip("/").replace("/", "-")
    picture(page, f"{name}-{width}-{'dark' if dark else 'light'}", full=True)


@pytest.mark.parametrize("width", [PHONE, 320])
def test_nothing_runs_off_the_side_of_a_phone(visit: Visit, width: int) -> None:
    page = visit("/ui/", width=width)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


def test_twice_as_large_still_fits(visit: Visit) -> None:
    page = visit("/ui/", width=640)  # a screen of 1280 px at 200%
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_targets_on_a_phone_fit_a_thumb(visit: Visit) -> None:
    page = visit("/ui/")
    small = page.evaluate(
        """[...document.querySelectorAll('.button, input.control, .choice, .point')]
            .map(one => [one.className, one.getBoundingClientRect()])
            .filter(([, box]) => box.height && box.height < 47.5).map(([name]) => name)"""
    )
    assert small == []


def test_the_keyboard_reaches_the_page_first(visit: Visit) -> None:
    page = visit("/ui/", width=SCREEN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_dialog_opens_closes_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit("/ui/")
    page.locator("[data-opens]").click()
    assert page.locator("#example-dialog").is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert page.locator("#example-dialog").is_hidden()
    assert page.evaluate("document.activeElement.dataset.opens") == "example-dialog"


def test_typed_text_survives_a_reload_only_where_the_field_asks_for_it(visit: Visit) -> None:
    page = visit("/ui/")
    page.fill("[name=what]", "We begin with the client's own words")
    page.fill("[name=why]", "Something private")
    page.reload()
    assert page.input_value("[name=what]") == "We begin with the client's own words"
    assert page.input_value("[name=why]") == "Because it calms everybody down."
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert "own words" in kept
    assert "private" not in kept


def test_language_is_remembered(visit: Visit) -> None:
    page = visit("/offline/", language="nl")
    assert page.locator("html").get_attribute("lang") == "nl"
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/offline/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "No connection just now"


def test_first_load_on_a_phone_is_small_and_from_here_only(visit: Visit) -> None:
    page = visit("/healthz")
    sizes: dict[str, int] = {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    addresses: dict[str, str] = {}
    network.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto("/offline/", wait_until="networkidle")
    assert all(address.startswith(visit.site.url) for address in addresses.values())
    assert 5_000 < sum(sizes.values()) <= 60_000, sizes


@pytest.mark.parametrize(("width", "dark"), SIZES)
@pytest.mark.parametrize("path", ["/account/login/", "/account/password/reset/"])
def test_axe_finds_nothing_at_the_front_door(
    visit: Visit, path: str, width: int, dark: bool
) -> None:
    assert axe(visit(path, width=width, dark=dark)) == []


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_axe_finds_nothing_at_home(visit: Visit, width: int, dark: bool) -> None:
    page = visit("/linde/", who="noor@linde.example", width=width, dark=dark)
    assert page.url.endswith("/linde/")
    assert axe(page) == []


def test_the_menu_opens_and_closes_with_keys_on_a_phone(visit: Visit) -> None:
    page = visit("/linde/", who="noor@linde.example")
    menu = page.get_by_role("navigation").first
    assert menu.is_hidden()
    page.get_by_role("button", name="Menu").press("Enter")
    assert menu.is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert menu.is_hidden()


def test_the_menu_stands_open_on_a_desk(visit: Visit) -> None:
    page = visit("/linde/", who="noor@linde.example", width=SCREEN)
    assert page.locator("#menu").is_visible()
    assert page.locator(".menu-open").is_hidden()


def test_without_a_network_the_page_says_so_in_its_own_words(visit: Visit) -> None:
    page = visit("/account/login/")
    page.evaluate("navigator.serviceWorker.ready.then(() => caches.match('/offline/'))")
    page.wait_for_function("caches.match('/offline/').then((kept) => Boolean(kept))")
    page.context.set_offline(True)
    page.goto("/account/password/reset/")
    assert page.locator("h1").inner_text() == "Even geen verbinding"
    colour = page.evaluate("getComputedStyle(document.querySelector('.button.main')).borderRadius")
    assert colour == "999px"
    page.context.set_offline(False)
    page.get_by_role("link", name="Probeer opnieuw").click()
    page.wait_for_selector("input[name=email]")
    assert page.url.endswith("/account/password/reset/")
    visit.complaints.clear()  # the browser says that it was offline, as it was


def test_only_the_page_for_bad_days_is_kept_on_the_device(visit: Visit) -> None:
    page = visit("/linde/", who="noor@linde.example")
    page.wait_for_function("caches.match('/offline/').then((kept) => Boolean(kept))")
    page.goto("/linde/")
    kept = page.evaluate(
        "caches.open('kring-offline').then((cache) => cache.keys())"
        ".then((keys) => keys.map((one) => new URL(one.url).pathname))"
    )
    assert [path for path in kept if not path.startswith("/static/web/")] == ["/offline/"]
