"""The stream and the screens beside Django (the crash harness plays them on a real server)."""

import asyncio
import gzip
from collections.abc import MutableMapping
from typing import Any

import pytest

from kring.meetings import actions, room
from kring.meetings.models import Meeting, Seat
from kring.meetings.stream import looks, serve, tokens
from kring.meetings.stream.hub import Hub, Kinds, Line, changed, push
from kring.meetings.stream.tokens import BadToken, OldToken
from kring.meetings.tests.test_playing import say, step_on
from tests.cast import Cast, House


def token_of(meeting: Meeting, place: int, screen: str = "phone", language: str = "en") -> str:
    seat = Seat.objects.get(meeting=meeting, place=place)
    return tokens.make(meeting, seat, screen, language=language)


def lines_of(meeting: Meeting) -> dict[str, Line]:
    """Everybody hangs on the stream and was told how things are now."""
    held = room.of(meeting)
    made = {}
    for place, screen in ((1, "moderator"), (2, "phone"), (3, "phone"), (4, "phone")):
        pass_ = tokens.read(token_of(meeting, place, screen))
        who = looks.audience_of(held, held.snap, pass_.seat, screen)
        made[pass_.seat] = Line(_deaf, pass_, looks.look(held, held.snap, who).tag)
    return made


async def _deaf(message: MutableMapping[str, Any]) -> None:
    """Takes everything."""


def rung(meeting: Meeting, lines: dict[str, Line]) -> list[str]:
    """Which phones would blink now; they are told."""
    blink = []
    for news in changed(meeting.pk, meeting.organisation_id, Kinds(list(lines.values()))):
        for line in news.lines:
            line.told = news.tag
            blink.append(line.pass_.seat)
    return sorted(blink)


