"""What goes in and comes out of the public interface of meetings."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

Screen = Literal["phone", "board", "moderator", "table"]


class InvitedIn(Schema):
    """Somebody invited, with planned roles such as ``moderator`` or ``contributor``."""

    person: int
    roles: list[str] = []


class GuestIn(Schema):
    """A guest by first name; no account and no mail address."""

    name: str = Field(min_length=1, max_length=60)
    roles: list[str] = []


class PlanIn(Schema):
    """A meeting to plan, or (``start_now``) to begin at once."""

    team: int
    protocol: str = Field(
        description="id of a protocol, such as good_practice_review, or of an own version: own-12"
    )
    starts_at: datetime | None = Field(None, description="needed unless start_now")
    start_now: bool = False
    title: str = Field("", max_length=160)
    about: str = Field("", max_length=300)
    minutes: int = Field(0, ge=0, le=1440, description="0: what the protocol says")
    place: str = Field("", max_length=160)
    mode: Literal["phones", "one_device", "paper", "days"] = "phones"
    each: int = Field(2, ge=1, le=30, description="over days: how many days every part is open")
    people: list[InvitedIn] = []
    guests: list[GuestIn] = []


class ChangeIn(Schema):
    """What to change; ``version`` is the one you looked at."""

    version: int
    title: str | None = Field(None, max_length=160)
    about: str | None = Field(None, max_length=300)
    starts_at: datetime | None = None
    minutes: int | None = Field(None, ge=1, le=1440)
    place: str | None = Field(None, max_length=160)
    mode: Literal["phones", "one_device", "paper", "days"] | None = Field(
        None, description="until it begins"
    )
    each: int | None = Field(None, ge=1, le=30, description="over days, together with mode")


class WindowOut(Schema):
    """Over days: one part and when it is open."""

    phase: str
    opens_at: datetime
    closes_at: datetime


class WindowsIn(Schema):
    """Other ends for parts that are still open or to come, by phase."""

    version: int
    closes: dict[str, datetime]


class HeldIn(Schema):
    """Held on paper: the seats of who was there."""

    there: list[str] = []
    key: str = Field(min_length=8, max_length=80)


class FromPaperIn(Schema):
    """One thing the circle let out of a meeting on paper; ``seats``: who took something on."""

    output: str = Field(max_length=60)
    fields: dict[str, str | None]
    seats: dict[str, str] = {}
    visibility: Literal["V4", "V5", "V6"] = "V4"
    asked_aloud: bool = False
    key: str = Field(min_length=8, max_length=80)


class JoinIn(Schema):
    """Sit down; the code is needed for who was not invited."""

    code: str = Field("", max_length=20)


class GuestJoinIn(Schema):
    """A guest comes in with the six letters and a first name."""

    code: str = Field(max_length=20)
    name: str = Field(min_length=1, max_length=60)


class AskIn(Schema):
    """One ask, as in ``kring/meetings/engine/README.md``; the same key is the same ask."""

    ask: dict[str, Any]
    key: str = Field(min_length=8, max_length=80)


class NoteIn(Schema):
    """A private note at a step: only its writer can read it."""

    step: str = Field(max_length=60)
    text: str = Field(max_length=4000)


class SeatOut(Schema):
    """A chair; ``seat`` is how asks name it."""

    seat: str
    name: str
    roles: list[str]
    state: str


class MeetingOut(Schema):
    """A meeting as far as its existence may be known; the code only for who may change it."""

    id: int
    title: str
    team: int
    protocol: str
    starts_at: datetime
    minutes: int
    place: str
    state: str
    mode: str
    version: int
    code: str
    seats: list[SeatOut]
    windows: list[WindowOut] = []


class GuestOut(Schema):
    """What a guest needs: the meeting and a pass to send as a bearer token."""

    meeting: int
    seat: str
    token: str


class DoneOut(Schema):
    """``number``: of the last lasting event. ``refused``: code and plain words, nothing changed."""

    number: int
    refused: dict[str, Any] | None = None


class ScreenOut(Schema):
    """What this seat may know: ``view`` is shared by its kind of seat, ``mine`` only its own."""

    number: int
    seat: str
    view: dict[str, Any]
    mine: dict[str, Any]
    names: dict[str, str]


class ItemOut(Schema):
    """One harvested item."""

    type: str
    text: str
    fields: dict[str, Any]
    visibility: str
