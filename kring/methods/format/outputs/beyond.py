"""What a circle asks of, promises or explains to people outside it."""

from kring.methods.format.outputs.kinds import OutputField, OutputType, Word, both

ANSWER_WORDS = (
    Word(id="yes", text=both("ja", "yes")),
    Word(id="no", text=both("nee, want …", "no, because …")),
    Word(id="unknown", text=both("weten we nog niet", "we do not know yet")),
)
"""The three honest answers to a question from the hall (methods 2.6, 3.2)."""

SIGNAL = OutputType(
    id="signal",
    title=both("Signaal", "Signal"),
    plural=both("Signalen", "Signals"),
    explanation=both(
        "Iets wat we zien of voelen en dat aandacht vraagt. Er staat geen persoon in.",
        "Something we see or feel that asks for attention. It names no person.",
    ),
    fields=(
        OutputField(
            id="what",
            label=both("Wat zien of voelen we?", "What do we see or feel?"),
            required=True,
            summary=True,
            hint=both("Noem geen persoon.", "Do not name a person."),
        ),
        OutputField(
            id="about",
            label=both(
                "Over welke belofte of afspraak gaat het?",
                "Which promise or agreement is it about?",
            ),
        ),
        OutputField(id="since", label=both("Sinds wanneer?", "Since when?"), kind="line"),
        OutputField(id="asks", label=both("Wat vraagt het?", "What does it ask?")),
    ),
)

HELP_REQUEST = OutputType(
    id="help_request",
    title=both("Hulpvraag", "Request for help"),
    plural=both("Hulpvragen", "Requests for help"),
    explanation=both(
        "Een vraag aan een ander team, een netwerk of de leiding. Het is geen klacht.",
        "A question to another team, a network or management. It is not a complaint.",
    ),
    fields=(
        OutputField(
            id="question",
            label=both("Wat vragen we?", "What do we ask?"),
            required=True,
            summary=True,
        ),
        OutputField(id="to_whom", label=both("Aan wie?", "To whom?"), kind="line", required=True),
        OutputField(id="what_for", label=both("Waarvoor?", "What for?")),
        OutputField(id="until", label=both("Tot wanneer?", "Until when?"), kind="date"),
    ),
)

DECISION = OutputType(
    id="decision",
    title=both("Besluit", "Decision"),
    plural=both("Besluiten", "Decisions"),
    explanation=both(
        "Wat is besloten, waarom, en wat er met elke inbreng is gedaan.",
        "What was decided, why, and what was done with every input.",
    ),
    fields=(
        OutputField(
            id="decision",
            label=both("Wat is het besluit?", "What is the decision?"),
            required=True,
            summary=True,
        ),
        OutputField(
            id="reasons", label=both("Wat zijn de redenen?", "What are the reasons?"), required=True
        ),
        OutputField(
            id="replies",
            label=both("Wat deden we met elke inbreng?", "What did we do with every input?"),
        ),
        OutputField(
            id="expectations",
            label=both(
                "Wat verwachten we van wie, en wat mag je van ons verwachten?",
                "What do we expect of whom, and what may you expect of us?",
            ),
        ),
        OutputField(
            id="evaluate_on",
            label=both("Wanneer kijken we terug?", "When do we look back?"),
            kind="date",
            required=True,
        ),
    ),
)

PROMISE = OutputType(
    id="promise",
    title=both("Belofte", "Promise"),
    plural=both("Beloften", "Promises"),
    explanation=both(
        "Gedrag dat iemand belooft, en waaraan anderen het merken.",
        "Behaviour that somebody promises, and how others notice it.",
    ),
    fields=(
        OutputField(
            id="behaviour",
            label=both("Wat beloof je te doen?", "What do you promise to do?"),
            required=True,
            summary=True,
        ),
        OutputField(id="by_whom", label=both("Wie belooft het?", "Who promises it?"), kind="seat"),
        OutputField(id="to_whom", label=both("Aan wie?", "To whom?"), kind="line", required=True),
        OutputField(
            id="how_noticed",
            label=both("Waaraan is het te merken?", "How can it be noticed?"),
            required=True,
        ),
        OutputField(
            id="test_on", label=both("Wanneer toetsen we het?", "When do we test it?"), kind="date"
        ),
    ),
    statuses=(
        Word(id="kept", text=both("gehouden", "kept")),
        Word(id="sharpened", text=both("scherper gemaakt", "sharpened")),
        Word(id="withdrawn", text=both("ingetrokken", "withdrawn")),
    ),
)

SKILL_NEED = OutputType(
    id="skill_need",
    title=both("Vaardigheidswens", "Skill to learn"),
    plural=both("Vaardigheidswensen", "Skills to learn"),
    explanation=both(
        "Wat je wilt kunnen. We tellen de wensen zonder naam.",
        "What you want to be able to do. Wishes are counted without names.",
    ),
    fields=(
        OutputField(
            id="what",
            label=both("Wat wil je kunnen?", "What do you want to be able to do?"),
            required=True,
            summary=True,
        ),
        OutputField(id="what_for", label=both("Waarvoor?", "What for?")),
        OutputField(
            id="how",
            label=both("Hoe oefen je het liefst?", "How do you like to practise?"),
        ),
    ),
)