def test_a_visible_card_makes_every_phone_blink_once(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    lines = lines_of(meeting)
    assert rung(meeting, lines) == []
    say(linde, meeting, "noor", "Zichtbaar")
    assert rung(meeting, lines) == ["s1", "s2", "s3", "s4"]
    assert rung(meeting, lines) == []


def test_a_hidden_card_makes_nobody_s_phone_blink_twice(linde: House, meeting: Meeting) -> None:
    """Who writes, and when, cannot be read from the stream (safety §3, live input)."""
    step_on(linde, meeting, 2)
    lines = lines_of(meeting)
    say(linde, meeting, "noor", "Verborgen")
    rung(meeting, lines)
    for name in ("daan", "joke", "sami"):
        say(linde, meeting, name, "Ook verborgen")
        assert set(rung(meeting, lines)) <= {"s1"}  # at most the moderator learns it is done


def test_a_pause_is_asked_privately(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    lines = lines_of(meeting)
    actions.do(linde.actor("daan"), meeting, {"kind": "ask_pause"}, "ask-pause-1")
    assert rung(meeting, lines) == ["s1"]


def test_everybody_with_the_same_look_gets_the_same_bytes(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    lines = lines_of(meeting)
    say(linde, meeting, "noor", "Zichtbaar")
    news = changed(meeting.pk, meeting.organisation_id, Kinds(list(lines.values())))
    by_seat = {line.pass_.seat: one.message for one in news for line in one.lines}
    assert by_seat["s2"] is by_seat["s3"]
    assert by_seat["s1"]["body"] != by_seat["s2"]["body"]
    number = room.of(meeting).number
    assert by_seat["s2"]["body"].endswith(f"data: {number}\n\n".encode())
    assert len(by_seat["s2"]["body"]) < 60


# --- over ASGI -----------------------------------------------------------------------------------
def call(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request to the addresses beside Django."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def once() -> None:
        where, _mark, query = path.partition("?")
        names = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
        scope = {
            "type": "http",
            "method": method,
            "path": where,
            "query_string": query.encode(),
            "headers": [(b"host", b"kring.example"), *names],
        }
        try:
            await serve.live(scope, receive, send)
        finally:
            serve.hub.stop()

    asyncio.run(once())
    given = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], given, b"".join(part.get("body", b"") for part in sent[1:])


def test_a_screen_shows_only_what_this_seat_may_see(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting, 2)
    say(linde, meeting, "noor", "alleen van Noor")
    status, headers, mine = call(f"/live/{token_of(meeting, 2)}/screen")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert b"alleen van Noor" in mine
    for place, screen in ((1, "moderator"), (3, "phone"), (1, "board")):
        _status, _headers, other = call(f"/live/{token_of(meeting, place, screen)}/screen")
        assert b"alleen van Noor" not in other


def test_a_screen_is_drawn_once_for_all_who_see_the_same(
    linde: House, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "sami", "Een")
    drawn: list[str] = []
    render = looks.render_to_string
    monkeypatch.setattr(looks, "render_to_string", lambda *a: drawn.append(a[0]) or render(*a))
    bodies = {call(f"/live/{token_of(meeting, place)}/screen")[2] for place in (2, 3, 4)}
    assert len(bodies) == 1
    assert drawn.count("meetings/parts/screens/phone.html") == 1


def test_an_unchanged_screen_is_not_sent_again(linde: House, meeting: Meeting) -> None:
    path = f"/live/{token_of(meeting, 3)}/screen"
    _status, headers, body = call(path)
    assert call(path, if_none_match=headers["etag"])[::2] == (304, b"")
    status, squeezed, small = call(path, accept_encoding="gzip")
    assert (status, squeezed["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(small) == body
    step_on(linde, meeting)
    assert call(path, if_none_match=headers["etag"])[0] == 200


def test_who_may_not_come_in_learns_nothing(
    cast: Cast, linde: House, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = token_of(meeting, 2)
    for bad in ("", "x", good[:-2] + "AA", good + "A", "ééé"):
        assert call(f"/live/{bad}/screen")[::2] == (404, b"")
        with pytest.raises(BadToken):
            tokens.read(bad)
    for path in (f"/live/{good}", f"/live/{good}/other", f"/live/{good}/screen/x", "/live/"):
        assert call(path)[::2] == (404, b"")
    assert call(f"/live/{good}/screen", "POST")[0] == 404
    monkeypatch.setattr(tokens.time, "time", lambda: 9e9)
    assert call(f"/live/{good}/screen")[::2] == (401, b"")
    with pytest.raises(OldToken):
        tokens.read(good)


def test_who_left_sees_no_more_than_that_there_is_a_meeting(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "noor", "Voor wie er is")
    token = token_of(meeting, 3)
    assert b"Voor wie er is" in call(f"/live/{token}/screen")[2]
    actions.do(linde.actor("daan"), meeting, {"kind": "leave_seat"}, "leave-seat")
    assert b"Voor wie er is" not in call(f"/live/{token}/screen")[2]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content_type": "text/plain"},
        {"content_type": "application/json", "origin": "https://evil.example"},
        {"content_type": "application/json", "sec_fetch_site": "cross-site"},
        {"content_type": "application/json", "sec_fetch_site": "same-site"},
    ],
)
def test_only_our_own_pages_can_ask(
    meeting: Meeting, linde: House, headers: dict[str, str]
) -> None:
    assert call(f"/live/{token_of(meeting, 2)}/ask", "POST", **headers)[0] == 403


def test_the_big_screen_cannot_ask_and_nonsense_is_refused(linde: House, meeting: Meeting) -> None:
    board = tokens.make(meeting, None, "board")
    json = {"content_type": "application/json"}
    assert call(f"/live/{board}/ask", "POST", **json)[0] == 403
    assert call(f"/live/{token_of(meeting, 2)}/ask", "POST", **json)[0] == 400


# --- the pump ------------------------------------------------------------------------------------
def test_a_phone_that_does_not_take_its_bytes_never_holds_up_the_others(
    linde: House, meeting: Meeting
) -> None:
    pass_ = tokens.read(token_of(meeting, 2))
    got: list[Any] = []

    async def takes(message: MutableMapping[str, Any]) -> None:
        got.append(message)

    async def full(message: MutableMapping[str, Any]) -> None:
        await asyncio.sleep(3600)

    async def gone(message: MutableMapping[str, Any]) -> None:
        raise ConnectionResetError

    async def each() -> list[Line]:
        return push(lines, {"n": 1})

    lines = [Line(send, pass_, "") for send in (full, takes, gone, full, takes)]
    assert asyncio.run(each()) == [lines[0], lines[2], lines[3]]
    assert got == [{"n": 1}, {"n": 1}]


def test_lines_stay_together_until_an_audience_changes(linde: House, meeting: Meeting) -> None:
    """The groups of a round are those of the engine, also after a step or a new line."""
    hub = Hub()
    for line in lines_of(meeting).values():
        hub.add(line)
    channel = hub.channels[meeting.pk]
    channel.kinds = kinds = Kinds([*channel.lines])

    def told() -> dict[str, str]:
        found = changed(meeting.pk, meeting.organisation_id, kinds)
        return {line.pass_.seat: news.tag for news in found for line in news.lines}

    def should() -> dict[str, str]:
        held = room.of(meeting)
        seen = {}
        for line in channel.lines:
            who = looks.audience_of(held, held.snap, line.pass_.seat, line.pass_.screen)
            seen[line.pass_.seat] = looks.look(held, held.snap, who).tag
        return seen

    step_on(linde, meeting)
    assert told() == should()
    say(linde, meeting, "noor", "Zichtbaar")
    assert told() == should()
    step_on(linde, meeting, 2)
    assert told() == should()
    hub.add(Line(_deaf, tokens.read(token_of(meeting, 4)), ""))
    assert channel.kinds is None


def test_one_seat_holds_only_so_many_streams(linde: House, meeting: Meeting) -> None:
    hub, pass_ = Hub(), tokens.read(token_of(meeting, 2))
    lines = [Line(_deaf, pass_, "") for _number in range(9)]
    for line in lines:
        hub.add(line)
    assert list(hub.channels[meeting.pk].lines) == lines[-6:]
    for line in lines:
        hub.remove(line)
    assert hub.channels == {}


def test_tokens_are_never_logged() -> None:
    import logging

    def record(path: str) -> logging.LogRecord:
        args = ("127.0.0.1:1", "GET", path, "1.1", 200)
        return logging.LogRecord("uvicorn.access", 20, "", 0, '%s - "%s %s HTTP/%s" %d', args, None)

    seen = [serve._no_tokens(record(path)) for path in ("/live/abc/stream", "/linde/")]
    assert seen == [False, True]
