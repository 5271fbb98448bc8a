"""One line that says who sees what you enter, and until when."""

from kring.methods.format.shapes import Record, Step, Visibility

from .views import Say

_SEES: dict[Visibility, tuple[str, str]] = {
    Visibility.NOBODY: ("Hier schrijven we niets op.", "Nothing is written down here."),
    Visibility.AUTHOR: ("Alleen jij ziet dit.", "Only you see this."),
    Visibility.CIRCLE_NAMED_AFTER_REVEAL: (
        "Alleen jij ziet dit, tot we alles tegelijk laten zien. Dan staat je naam erbij.",
        "Only you see this until we show everything at once. Then your name is with it.",
    ),
    Visibility.CIRCLE_UNNAMED_AFTER_REVEAL: (
        "Alleen jij ziet dit, tot we alles tegelijk laten zien. Zonder naam; de groep kan het "
        "soms raden.",
        "Only you see this until we show everything at once. Without name; the group may "
        "sometimes guess.",
    ),
    Visibility.CIRCLE: ("Deze kring ziet dit, zonder je naam.", "This circle sees it, unnamed."),
    Visibility.TEAM: ("Het team mag dit zien.", "The team may see this."),
    Visibility.STEERING: ("De kerngroep mag dit zien.", "The core group may see this."),
    Visibility.ORGANISATION: (
        "De hele organisatie mag dit zien.",
        "The whole organisation may see this.",
    ),
}
_UNTIL: dict[Record, tuple[str, str]] = {
    Record.NOTHING: ("", ""),
    Record.EPHEMERAL: ("Na afloop is het weg.", "After the meeting it is gone."),
    Record.PRIVATE: ("Je kunt het altijd weggooien.", "You can always throw it away."),
    Record.CIRCLE: (
        "Het blijft zes weken bij deze kring. Dan is het weg.",
        "It stays with this circle for six weeks. Then it is gone.",
    ),
    Record.HARVEST: (
        "Alleen wat jullie samen oogsten, gaat de kring uit.",
        "Only what you harvest together leaves the circle.",
    ),
}


_QUIET = (
    "Alleen waar ieder die het aangaat ja op zegt, blijft bewaard, voor jullie alleen.",
    "Only what everyone concerned says yes to is kept, for you alone.",
)


def privacy(step: Step, *, quiet: bool = False) -> Say:
    """The line for a step; ``quiet``: of a talk that lives in memory only."""
    sees, until = _SEES[step.visibility], _UNTIL[step.record]
    if quiet and step.record is Record.CIRCLE:
        until = _QUIET
    if step.visibility == Visibility.NOBODY:
        until = ("", "")
    return {"nl": f"{sees[0]} {until[0]}".strip(), "en": f"{sees[1]} {until[1]}".strip()}
