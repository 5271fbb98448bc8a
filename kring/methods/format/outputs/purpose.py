"""What leaders, makers and learners bring forth in working from purpose (reference B5, D9)."""

from kring.methods.format.outputs.kinds import OutputField, OutputType, Word, both

INTERVENTION = OutputType(
    id="intervention",
    title=both("Interventie", "Intervention"),
    plural=both("Interventies", "Interventions"),
    explanation=both(
        "Wat leidinggevenden doen om te helpen, met een eind. Ze nemen niets over.",
        "What leaders do to help, with an end to it. They take nothing over.",
    ),
    fields=(
        OutputField(
            id="what",
            label=both("Wat doen we?", "What do we do?"),
            required=True,
            summary=True,
        ),
        OutputField(
            id="because_of",
            label=both("Op welk signaal is dit een antwoord?", "Which signal does this answer?"),
        ),
        OutputField(
            id="whose",
            label=both("Van wie is dit al? Wie is ermee bezig?", "Whose is it? Who is on it?"),
            kind="line",
        ),
        OutputField(
            id="owner",
            label=both("Wie van ons neemt dit op zich?", "Who of us takes this on?"),
            kind="seat",
            hint=both(
                "Je kiest dit voor jezelf. Niemand wijst een ander aan.",
                "You choose this for yourself. Nobody appoints another.",
            ),
        ),
        OutputField(
            id="manner",
            label=both("Inspireren of organiseren?", "Inspire or organise?"),
            kind="choice",
            choices=(
                Word(id="inspire", text=both("inspireren", "inspire")),
                Word(id="organise", text=both("organiseren", "organise")),
                Word(id="both", text=both("allebei een beetje", "a bit of both")),
            ),
        ),
        OutputField(
            id="until", label=both("Tot wanneer?", "Until when?"), kind="date", required=True
        ),
        OutputField(
            id="how_noticed",
            label=both("Hoe merken we het?", "How do we notice?"),
            hint=both("Wie merkt het als eerste?", "Who notices first?"),
        ),
        OutputField(
            id="let_go_when",
            label=both("Wanneer laten we het los?", "When do we let it go?"),
        ),
    ),
)

SKILL_OFFER = OutputType(
    id="skill_offer",
    title=both("Aanbod", "Offer"),
    plural=both("Aanbod", "Offers"),
    explanation=both(
        "Waar je een ander over kunt vertellen. Je zegt het zelf en haalt het weg wanneer je wilt.",
        "What you can tell others about. You say it yourself and take it away when you like.",
    ),
    fields=(
        OutputField(
            id="what",
            label=both("Waar kun je iets over vertellen?", "What can you tell about?"),
            required=True,
            summary=True,
        ),
        OutputField(id="who", label=both("Wie biedt het aan?", "Who offers it?"), kind="seat"),
        OutputField(
            id="how",
            label=both("Hoe kan iemand je vragen?", "How can someone ask you?"),
            kind="line",
            hint=both(
                "Bijvoorbeeld: loop een ochtend mee, of bel me.",
                "For example: come along one morning, or call me.",
            ),
        ),
    ),
)

RECIPE = OutputType(
    id="recipe",
    title=both("Recept", "Recipe"),
    plural=both("Recepten", "Recipes"),
    explanation=both(
        "Het deel van een verhaal waar een ander maandag mee kan beginnen.",
        "The part of a story that somebody else can start with on Monday.",
    ),
    fields=(
        OutputField(
            id="title", label=both("Titel", "Title"), kind="line", required=True, summary=True
        ),
        OutputField(id="for_whom", label=both("Voor wie is dit?", "For whom is this?")),
        OutputField(
            id="situation",
            label=both("Wat was er aan de hand?", "What was going on?"),
            hint=both(
                "Zo vertellen dat niemand herkent wie het is.",
                "Tell it so that nobody recognises who it is.",
            ),
        ),
        OutputField(id="what_we_did", label=both("Wat deden we?", "What did we do?")),
        OutputField(
            id="core",
            label=both("Wat hielp? Dit is de kern.", "What helped? This is the core."),
            required=True,
        ),
        OutputField(id="adaptable", label=both("Wat mag je aanpassen?", "What may you change?")),
        OutputField(id="went_wrong", label=both("Waar ging het mis?", "Where did it go wrong?")),
        OutputField(id="needed", label=both("Wat heb je nodig?", "What do you need?")),
        OutputField(
            id="consent",
            label=both(
                "Zijn er mensen herkenbaar, en zeiden zij ja?",
                "Can people be recognised, and did they say yes?",
            ),
            kind="choice",
            choices=(
                Word(id="nobody", text=both("niemand is herkenbaar", "nobody can be recognised")),
                Word(id="said_yes", text=both("zij zeiden ja", "they said yes")),
                Word(id="to_ask", text=both("moeten we nog vragen", "still to be asked")),
            ),
        ),
    ),
)
