"""What every ask has in common, and how text from people is cleaned."""

import unicodedata
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _clean(text: str) -> str:
    """NFC, without control and bidi characters (safety §5), trimmed."""
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNWANTED).strip()


def _filled(text: str) -> str:
    text = _clean(text)
    if not text:
        raise ValueError("empty text")
    return text


_UNWANTED = ("Cc", "Cf", "Cs", "Co", "Cn")
Words = Annotated[str, Field(max_length=2000), AfterValidator(_filled)]
Short = Annotated[str, Field(max_length=400), AfterValidator(_clean)]
Ref = Annotated[str, Field(min_length=1, max_length=60)]


class Ask(BaseModel):
    """Base of every ask.

    ``by``: who may ask it at all. ``when``: at which stage. ``in_step``: only steps of a kind that
    answers it. ``parked_may``: also a parked seat (it can always leave or ask for a pause).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    by: ClassVar[Literal["moderator", "anyone", "inside"]] = "anyone"
    when: ClassVar[frozenset[str]] = frozenset({"running"})
    in_step: ClassVar[bool] = False
    parked_may: ClassVar[bool] = False

    @property
    def data(self) -> dict[str, Any]:
        """The ask without its kind, as plain JSON."""
        return self.model_dump(mode="json", exclude={"kind"})


class Leads(Ask):
    """Asked by a moderator."""

    by = "moderator"
    parked_may = True


class InStep(Ask):
    """Answered by the step going on. ``visit`` is the visit the person was looking at."""

    in_step = True
    visit: Ref | None = None


ALWAYS = frozenset({"waiting", "running"})
