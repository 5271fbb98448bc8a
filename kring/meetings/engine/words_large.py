"""Why something cannot be done in a large group now; see :mod:`.words`."""

LARGE: dict[str, tuple[str, str]] = {
    "enough_of_table": (
        "Jullie tafel heeft hier genoeg staan. Kies samen: pas er een aan, of haal er een weg.",
        "Your table has enough here. Choose together: change one, or take one away.",
    ),
    "no_such_column": (
        "Dat vak staat niet op het scherm. Kies een vak en een woord die er staan.",
        "That column is not on the screen. Choose a column and a word that are.",
    ),
    "not_under_that": (
        "Leg alleen teksten uit hetzelfde vak bij elkaar, en niet onder iets wat zelf ergens onder "
        "ligt.",
        "Only put texts of the same column together, and not under one that lies under another.",
    ),
    "confirm_list": (
        "Vraag hardop: mag deze lijst de kring uit? Wie een tekst liever hier houdt, kan dat op het "
        "eigen scherm doen, zonder reden. Bevestig daarna.",
        "Ask aloud: may this list leave the circle? Whoever would rather keep a text here can do "
        "that on their own screen, without a reason. Then confirm.",
    ),
    "empty_list": (
        "Hier staat nog niets dat mee kan.",
        "There is nothing here yet that can go along.",
    ),
    "too_few_in_box": (
        "Er schreven te weinig mensen om de doos te openen: je raadt dan wie het was. Wacht nog "
        "even, of stel je vraag via je tafel.",
        "Too few people wrote to open the box: one could guess who it was. Wait a little longer, or "
        "ask your question through your table.",
    ),
    "no_box": (
        "Bij dit onderdeel is geen doos. Zeg het aan je tafel.",
        "There is no box in this part. Say it at your table.",
    ),
    "sit_first": (
        "Zeg eerst aan welke tafel je zit.",
        "First say at which table you sit.",
    ),
    "say_why": (
        "Een nee heeft een reden. Schrijf erbij waarom.",
        "A no has a reason. Write why.",
    ),
    "say_when": (
        "Weten we het nog niet? Zeg dan vóór welke dag er antwoord komt.",
        "Not known yet? Then say before which day the answer comes.",
    ),
    "say_promise": (
        "Een belofte is gedrag dat je kunt zien. Schrijf wat je doet, waaraan anderen het merken, "
        "en wanneer we het toetsen.",
        "A promise is behaviour one can see. Write what you do, how others notice it, and when we "
        "test it.",
    ),
}
