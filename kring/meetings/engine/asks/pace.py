"""What is asked of a meeting that is spread over days, and of one that was held on paper."""

from typing import Annotated, Literal

from pydantic import Field

from .base import ALWAYS, Ask, Ref, Words
from .harvest import Released

Values = dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")], Words | None]


class Look(Ask):
    """I have seen what is open now: no reminder is needed. Nobody sees it, and it goes at close."""

    kind: Literal["look"] = "look"
    visit: Ref


class TurnPage(Ask):
    """Over days: the window going on closes, and ``step`` opens; without a step that was the last."""

    kind: Literal["turn_page"] = "turn_page"
    step: Ref | None = None
    by = "inside"
    when = ALWAYS


class HarvestPaper(Ask):
    """What the circle let out of a meeting held on paper: asked aloud, nobody said no (A9).

    ``seats``: for fields that name somebody, the chair of whoever chose that themselves.
    """

    kind: Literal["harvest_paper"] = "harvest_paper"
    output: Ref
    fields: Values
    seats: dict[Ref, Ref] = Field(default_factory=dict)
    visibility: Released
    asked_aloud: bool = False
    by = "inside"


class TakeBackPaper(Ask):
    """Something that was entered from paper comes back inside, until the meeting closes."""

    kind: Literal["take_back_paper"] = "take_back_paper"
    item: Ref
    by = "inside"
