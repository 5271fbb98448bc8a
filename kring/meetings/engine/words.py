"""Why something cannot be done now, in plain Dutch (B1) and English, with what to do instead."""

from kring.methods.format.shapes import Text

from .shape import Refused
from .words_large import LARGE

NO: dict[str, tuple[str, str]] = {
    **LARGE,
    # --- who and when
    "not_here": (
        "Je zit nog niet in deze kring. Schuif eerst aan met de code van je begeleider.",
        "You are not in this circle yet. Join first, with the code of your moderator.",
    ),
    "not_moderator": (
        "Dit doet de begeleider. Vraag het gerust in de kring.",
        "The moderator does this. Feel free to ask in the circle.",
    ),
    "inside_only": (
        "Dit kan niet vanaf een apparaat. Gebruik de knoppen op de pagina van de bijeenkomst.",
        "This cannot be asked from a device. Use the buttons on the meeting page.",
    ),
    "not_started": (
        "We zijn nog niet begonnen. Wacht even tot de begeleider start.",
        "We have not started yet. Wait a moment until the moderator starts.",
    ),
    "closed": (
        "Deze bijeenkomst is afgesloten. Wat is geoogst, vind je bij het team.",
        "This meeting is closed. What was harvested is with the team.",
    ),
    "parked": (
        "Je staat even in de parkeerstand: luister maar. Straks ben jij weer aan het woord.",
        "You are parked for a moment: just listen. You will have the floor again soon.",
    ),
    "wrong_step": (
        "Dat hoort niet bij dit onderdeel. Kijk op je scherm wat we nu doen.",
        "That is not part of this step. Look at your screen to see what we do now.",
    ),
    "moved_on": (
        "De kring is al verder. Wat je schreef, staat nog op je scherm. Vraag de begeleider om "
        "even terug te gaan als het erbij moet.",
        "The circle has moved on. What you wrote is still on your screen. Ask the moderator to go "
        "back if it should be added.",
    ),
    "no_such_seat": (
        "Die stoel is er niet of is leeg. Kies iemand die nu in de kring zit.",
        "That seat does not exist or is empty. Choose somebody who is in the circle now.",
    ),
    "no_manager": (
        "Bij deze werkvorm doet de leidinggevende niet mee. Spreek samen af wie begeleidt.",
        "Managers do not take part in this kind of meeting. Agree together who moderates.",
    ),
    "by_the_clock": (
        "Dit gesprek loopt over dagen: elk deel opent en sluit vanzelf. De dagen verander je op de "
        "pagina van het gesprek.",
        "This meeting is spread over days: every part opens and closes by itself. Change the days "
        "on the page of the meeting.",
    ),
    "days_over": (
        "Alle delen zijn geweest. De begeleider sluit het gesprek af.",
        "All parts are over. The moderator closes the meeting.",
    ),
    # --- roles
    "no_such_role": (
        "Die rol hoort niet bij deze werkvorm. Kies een rol uit de lijst.",
        "This kind of meeting has no such role. Choose one from the list.",
    ),
    "role_full": (
        "Deze rol is al vergeven. Haal hem eerst bij de ander weg.",
        "This role is taken. Take it from the other person first.",
    ),
    "role_excludes": (
        "Dit gaat niet samen met een rol die deze persoon al heeft. Kies iemand anders.",
        "This does not go together with a role this person has. Choose somebody else.",
    ),
    "last_moderator": (
        "Er moet iemand begeleiden. Geef de begeleiding eerst aan een ander.",
        "Somebody has to moderate. Hand over to another person first.",
    ),
    "seat_order": (
        "In de volgorde moet elke stoel precies één keer staan. Zet de ontbrekende erbij.",
        "Every seat must be in the order exactly once. Add the one that is missing.",
    ),
    # --- the flow
    "last_step": (
        "Dit was het laatste onderdeel. Sluit de bijeenkomst af als jullie klaar zijn.",
        "This was the last step. Close the meeting when you are ready.",
    ),
    "first_step": (
        "Dit is het eerste onderdeel. Er is niets om naar terug te gaan.",
        "This is the first step. There is nothing to go back to.",
    ),
    "core": (
        "Dit is de kern van deze werkvorm: het houdt de kring veilig. Houd het kort als er weinig "
        "tijd is, maar sla het niet over.",
        "This is the core of this kind of meeting: it keeps the circle safe. Keep it short if time "
        "is short, but do not leave it out.",
    ),
    "no_such_phase": (
        "Dat onderdeel staat niet meer voor ons. Kies een onderdeel dat nog komt.",
        "That part is not ahead of us. Choose one that is still to come.",
    ),
    "phase_order": (
        "Zo kan de volgorde niet: zet elk onderdeel dat nog komt er één keer in.",
        "This order does not work: put every part that is still to come in it once.",
    ),
    "core_order": (
        "De kern houdt zijn volgorde. De andere onderdelen kun je wel verschuiven.",
        "The core keeps its order. You can move the other parts.",
    ),
    "needs_earlier": (
        "Een onderdeel werkt met wat jullie eerder opschrijven. Zet het daarna.",
        "A part works with what you write down earlier. Put it after that.",
    ),
    "nothing_to_undo": (
        "Er is niets om ongedaan te maken.",
        "There is nothing to undo.",
    ),
    "no_such_question": (
        "Die vraag staat niet in de lijst van dit onderdeel. Kies er een uit de lijst.",
        "That question is not in the list of this step. Choose one from the list.",
    ),
    "confirm_close": (
        "Bij afsluiten is alles wat niet geoogst is en niet in de kring bewaard wordt, meteen weg. "
        "Dat kan niet terug. Klopt het dat jullie klaar zijn?",
        "When you close, everything that is not harvested and not kept in the circle is gone at "
        "once. This cannot be undone. Are you sure you are done?",
    ),
    "follow_up": (
        "Kies eerst wanneer jullie terugkijken, of zeg dat er geen vervolg nodig is.",
        "First choose when you look back, or say that no follow-up is needed.",
    ),
    "past_day": (
        "Die dag is al geweest. Kies een dag die nog komt.",
        "That day has passed. Choose a day that is still to come.",
    ),
    "pause_quietly": (
        "In zo'n grote groep legt de begeleider het stil. Geef een stil teken, dan weet die het.",
        "In a group this large the moderator calls the pause. Send the quiet signal to tell them.",
    ),
    # --- turns
    "not_your_turn": (
        "Een ander is nu aan het woord. Luister nog even, jij komt ook.",
        "Somebody else has the floor. Listen a little longer, your turn will come.",
    ),
    "no_turns": (
        "Er loopt nu geen rondje. De begeleider kan iemand het woord geven.",
        "There is no round going on. The moderator can give somebody the floor.",
    ),
    "not_in_round": (
        "Deze persoon doet niet mee aan dit rondje. Kies een ander.",
        "This person is not part of this round. Choose somebody else.",
    ),
    # --- cards
    "nothing_entered": (
        "Hier schrijven we niets op. Praat gewoon met elkaar.",
        "Nothing is written down here. Just talk with each other.",
    ),
    "own_note": (
        "Dit is alleen voor jezelf. Schrijf het bij je eigen aantekening.",
        "This is only for yourself. Write it in your own note.",
    ),
    "only_role": (
        "Nu is één persoon aan het woord. Luister mee; straks is er ruimte voor de rest.",
        "One person has the floor now. Listen along; there is room for the others later.",
    ),
    "only_asking": (
        "Nu stelt een deel van de kring vragen. Luister mee; straks is er ruimte voor jou.",
        "Part of the circle asks questions now. Listen along; there is room for you later.",
    ),
    "only_host": (
        "De gastheer of gastvrouw schrijft voor jullie tafel. Zeg het hardop aan tafel.",
        "The host writes for your table. Say it aloud at the table.",
    ),
    "enough_cards": (
        "Je hebt het aantal kaartjes voor dit onderdeel bereikt. Pas er een aan of haal er een weg.",
        "You have used all your cards for this step. Change one, or take one away.",
    ),
    "no_such_card": (
        "Dit kaartje ligt niet op tafel. Misschien heeft iemand het net weggehaald.",
        "This card is not on the table. Perhaps somebody just took it away.",
    ),
    "not_yours": (
        "Dit kaartje is van een ander. Vraag het in de kring, of vraag de begeleider.",
        "This card is somebody else's. Ask in the circle, or ask the moderator.",
    ),
    "revealed": (
        "Alles ligt al open. Met 'nog een keer' begint de begeleider met lege kaartjes.",
        "Everything is already shown. With 'once more' the moderator starts with blank cards.",
    ),
    "not_revealed": (
        "Dit ligt nog dicht. Kijk verder als de begeleider alles laat zien.",
        "This is still face down. Go on when the moderator shows everything.",
    ),
    "nothing_written": (
        "Er is nog niets om te laten zien. Geef mensen nog even, of ga verder.",
        "There is nothing to show yet. Give people a little longer, or go on.",
    ),
    "confirm_reveal": (
        "Iedereen ziet straks alles tegelijk. Dat kan niet meer terug. Is iedereen klaar?",
        "Everybody will see everything at once. This cannot be undone. Is everybody ready?",
    ),
    "too_few": (
        "Er schreven te weinig mensen om zonder naam te laten zien: je raadt dan wie het was. Zeg "
        "het hardop in een rondje, of laat ieder zelf het eigen kaartje tonen, met naam.",
        "Too few people wrote to show this without names: one could guess who it was. Say it aloud "
        "in a round, or let each person show their own card, with their name.",
    ),
    "too_few_numbers": (
        "Er zijn te weinig getallen om te laten zien. Praat er aan tafel over, zonder getal.",
        "There are too few numbers to show. Talk about it at the tables, without a number.",
    ),
    "card_limit": (
        "Er is plaats voor minder kaartjes. Haal er eerst een weg, of leg er twee bij elkaar.",
        "There is room for fewer cards. Take one away first, or put two together.",
    ),
    "not_yet_picked": (
        "Leg een kaartje niet onder zichzelf of onder een kaartje dat zelf al ergens onder ligt.",
        "Do not put a card under itself or under one that already lies under another.",
    ),
    "no_such_choice": (
        "Dat woord hoort niet bij dit onderdeel. Kies een van de woorden op het scherm.",
        "That word is not part of this step. Choose one of the words on the screen.",
    ),
    # --- groups and tables
    "no_groups": (
        "Er zijn nog geen groepjes. De begeleider kan ze maken.",
        "There are no groups yet. The moderator can make them.",
    ),
    "not_at_table": (
        "Deze persoon zit niet aan die tafel. Kies iemand van de tafel zelf.",
        "This person is not at that table. Choose somebody who sits there.",
    ),
    "confirm_draw": (
        "Iedereen komt dan in een ander groepje. Dat kan niet meer terug. Wil je dat?",
        "Everybody will be in another group then. This cannot be undone. Do you want that?",
    ),
    # --- assent
    "someone_objects": (
        "Iemand kan hier nog niet mee leven. Pas de zin samen aan, of laat die persoon zeggen dat "
        "het nu wel kan.",
        "Somebody cannot live with this yet. Change the sentence together, or let that person say "
        "that it is all right now.",
    ),
    "settled": (
        "Over deze zin zijn jullie het eens. De begeleider kan hem weer openen.",
        "You agreed on this sentence. The moderator can open it again.",
    ),
    # --- opinions
    "long_statement": (
        "Maak je zin korter: hoogstens 140 tekens, met één gedachte. Er is nog niets verstuurd.",
        "Make your sentence shorter: at most 140 characters, one thought. Nothing was sent yet.",
    ),
    "same_statement": (
        "Deze zin staat er al. Stem erop, of zeg het anders.",
        "This sentence is already there. Vote on it, or say it differently.",
    ),
    "enough_statements": (
        "Er liggen al heel veel zinnen. Stem eerst op wat er ligt.",
        "There are very many sentences already. First vote on those.",
    ),
    "voted_on": (
        "Er is al over deze zin gestemd, dus de woorden staan vast. Haal hem weg en schrijf een "
        "nieuwe als het anders moet.",
        "People voted on this sentence, so its words are fixed. Take it away and write a new one "
        "if it should change.",
    ),
    "held": (
        "De begeleider houdt deze zin even vast. Schrijf hem anders op, als een nieuwe zin.",
        "The moderator holds this sentence back. Write it differently, as a new sentence.",
    ),
    "votes_done": (
        "Het stemmen is klaar: de kaart staat. Praat erover met elkaar.",
        "Voting is done: the map is there. Talk about it together.",
    ),
    "hands_instead": (
        "Met één apparaat steken jullie je hand op. De begeleider vult de aantallen in.",
        "With one device you raise your hands. The moderator fills in the numbers.",
    ),
    "confirm_votes": (
        "Na deze stap kan niemand meer stemmen, en zijn alle losse stemmen weg. Alleen de kaart "
        "blijft. Is iedereen klaar?",
        "After this nobody can vote any more, and all single votes are gone. Only the map stays. "
        "Is everybody ready?",
    ),
    "few_voters": (
        "Er stemden te weinig mensen om iets te laten zien: je raadt dan wie het was. Wacht op "
        "anderen, of praat er samen over.",
        "Too few people voted to show anything: one could guess who it was. Wait for others, or "
        "talk about it together.",
    ),
    # --- harvest
    "no_such_item": (
        "Dit ligt niet (meer) op tafel om te oogsten. Stel het opnieuw voor als je wilt.",
        "This is not on the table to harvest (any more). Propose it again if you like.",
    ),
    "no_such_output": (
        "Zo'n opbrengst hoort niet bij deze werkvorm. Kies er een van het scherm.",
        "This kind of meeting has no such output. Choose one from the screen.",
    ),
    "no_such_field": (
        "Dat veld hoort niet bij deze opbrengst. Gebruik de velden op het scherm.",
        "That field is not part of this output. Use the fields on the screen.",
    ),
    "bad_field": (
        "Zo kan dit veld niet ingevuld worden. Kijk wat het scherm vraagt en probeer het opnieuw.",
        "This field cannot be filled like this. See what the screen asks and try again.",
    ),
    "not_item_owner": (
        "Dit kan alleen wie het inbracht, wie het voorstelde of de begeleider.",
        "Only the person it came from, whoever proposed it or the moderator can do this.",
    ),
    "not_source": (
        "Dit kan alleen de persoon van wie het komt.",
        "Only the person it came from can do this.",
    ),
    "kept_inside": (
        "Dit blijft in de kring. Dat is goed zo, er hoeft geen reden bij.",
        "This stays in the circle. That is fine, and needs no reason.",
    ),
    "source_not_asked": (
        "Wie dit inbracht, heeft nog geen ja gezegd. Zonder dat ja blijft het in de kring.",
        "The person it came from has not said yes. Without that yes it stays in the circle.",
    ),
    "confirm_circle": (
        "Van wie dit komt, weten we niet. Vraag hardop: mag dit de kring uit? Eén nee is genoeg. "
        "Bevestig daarna.",
        "We do not know whom this came from. Ask aloud: may this leave the circle? One no is "
        "enough. Then confirm.",
    ),
    "field_missing": (
        "Er ontbreekt nog iets dat nodig is. Vul de velden in die verplicht zijn.",
        "Something needed is still missing. Fill in the required fields.",
    ),
    "only_contributor": (
        "Alleen wie het inbracht, bepaalt wat hiervan de kring uit mag.",
        "Only the contributor decides what of this may leave the circle.",
    ),
    "for_yourself": (
        "Dit kies je alleen voor jezelf. Vraag de ander om het zelf op zich te nemen.",
        "You choose this for yourself only. Ask the other person to take it on.",
    ),
    "released": (
        "Dit is al de kring uit. Neem het eerst terug als het anders moet.",
        "This has already left the circle. Take it back first if it should change.",
    ),
}


def no(code: str, *more: tuple[str, str]) -> Refused:
    """The refusal with this code; ``more`` are sentences that go before it, in both languages."""
    nl, en = (" ".join(sentences) for sentences in zip(*more, NO[code], strict=True))
    return Refused(code, Text(nl=nl[:600], en=en[:600]))
