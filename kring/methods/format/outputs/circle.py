"""What a circle takes home: agreement, working factor, story, effect, norm, scale point."""

from kring.methods.format.outputs.kinds import OutputField, OutputType, Word, both

UNRECOGNISABLE = both(
    "Zo vertellen dat niemand herkent wie het is.", "Tell it so that nobody recognises who it is."
)

AGREEMENT = OutputType(
    id="agreement",
    title=both("Afspraak", "Agreement"),
    plural=both("Afspraken", "Agreements"),
    explanation=both(
        "Gedrag dat je kunt zien en dat iemand zelf op zich neemt. We kijken samen terug.",
        "Behaviour you can see and that somebody takes on by choice. We look back together.",
    ),
    fields=(
        OutputField(
            id="what",
            label=both("Wat spreken we af?", "What do we agree?"),
            required=True,
            summary=True,
            hint=both(
                "Schrijf wat je iemand ziet doen. Wat wél, niet wat niet.",
                "Write what you see somebody do. What we do, not what we avoid.",
            ),
        ),
        OutputField(
            id="who",
            label=both("Wie neemt dit op zich?", "Who takes this on?"),
            kind="seat",
            hint=both(
                "Je kiest dit voor jezelf. Niemand wijst een ander aan.",
                "You choose this for yourself. Nobody appoints another.",
            ),
        ),
        OutputField(
            id="when", label=both("Wanneer doen we het?", "When do we do it?"), kind="line"
        ),
        OutputField(
            id="how_noticed",
            label=both("Hoe merken we het?", "How do we notice?"),
            hint=both("Wie merkt het als eerste, en waaraan?", "Who notices first, and by what?"),
        ),
        OutputField(
            id="look_back_on",
            label=both("Wanneer kijken we terug?", "When do we look back?"),
            kind="date",
            required=True,
        ),
        OutputField(
            id="rhythm_days",
            label=both("Hoe vaak kijken we daarna terug?", "How often do we look back after that?"),
            kind="days",
        ),
        OutputField(
            id="bell_ringer",
            label=both(
                "Wie luidt de bel als het stilvalt?", "Who rings the bell if it goes silent?"
            ),
            kind="seat",
        ),
    ),
    statuses=(
        Word(id="running", text=both("loopt", "running")),
        Word(id="not_yet", text=both("loopt nog niet", "not running yet")),
        Word(id="adapted", text=both("aangepast", "adapted")),
        Word(id="no_longer_needed", text=both("niet meer nodig", "no longer needed")),
    ),
)

WORKING_FACTOR = OutputType(
    id="working_factor",
    title=both("Werkzame factor", "Working factor"),
    plural=both("Werkzame factoren", "Working factors"),
    explanation=both(
        "Iets wat hielp, en waardoor. Het gaat over wat iemand deed en wat het mogelijk maakte, "
        "niet over een cliënt.",
        "Something that helped, and why. About what somebody did and what made it possible, "
        "not about a client.",
    ),
    fields=(
        OutputField(
            id="what_helped",
            label=both("Wat hielp?", "What helped?"),
            required=True,
            summary=True,
            hint=UNRECOGNISABLE,
        ),
        OutputField(id="why", label=both("Waardoor werkte het?", "Why did it work?")),
        OutputField(
            id="where_else",
            label=both("Waar is het nog meer te gebruiken?", "Where else could it be used?"),
        ),
    ),
)

STORY = OutputType(
    id="story",
    title=both("Verhaal", "Story"),
    plural=both("Verhalen", "Stories"),
    explanation=both(
        "Een moment waar anderen van kunnen leren. Wie herkenbaar is, zegt eerst ja.",
        "A moment others can learn from. Whoever can be recognised says yes first.",
    ),
    fields=(
        OutputField(
            id="title", label=both("Titel", "Title"), kind="line", required=True, summary=True
        ),
        OutputField(
            id="situation",
            label=both("Wat was er aan de hand?", "What was going on?"),
            hint=UNRECOGNISABLE,
        ),
        OutputField(id="what_we_did", label=both("Wat deden we?", "What did we do?")),
        OutputField(id="what_happened", label=both("Wat gebeurde er?", "What happened?")),
        OutputField(id="what_we_learn", label=both("Wat leren we?", "What do we learn?")),
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

EFFECT = OutputType(
    id="effect",
    title=both("Effect", "Effect"),
    plural=both("Effecten", "Effects"),
    explanation=both(
        "Wat iemand merkt. Alleen wie het zelf merkte, zegt het.",
        "What somebody notices. Only the one who noticed it says it.",
    ),
    fields=(
        OutputField(
            id="what",
            label=both("Wat merk je?", "What do you notice?"),
            required=True,
            summary=True,
        ),
        OutputField(id="by_what", label=both("Waaraan merk je dat?", "By what do you notice it?")),
    ),
)

RESPECT_WORDS = (
    Word(id="fits", text=both("past", "fits")),
    Word(id="not_yet", text=both("past nog niet", "does not fit yet")),
    Word(id="unknown", text=both("weten we niet", "we do not know")),
)

NORM = OutputType(
    id="norm",
    title=both("Omgangsafspraak", "Rule of conduct"),
    plural=both("Omgangsafspraken", "Rules of conduct"),
    explanation=both(
        "Hoe we hier wél met elkaar omgaan. Geldt voor iedereen, ook voor wie leidt.",
        "How we do treat each other here. It holds for everybody, also for whoever leads.",
    ),
    fields=(
        OutputField(
            id="sentence",
            label=both("De zin", "The sentence"),
            required=True,
            summary=True,
            hint=both("Hier … we … (wat je wél wilt zien)", "Here we … (what you do want to see)"),
        ),
        OutputField(id="example", label=both("Een voorbeeld", "An example")),
        OutputField(
            id="respect_self",
            label=both("Respect voor jezelf", "Respect for yourself"),
            kind="choice",
            choices=RESPECT_WORDS,
        ),
        OutputField(
            id="respect_other",
            label=both("Respect voor de ander", "Respect for the other"),
            kind="choice",
            choices=RESPECT_WORDS,
        ),
        OutputField(
            id="respect_surroundings",
            label=both("Respect voor de omgeving", "Respect for the surroundings"),
            kind="choice",
            choices=RESPECT_WORDS,
        ),
        OutputField(
            id="when_it_goes_wrong",
            label=both("Wat doen we als het misgaat?", "What do we do when it goes wrong?"),
        ),
        OutputField(
            id="look_back_on",
            label=both("Wanneer kijken we terug?", "When do we look back?"),
            kind="date",
        ),
    ),
)

SCALE_POINT = OutputType(
    id="scale_point",
    title=both("Schaalpunt", "Scale point"),
    plural=both("Schaalpunten", "Scale points"),
    explanation=both(
        "Waar het team zichzelf ziet staan, in eigen woorden. Wordt nooit met een ander team "
        "vergeleken.",
        "Where the team sees itself, in its own words. Never compared with another team.",
    ),
    fields=(
        OutputField(
            id="theme",
            label=both("Waar gaat het over?", "What is it about?"),
            kind="line",
            required=True,
            summary=True,
        ),
        OutputField(id="low", label=both("0 betekent", "0 means"), kind="line", required=True),
        OutputField(id="high", label=both("10 betekent", "10 means"), kind="line", required=True),
        OutputField(
            id="number", label=both("Ons getal", "Our number"), kind="scale", required=True
        ),
        OutputField(
            id="one_higher", label=both("Eén hoger ziet er zo uit", "One higher looks like this")
        ),
    ),
)
