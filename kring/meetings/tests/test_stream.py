"""The stream and the screens beside Django (the crash harness plays them on a real server)."""

import asyncio
import gzip
import json
import zlib
from collections.abc import MutableMapping
from typing import Any

import pytest
from django.test import override_settings

from kring.meetings import actions, room
from kring.meetings.engine.cards import on_table
from kring.meetings.models import Meeting, Seat
from kring.meetings.stream import looks, serve, straight, tokens
from kring.meetings.stream.events import GZIP_HEAD, PINGS, Manner
from kring.meetings.stream.hub import Hub, push
from kring.meetings.stream.news import Kinds, Line, changed
from kring.meetings.stream.tokens import BadToken, OldToken
from kring.meetings.tests.test_playing import say, step_on
from tests.cast import Cast, House

THIN = Manner(whole=False, squeezed=False, language="en")


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
        made[pass_.seat] = Line(_deaf, pass_, looks.look(held, held.snap, who).tag, THIN)
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


# --- the screen sent along -----------------------------------------------------------------------
def read_event(body: bytes) -> Any:
    """What a page makes of one event."""
    (data,) = [row[6:] for row in body.decode().splitlines() if row.startswith("data: ")]
    return json.loads(data)


def whole_news(meeting: Meeting, *, squeezed: bool = False) -> dict[str, bytes]:
    """What each seat is sent when every page takes whole screens; all lines are behind."""
    lines = list(lines_of(meeting).values())
    for line in lines:
        line.told, line.manner = "", Manner(whole=True, squeezed=squeezed, language="en")
    found = changed(meeting.pk, meeting.organisation_id, Kinds(lines))
    return {line.pass_.seat: news.message["body"] for news in found for line in news.lines}


def test_who_sees_the_same_gets_the_screen_along(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "sami", "Zichtbaar")
    sent = whole_news(meeting)
    assert sent["s2"] is sent["s3"] is sent["s4"]
    number, tag, html = read_event(sent["s2"])
    _status, headers, body = call(f"/live/{token_of(meeting, 3)}/screen")
    assert (number, tag, html) == (room.of(meeting).number, headers["etag"], body.decode())
    assert "Zichtbaar" in html
    assert read_event(sent["s1"]) == number  # the moderator is alone: one fetch, nothing to share


def test_who_has_something_of_their_own_fetches_it(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "noor", "Van Noor")
    sent = whole_news(meeting)
    kinds = {seat: type(read_event(body)) for seat, body in sent.items()}
    assert set(kinds.values()) == {int}  # noor has an own card; two others are too few to draw for
    actions.do(linde.actor("joke"), meeting, {"kind": "ask_pause"}, "pause-joke")
    assert b"data: [" not in whole_news(meeting)["s4"]


def test_what_was_drawn_is_gone_at_the_close(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "sami", "Alleen vandaag")
    assert "Alleen vandaag" in read_event(whole_news(meeting)["s2"])[2]
    assert any(b"Alleen vandaag" in drawn.plain for drawn in looks._drawn.values())
    close = {"kind": "close", "confirmed": True, "no_follow_up": True}
    assert actions.do(linde.actor("sami"), meeting, close, "close-now-1").refused is None
    assert not any(b"Alleen vandaag" in drawn.plain for drawn in looks._drawn.values())
    assert not any(key[0] == meeting.pk for key in looks._pieces)


def test_a_card_is_drawn_once_and_anew_when_it_changes(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "sami", "Een kaart")
    assert "Een kaart" in read_event(whole_news(meeting)["s2"])[2]
    (card,) = on_table(room.of(meeting).state, room.of(meeting).state.visit or "")
    edit = {"kind": "edit_card", "card": card.id, "text": "Beter gezegd"}
    assert actions.do(linde.actor("sami"), meeting, edit, "edit-card-1").refused is None
    html = read_event(whole_news(meeting)["s2"])[2]
    assert "Beter gezegd" in html
    assert "Een kaart" not in html


def test_hidden_words_are_never_sent_along(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting, 2)
    say(linde, meeting, "noor", "Nog verborgen")
    for body in whole_news(meeting).values():
        assert b"Nog verborgen" not in body


def test_a_compressed_stream_is_one_stream(linde: House, meeting: Meeting) -> None:
    """The same bytes fit behind anything: hello, ping, screen, ping again."""
    step_on(linde, meeting)
    say(linde, meeting, "sami", "Zichtbaar")
    plain, small = whole_news(meeting), whole_news(meeting, squeezed=True)
    assert len(small["s2"]) < len(plain["s2"]) / 2
    press = zlib.decompressobj(zlib.MAX_WBITS | 16)
    ping, thin = PINGS[True]["body"], small["s1"]
    seen = [press.decompress(part) for part in (GZIP_HEAD + ping, small["s2"], thin, ping)]
    assert seen == [PINGS[False]["body"], plain["s2"], plain["s1"], PINGS[False]["body"]]


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

    with override_settings(REDIS_URL=""):  # one process: it need not look what another one wrote
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
    kind = {"content_type": "application/json"}
    assert call(f"/live/{board}/ask", "POST", **kind)[0] == 403
    assert call(f"/live/{token_of(meeting, 2)}/ask", "POST", **kind)[0] == 400


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

    lines = [Line(send, pass_, "", THIN) for send in (full, takes, gone, full, takes)]
    assert asyncio.run(each()) == [lines[0], lines[2], lines[3]]
    assert got == [{"n": 1}, {"n": 1}]


def test_a_piece_is_framed_once_where_the_server_lets_us(meeting: Meeting, linde: House) -> None:
    """The uvicorn that is pinned: the short way is taken, and writes what the long way would."""
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

    written: list[bytes] = []

    class Wire:
        write = written.append

    cycle = RequestResponseCycle.__new__(RequestResponseCycle)
    flow = type("Flow", (), {"write_paused": False})()
    for name, value in {
        "flow": flow,
        "transport": Wire(),
        "disconnected": False,
        "response_started": True,
        "response_complete": False,
        "chunked_encoding": True,
        "scope": {"method": "GET"},
    }.items():
        setattr(cycle, name, value)
    found = straight.of(cycle.send)
    assert found is cycle
    message = {"type": "http.response.body", "body": b"data: 7\n\n", "more_body": True}
    asyncio.run(cycle.send(message))
    assert straight.write(found, straight.framed(message["body"]))
    assert written[0] == written[1]
    flow.write_paused = True
    assert not straight.write(found, b"late")
    assert len(written) == 2
    assert straight.of(_deaf) is None


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
    hub.add(Line(_deaf, tokens.read(token_of(meeting, 4)), "", THIN))
    assert channel.kinds is None


def test_one_seat_holds_only_so_many_streams(linde: House, meeting: Meeting) -> None:
    hub, pass_ = Hub(), tokens.read(token_of(meeting, 2))
    lines = [Line(_deaf, pass_, "", THIN) for _number in range(9)]
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
