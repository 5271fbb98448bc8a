"""What is asked of the step going on: turns, cards, groups, choosing, rating, assent."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Ask, InStep, Ref, Short, Words


class EndTurn(InStep):
    """I have spoken. With the talking piece, ``to`` may be any seat; a moderator may always move it."""

    kind: Literal["end_turn"] = "end_turn"
    to: Ref | None = None


class PassTurn(InStep):
    """I pass. Neutral; offered once more at the end."""

    kind: Literal["pass_turn"] = "pass_turn"


class PostponeTurn(InStep):
    """I speak later: my place is now at the end."""

    kind: Literal["postpone_turn"] = "postpone_turn"


class GiveTurn(InStep):
    """A moderator gives somebody the turn."""

    kind: Literal["give_turn"] = "give_turn"
    seat: Ref
    by = "moderator"
    parked_may = True


class Contribute(InStep):
    """Put a text on the table. ``for_circle``: a moderator or scribe writes what the group says."""

    kind: Literal["contribute"] = "contribute"
    text: Words
    for_circle: bool = False


class EditCard(Ask):
    """Say it differently."""

    kind: Literal["edit_card"] = "edit_card"
    card: Ref
    text: Words


class RemoveCard(Ask):
    """Take a card off the table."""

    kind: Literal["remove_card"] = "remove_card"
    card: Ref


class RestoreCard(Ask):
    """Put a removed card back."""

    kind: Literal["restore_card"] = "restore_card"
    card: Ref


class Reveal(InStep):
    """Show everything at once. It cannot be hidden again, so it must be confirmed."""

    kind: Literal["reveal"] = "reveal"
    confirmed: bool = False
    by = "moderator"
    parked_may = True


class ShowMine(InStep):
    """Show my own cards with my name (the way out when there are too few authors)."""

    kind: Literal["show_mine"] = "show_mine"


class Place(InStep):
    """My number on the scale; none takes it away."""

    kind: Literal["place"] = "place"
    value: Annotated[int, Field(ge=0, le=10)] | None


class Draw(InStep):
    """Make the groups or tables anew, by chance; confirmed, because the old ones are gone then."""

    kind: Literal["draw"] = "draw"
    confirmed: bool = False
    by = "moderator"
    parked_may = True


class SetHost(InStep):
    """Somebody else hosts this table (counted from 0)."""

    kind: Literal["set_host"] = "set_host"
    table: int = Field(ge=0)
    seat: Ref


class Pick(InStep):
    """This card goes on; with ``picked`` false it does not."""

    kind: Literal["pick"] = "pick"
    card: Ref
    picked: bool = True


class PutTogether(InStep):
    """This card belongs under another one; without ``under`` it lies by itself again."""

    kind: Literal["put_together"] = "put_together"
    card: Ref
    under: Ref | None = None


class Rate(InStep):
    """One of the step's words for a card; none takes it away."""

    kind: Literal["rate"] = "rate"
    card: Ref
    choice: Ref | None


class Agree(InStep):
    """I can live with this and work on it."""

    kind: Literal["agree"] = "agree"
    card: Ref


class Object(InStep):
    """No, because … The sentence opens again."""

    kind: Literal["object"] = "object"
    card: Ref
    because: Short = ""


class Reword(InStep):
    """Another sentence; everybody is asked again."""

    kind: Literal["reword"] = "reword"
    card: Ref
    text: Words


class Settle(InStep):
    """The circle said yes aloud; with ``settled`` false the sentence opens again."""

    kind: Literal["settle"] = "settle"
    card: Ref
    settled: bool = True
    by = "moderator"
    parked_may = True


class Vote(InStep):
    """What I think of a statement; none takes it back. Nobody ever reads whose vote it was."""

    kind: Literal["vote"] = "vote"
    card: Ref
    vote: Literal["agree", "disagree", "pass"] | None


class Stand(InStep):
    """From which place I look (one of the step's choices); none: I would rather not say."""

    kind: Literal["stand"] = "stand"
    choice: Ref | None


class Hold(InStep):
    """A moderator holds a statement back, visibly and with a reason; no reason lets it go."""

    kind: Literal["hold"] = "hold"
    card: Ref
    reason: Literal["names", "insult", "client", "double", "unclear"] | None
    by = "moderator"
    parked_may = True


class CountHands(InStep):
    """Votes that were counted in the room (raised hands, paper sheets); again puts it right."""

    kind: Literal["count_hands"] = "count_hands"
    card: Ref
    agree: Annotated[int, Field(ge=0, le=5000)] = 0
    disagree: Annotated[int, Field(ge=0, le=5000)] = 0
    passed: Annotated[int, Field(ge=0, le=5000)] = 0


class Redraw(InStep):
    """Draw the map anew if enough changed. Made by the clock of the room, never by a person."""

    kind: Literal["redraw"] = "redraw"
    by = "inside"
    parked_may = True


class FinishMap(InStep):
    """Stop voting and show the last map. The single votes are destroyed, so it is confirmed."""

    kind: Literal["finish_map"] = "finish_map"
    confirmed: bool = False
    by = "moderator"
    parked_may = True
