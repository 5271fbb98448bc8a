"""What people of the demo organisation said and agreed. Made up, in Dutch, as their work is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promised:
    """An agreement: what, how we notice, the rhythm in days, and what people saw when they looked."""

    what: str
    noticed: str
    rhythm: int
    seen: tuple[str, ...] = ()


AGREEMENTS = (
    Promised(
        "We beginnen elk overleg met een rondje: hoe zit je erbij?",
        "Iedereen heeft iets gezegd voor het eerste punt.",
        21,
        ("Drie van de vier keer gelukt.", "Het kost vijf minuten en het scheelt er tien."),
    ),
    Promised(
        "Bij de overdracht noemen we één ding dat lukte.",
        "In de overdracht staat een zin die begint met ‘wat lukte’.",
        14,
        (
            "Na de nachtdienst vergeten we het nog wel eens.",
            "De ochtendploeg vraagt er nu zelf om.",
        ),
    ),
    Promised(
        "Wie een wijziging in het rooster wil, belt eerst zelf een collega.",
        "Er komen minder losse berichten in de groepsapp.",
        28,
        ("De app is een stuk rustiger.",),
    ),
    Promised(
        "We vragen elke bewoner op zondag wat hij of zij deze week wil doen.",
        "Op het weekbord staat bij iedereen iets wat ze zelf kozen.",
        14,
        ("Bij twee bewoners lukt kiezen met plaatjes.",),
    ),
    Promised(
        "Als iemand stil is in het overleg, vraagt de voorzitter: wil jij iets zeggen?",
        "Ook wie weinig zegt, is aan het woord geweest.",
        21,
    ),
    Promised(
        "We bespreken een lastig moment binnen twee dagen met een collega.",
        "Niemand loopt langer dan twee dagen met iets rond.",
        28,
        ("Twee keer gedaan, allebei fijn.",),
    ),
    Promised(
        "We kloppen aan en wachten op antwoord voordat we een kamer in gaan.",
        "Bewoners zeggen dat we wachten.",
        21,
        ("Bij haast schiet het erbij in.", "De cliëntenraad merkt verschil."),
    ),
    Promised(
        "Bij een meningsverschil herhalen we eerst wat de ander zei.",
        "We horen elkaar zeggen: ‘dus jij bedoelt …’",
        28,
    ),
    Promised(
        "Familie krijgt elke twee weken een kort bericht over iets gewoons.",
        "Familie belt minder vaak met de vraag hoe het gaat.",
        14,
        ("Drie families reageerden blij.",),
    ),
    Promised(
        "We laten de telefoon in de tas tijdens het eten.",
        "Aan tafel gaat het over de dag.",
        14,
        ("Alleen de dienstdoende telefoon ligt op tafel.",),
    ),
    Promised(
        "Een nieuwe collega loopt drie diensten mee voor de eerste eigen dienst.",
        "In het rooster staan drie dubbele diensten.",
        42,
    ),
    Promised(
        "In elk teamoverleg vertelt iemand over iets dat goed ging.",
        "Het staat als vast punt op de agenda en het is gebeurd.",
        28,
        ("Vier keer op rij gedaan.", "We krijgen er energie van."),
    ),
    Promised(
        "Wie de deur uitgaat na een dienst, zegt iedereen gedag.",
        "Bewoners vragen niet meer waar iemand gebleven is.",
        21,
    ),
    Promised(
        "We schrijven in gewone woorden, zodat een bewoner het zelf kan lezen.",
        "Bewoners lezen mee en verbeteren ons.",
        28,
        ("Twee bewoners lezen nu mee.",),
    ),
)

FACTORS = (
    (
        "Even wachten voordat je helpt",
        "Hij kreeg tijd om het zelf te proberen.",
        "Bij het aankleden en bij het koken.",
    ),
    (
        "Vooraf vertellen wat er gaat gebeuren",
        "Zij wist waar ze aan toe was.",
        "Bij een bezoek aan de tandarts, bij verhuizen.",
    ),
    (
        "Samen naar buiten lopen als het spannend wordt",
        "Naast elkaar lopen praat makkelijker dan tegenover elkaar zitten.",
        "Ook met collega’s.",
    ),
    (
        "De familie vragen wat vroeger werkte",
        "Zij kenden een liedje dat rust gaf.",
        "Bij nieuwe bewoners.",
    ),
    ("Eerst zelf rustig worden", "Mijn stem ging omlaag en die van hem ook.", "In elke dienst."),
    (
        "Twee dingen laten kiezen in plaats van één vraag stellen",
        "Kiezen uit twee was te overzien.",
        "Bij eten, kleren en de dag indelen.",
    ),
    (
        "Een collega vragen om over te nemen",
        "Het was geen falen maar een afspraak.",
        "Als je merkt dat je geduld op is.",
    ),
    (
        "De stilte laten duren",
        "Na een minuut zei ze zelf wat er was.",
        "In gesprekken met naasten.",
    ),
)

STORIES = (
    (
        "De fiets in de gang",
        "Een bewoner wilde ’s avonds nog weg, en wij zeiden altijd nee.",
        "We vroegen waar hij heen wilde en fietsten een keer mee.",
        "Hij wilde het licht van de vuurtoren zien. Nu gaat hij elke week, met een lampje en een telefoon.",
        "Achter een lastige vraag zat een gewone wens.",
    ),
    (
        "Het overleg zonder laptop",
        "In ons overleg keek iedereen naar een scherm.",
        "We legden de laptops weg en deden een rondje met een steen.",
        "De collega die bijna nooit iets zegt, vertelde wat haar dwarszat. Het rooster is nu anders.",
        "Wie de tijd krijgt, zegt iets wat de rest nodig heeft.",
    ),
    (
        "Twee keer kloppen",
        "Een bewoonster schrok elke ochtend.",
        "We kloppen nu twee keer en wachten op haar ‘ja’.",
        "Ze begint de dag zonder schrik en helpt mee met het ontbijt.",
        "Een kleine gewoonte van ons was groot voor haar.",
    ),
)

CARDS = (
    "Hij bleef naast haar zitten.",
    "Ze vroeg wat hij nodig had, en wachtte.",
    "Haar stem werd rustig.",
    "Er was tijd, want een collega nam de telefoon over.",
    "Ze kende zijn verhaal.",
    "Hij mocht zelf kiezen.",
    "We hadden het van tevoren afgesproken.",
    "Niemand zei dat het fout ging.",
    "Zij lachte mee.",
    "Hij gaf toe dat hij het ook niet wist.",
    "Ze maakte het klein: één ding tegelijk.",
    "De deur stond open.",
)

NORMS = (
    "Hier laten we elkaar uitpraten.",
    "Hier vragen we het aan iemand zelf, niet over iemand.",
    "Hier zeggen we dank je wel als iemand helpt.",
    "Hier kloppen we aan en wachten we op een ja.",
    "Hier mag iedereen een fout vertellen.",
    "Hier vragen we eerst wat iemand nodig heeft.",
    "Hier groeten we elke bewoner bij naam.",
    "Hier zeggen we het als iets ons raakt.",
    "Hier komen we op tijd, of we laten het weten.",
    "Hier praten we in gewone woorden.",
    "Hier lachen we met elkaar en nooit om elkaar.",
    "Hier kijken we eerst wat iemand zelf kan.",
)

PLACES = ("huiskamer", "teamkamer", "de keuken van Lindehof", "vergaderzaal De Wilg", "het atelier")

FACES = (
    ("joke", "Joke Meerdink", "teamleider van Team Vuurtoren", "leads Team Vuurtoren"),
    ("sami", "Sami Haddad", "begeleidt gesprekken in Regio Noord", "facilitates in Regio Noord"),
    ("noor", "Noor Veenstra", "begeleider in Team Vuurtoren", "support worker in Team Vuurtoren"),
    (
        "esra",
        "Esra Kaya",
        "nieuwe teamleider, nog niets gepland",
        "new team leader, nothing planned yet",
    ),
    ("ria", "Ria Wagenaar", "manager van Regio Noord", "manages Regio Noord"),
    ("hester", "Hester Oud", "bestuurder", "board member"),
    ("wim", "Wim Postma", "lid van de ondernemingsraad", "works council member"),
    ("mo", "Mo Tahiri", "lid van de cliëntenraad", "client council member"),
    ("petra", "Petra Blom", "let op privacy", "privacy officer"),
    ("ali", "Ali Brandsma", "beheerder", "administrator"),
    (
        "lena",
        "Lena Vonk",
        "trainer van buiten, bij twee organisaties",
        "external trainer, two organisations",
    ),
)

PROTOTYPES = (
    (
        "Twee weken eten we om zes uur, samen met wie wil, zonder telefoon op tafel.",
        "Huiskamer van Lindehof",
        "twee weken",
        "Bewoners blijven langer zitten en er is minder gedoe voor het naar bed gaan.",
    ),
)

LOG = (
    (
        7,
        {
            "did": "Met z’n vijven gegeten. Eén bewoner dekte de tafel.",
            "happened": "Het duurde drie kwartier in plaats van een kwartier.",
        },
    ),
    (
        4,
        {
            "did": "Weer samen, nu met soep van een bewoner.",
            "happened": "Twee mensen bleven zitten om te praten.",
            "change": "We beginnen een kwartier eerder, dan haalt de avonddienst het ook.",
        },
    ),
    (2, {"did": "Niet gelukt, te druk.", "change": "Op vrijdag slaan we over."}),
)

SIGNALS = (
    (80, "De nachten zijn te krap bezet om even bij iemand te gaan zitten.", "Een extra paar handen tot één uur."),
    (52, "We horen pas achteraf dat er een nieuwe bewoner komt.", "Een week eerder meedenken."),
    (20, "Het rooster komt zo laat dat ruilen bijna niet meer kan.", "Vier weken vooruit."),
    (6, "Cliënten vragen of ze zelf mogen kiezen wie hen ’s ochtends helpt.", "Ruimte om dat te proberen."),
)  # fmt: skip

REPLIES = (
    (
        "yes",
        "Vanaf januari is er tot één uur een extra dienst. We kijken in maart of het helpt.",
        0,
    ),
    ("no", "Een week lukt niet bij crisis. Wel bellen we voortaan dezelfde dag.", 0),
    ("not_yet", "We praten met de planning. Het gaat om meer dan jullie team.", 40),
)

STOPPED = "We vragen elkaar nu vanzelf in het overleg. Daar was dit voor."