PROTOTYPE = OutputType(
    id="prototype",
    title=both("Prototype", "Prototype"),
    plural=both("Prototypes", "Prototypes"),
    explanation=both(
        "Iets kleins dat we proberen, met een begin en een eind.",
        "Something small that we try, with a beginning and an end.",
    ),
    fields=(
        OutputField(
            id="what",
            label=both("Wat proberen we?", "What do we try?"),
            required=True,
            summary=True,
        ),
        OutputField(id="where", label=both("Waar?", "Where?"), kind="line"),
        OutputField(id="how_long", label=both("Hoe lang?", "For how long?"), kind="line"),
        OutputField(
            id="how_noticed",
            label=both("Waaraan zien we dat het helpt?", "How do we see that it helps?"),
        ),
    ),
    statuses=(
        Word(id="idea", text=both("idee", "idea")),
        Word(id="trying", text=both("we proberen het", "trying")),
        Word(id="works_here", text=both("werkt hier", "works here")),
        Word(
            id="stopped_learned",
            text=both("gestopt, wel van geleerd", "stopped, learned from it"),
        ),
    ),
)

QUESTION = OutputType(
    id="question",
    title=both("Vraag", "Question"),
    plural=both("Vragen", "Questions"),
    explanation=both(
        "Een vraag die op antwoord wacht. Ze blijft zichtbaar tot er antwoord is.",
        "A question that waits for a reply. It stays visible until there is one.",
    ),
    fields=(
        OutputField(
            id="question", label=both("De vraag", "The question"), required=True, summary=True
        ),
        OutputField(id="to_whom", label=both("Aan wie?", "To whom?"), kind="line", required=True),
        OutputField(
            id="word",
            label=both("Kort", "In short"),
            kind="choice",
            choices=ANSWER_WORDS,
        ),
        OutputField(id="by", label=both("Wie antwoordt?", "Who answers?"), kind="seat"),
        OutputField(id="answer", label=both("Antwoord", "Answer")),
        OutputField(id="answer_by", label=both("Antwoord vóór", "Answer before"), kind="date"),
        OutputField(id="answered_on", label=both("Beantwoord op", "Answered on"), kind="date"),
    ),
)

URGENCY = OutputType(
    id="urgency",
    title=both("Urgentietekst", "Urgency text"),
    plural=both("Urgentieteksten", "Urgency texts"),
    explanation=both(
        "Een paar zinnen die aan iedereen uitleggen waarom, waarom nu, en wat we nog niet weten.",
        "A few sentences that explain to everybody why, why now, and what we do not know yet.",
    ),
    fields=(
        OutputField(
            id="why",
            label=both("Waarom, en waarom nu?", "Why, and why now?"),
            required=True,
            summary=True,
        ),
        OutputField(
            id="against",
            label=both(
                "Wat pleit ertegen, of kan wachten?", "What argues against it, or can wait?"
            ),
            required=True,
        ),
        OutputField(
            id="unknown",
            label=both("Wat weten we nog niet?", "What do we not know yet?"),
            required=True,
        ),
    ),
)

TABLE_LIST = OutputType(
    id="table_list",
    title=both("Wat de tafels zeiden", "What the tables said"),
    plural=both("Wat de tafels zeiden", "What the tables said"),
    explanation=both(
        "Wat een grote groep samen over iets zei, in haar eigen woorden.",
        "What a large group said about something together, in its own words.",
    ),
    fields=(
        OutputField(
            id="about",
            label=both("Waarover?", "About what?"),
            kind="line",
            required=True,
            summary=True,
        ),
        OutputField(id="lines", label=both("Wat er staat", "What it says"), required=True),
    ),
)

EXPECTATION = OutputType(
    id="expectation",
    title=both("Verwachting", "Expectation"),
    plural=both("Verwachtingen", "Expectations"),
    explanation=both(
        "Wat de een van de ander vraagt, en wat daarop het antwoord is.",
        "What one asks of the other, and what the reply to that is.",
    ),
    fields=(
        OutputField(
            id="what", label=both("Wat vragen we?", "What do we ask?"), required=True, summary=True
        ),
        OutputField(id="of_whom", label=both("Van wie?", "Of whom?"), kind="line"),
        OutputField(
            id="word",
            label=both("Kort", "In short"),
            kind="choice",
            choices=ANSWER_WORDS,
        ),
        OutputField(id="by", label=both("Wie antwoordt?", "Who answers?"), kind="seat"),
        OutputField(id="reply", label=both("Antwoord", "Reply")),
        OutputField(id="reply_by", label=both("Antwoord vóór", "Reply before"), kind="date"),
    ),
)
