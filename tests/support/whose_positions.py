"""Short reports on a tram strike, a lake, a football league and a truce: who holds what, and who holds nothing.

Each exercise is an agenda's name, a text, and what is held: (party, option, stance), or a pair (party, option) of which nothing may be
found, marked "no". The first set was read once before the rules were made, the second once when they were done.
"""

from __future__ import annotations

from travaux.agenda import parse_agenda
from travaux.intake import receive_bytes
from travaux.model import Agenda
from travaux.reading.local import LocalReader

AGENDAS: dict[str, Agenda] = {
    "trams": parse_agenda("""
title: The tram strike in Lorn
parties:
  - {id: drivers, name: Tram Drivers' Union, kind: union, names: [the drivers], people: [{name: Olga Prat, names: [Prat], role: secretary of the Tram Drivers' Union}]}
  - {id: operator, name: Lorn Transit, kind: company, people: [{name: Hugo Beck, names: [Beck], role: director of Lorn Transit}]}
  - {id: city, name: City of Lorn, kind: organisation, names: [City Hall], people: [{name: Nadia Vos, names: [Vos], role: Mayor of Lorn}, {name: Piet Lam, names: [Lam], role: transport alderman of Lorn}]}
  - {id: riders, name: Riders' League, kind: organisation, people: [{name: Jo Tal, names: [Tal], role: chair of the Riders' League}]}
issues:
  - id: pay
    title: Pay and shifts
    options:
      - {id: night, says: Drivers are paid a bonus for night shifts, words: [night bonus, bonus for night shifts]}
      - {id: split, says: Split shifts are abolished, words: [split shifts]}
      - {id: fares, says: Fares on the trams go up, words: [higher fares, dearer fares, fare increase]}
      - {id: conductors, says: Conductors ride on every tram, words: [conductors on every tram, conductors]}
"""),
    "lake": parse_agenda("""
title: The lake of Ambra
parties:
  - {id: tessin, name: Tessara, kind: state, names: [Tessaran, Morl], people: [{name: Lena Ruud, names: [Ruud], role: President of Tessara}, {name: Aldo Fini, names: [Fini], role: Fisheries Minister of Tessara}]}
  - {id: ovar, name: Ovaria, kind: state, names: [Ovarian, Pell], people: [{name: Max Orb, names: [Orb], role: Prime Minister of Ovaria}, {name: Ines Dal, names: [Dal], role: Environment Minister of Ovaria}]}
  - {id: dunmark, name: Dunmark, kind: state, names: [Dunmarkian, Hav], people: [{name: Kai Holt, names: [Holt], role: Chancellor of Dunmark}]}
  - {id: watch, name: Lake Watch, kind: organisation, people: [{name: Tove Lind, names: [Lind], role: director of Lake Watch}]}
issues:
  - id: fish
    title: Fishing
    options:
      - {id: quota, says: A common quota is set for perch, words: [common quota, perch quota]}
      - {id: nets, says: Drift nets are banned on the lake, words: [ban on drift nets, drift net ban]}
      - {id: patrol, says: Joint patrols inspect the boats, words: [joint patrols]}
      - {id: season, says: No more boats go out in winter, words: [winter closure]}
"""),
}

FIRST: list[tuple[str, str, tuple[str, str, str]]] = [
    # So does somebody, and nor does somebody.
    ("trams", "The Tram Drivers' Union wants a night bonus. So does the Riders' League.", ("riders", "night", "for")),
    (
        "trams",
        "Lorn Transit is opposed to conductors on every tram, and so is City Hall.",
        ("city", "conductors", "against"),
    ),
    ("trams", "City Hall has ruled out higher fares, as has Lorn Transit.", ("operator", "fares", "against")),
    ("trams", "Olga Prat will not accept dearer fares. Neither will Jo Tal.", ("riders", "fares", "against")),
    ("lake", "Tessara asked for joint patrols. Ovaria did too.", ("ovar", "patrol", "for")),
    ("lake", "Dunmark backs a common quota; Ovaria does not.", ("ovar", "quota", "against")),
    (
        "lake",
        "Ovaria and Dunmark demanded a ban on drift nets. Lake Watch asked for the same.",
        ("watch", "nets", "for"),
    ),
    ("lake", "Tessara supports a common quota, as does Lake Watch.", ("watch", "quota", "for")),
    # Answers.
    ("trams", "Olga Prat called for a night bonus. Lorn Transit could agree to that.", ("operator", "night", "for")),
    (
        "trams",
        "The Riders' League proposed conductors on every tram. Hugo Beck rejected this.",
        ("operator", "conductors", "against"),
    ),
    ("lake", "TESSARA suggested joint patrols. OVARIA objected.", ("ovar", "patrol", "against")),
    ("lake", "Ovaria refuses a common quota. Dunmark regrets that.", ("dunmark", "quota", "for")),
    # Letterheads.
    (
        "lake",
        "REPUBLIC OF OVARIA\nMINISTRY OF THE ENVIRONMENT\n\nStatement on the lake\n\nTessara has refused joint patrols. The Government regrets this. It remains in favour of a common quota.",
        ("ovar", "quota", "for"),
    ),
    (
        "lake",
        "OFFICE OF THE PRESIDENT OF TESSARA\nPress service\n\nThe President received the Ovarian Prime Minister on Monday. She told him that Tessara would never accept a ban on drift nets.",
        ("tessin", "nets", "against"),
    ),
    (
        "lake",
        "GOVERNMENT OF DUNMARK\n\nNews release\n\nOvaria and Tessara met on Tuesday. The Government calls on both to introduce joint patrols.",
        ("dunmark", "patrol", "for"),
    ),
    # Whom an office, a description or a pronoun means.
    (
        "trams",
        "The Riders' League met the mayor. The league wants conductors on every tram.",
        ("riders", "conductors", "for"),
    ),
    (
        "lake",
        "Lake Watch stood outside the hall. The campaign asks the two states for a ban on drift nets.",
        ("watch", "nets", "for"),
    ),
    (
        "lake",
        "Ovarian Environment Minister Ines Dal and Max Orb came late. A common quota, the environment minister said, was out of the question.",
        ("ovar", "quota", "against"),
    ),
    (
        "lake",
        "Dunmark's Kai Holt spoke first. His guests from Tessara were silent. He wants joint patrols.",
        ("dunmark", "patrol", "for"),
    ),
    (
        "trams",
        "Nadia Vos listened. Lorn Transit limits itself to asking for dearer fares.",
        ("operator", "fares", "for"),
    ),
    # Conditions and words that undo.
    (
        "trams",
        "The Tram Drivers' Union will not go back to work until split shifts have been abolished.",
        ("drivers", "split", "for"),
    ),
    (
        "trams",
        "There could be no talk of peace, Olga Prat said, until the night bonus was paid.",
        ("drivers", "night", "for"),
    ),
    ("lake", "Ovaria would send out no more boats in winter, Max Orb promised.", ("ovar", "season", "for")),
    ("lake", "Tessara is unable to support joint patrols, Lena Ruud said.", ("tessin", "patrol", "against")),
    ("trams", "The drivers could live without a night bonus, Olga Prat said.", ("drivers", "night", "against")),
    # Look-alikes.
    (
        "trams",
        "The Tram Drivers' Union wants a night bonus. So the Riders' League has booked a hall.",
        ("riders", "night", "no"),
    ),
    (
        "lake",
        "Tessara demanded joint patrols. As is its habit, Ovaria sent a junior official.",
        ("ovar", "patrol", "no"),
    ),
    (
        "lake",
        "Dunmark asked for a common quota. Ovaria has not confirmed that it received the letter.",
        ("ovar", "quota", "no"),
    ),
    (
        "lake",
        "LAKE BULLETIN OF TESSARA\n\nOvaria met Dunmark on Monday. Dunmark wants a common quota. The government agrees.",
        ("tessin", "quota", "no"),
    ),
    (
        "trams",
        "Hugo Beck demanded higher fares. His critics met in a church and want them kept down.",
        ("operator", "fares", "for"),
    ),
    (
        "trams",
        "The Riders' League called for conductors on every tram. City Hall stands on the same square.",
        ("city", "conductors", "no"),
    ),
    (
        "lake",
        "Ovaria rejects a ban on drift nets. The principal of the fund that Tessara pays into is untouched.",
        ("tessin", "nets", "no"),
    ),
    ("lake", "Tessara will vote for joint patrols if Ovaria does likewise.", ("tessin", "patrol", "for")),
    ("trams", "A motion for split shifts was read out. Nor was the hall heated.", ("city", "split", "no")),
]

SECOND: list[tuple[str, str, tuple[str, str, str]]] = [
    # So does somebody, and nor does somebody.
    ("lake", "Max Orb has turned down joint patrols, and so has Kai Holt.", ("dunmark", "patrol", "against")),
    (
        "trams",
        'Jo Tal told the hall that the Riders\' League wants conductors. "So do we," Olga Prat said.',
        ("drivers", "conductors", "for"),
    ),
    ("lake", "Lena Ruud would welcome a perch quota. Kai Holt would not.", ("dunmark", "quota", "against")),
    (
        "trams",
        "Lorn Transit insists on higher fares, the Riders' League does not, and the talks go on.",
        ("riders", "fares", "against"),
    ),
    (
        "lake",
        "Ovaria spoke against a ban on drift nets. Nor would Dunmark, its delegate said.",
        ("dunmark", "nets", "against"),
    ),
    (
        "trams",
        "The drivers and, likewise, the Riders' League want split shifts gone. Nadia Vos said the same on the radio.",
        ("city", "split", "for"),
    ),
    ("lake", "Aldo Fini pleaded for joint patrols. As did, to some surprise, Lake Watch.", ("watch", "patrol", "for")),
    (
        "trams",
        "The union has given its blessing to conductors on every tram, as will City Hall, Piet Lam hinted.",
        ("city", "conductors", "for"),
    ),
    # Answers.
    (
        "lake",
        "OVARIA, with LAKE WATCH, proposed a ban on drift nets. TESSARA welcomed it; DUNMARK could not accept it.",
        ("dunmark", "nets", "against"),
    ),
    (
        "trams",
        "City Hall suggested a bonus for night shifts. The Tram Drivers' Union saw merit in the idea.",
        ("drivers", "night", "open"),
    ),
    (
        "trams",
        "Lorn Transit said no to conductors on every tram. The Riders' League deplored this.",
        ("riders", "conductors", "for"),
    ),
    ("lake", "Dunmark asked for joint patrols and a common quota. Ovaria agreed to both.", ("ovar", "quota", "for")),
    (
        "lake",
        "Dunmark asked for joint patrols and a common quota. Tessara would hear of neither.",
        ("tessin", "patrol", "against"),
    ),
    # Letterheads.
    (
        "trams",
        "CITY OF LORN\nOffice of the Mayor\n\nLorn Transit asked for dearer fares last week. The Mayor has informed the company that she will not agree.",
        ("city", "fares", "against"),
    ),
    (
        "trams",
        "RIDERS' LEAGUE\nNewsletter of May\n\nThe drivers struck for three days. Conductors must ride on every tram again.",
        ("riders", "conductors", "for"),
    ),
    (
        "lake",
        "KINGDOM OF DUNMARK\nMINISTRY OF FISHERIES AND PORTS\nCommuniqué 7\n\nOvaria announced a winter closure. The Ministry opposes a common quota.",
        ("dunmark", "quota", "against"),
    ),
    # Whom an office, a description or a pronoun means.
    (
        "trams",
        "In the room sat Lorn Transit and, by the window, the mayor. The company wants higher fares.",
        ("operator", "fares", "for"),
    ),
    (
        "lake",
        "Aldo Fini, the Tessaran fisheries minister, waited for Max Orb. The minister then rejected a ban on drift nets.",
        ("tessin", "nets", "against"),
    ),
    (
        "lake",
        "Lake Watch, a charity in Morl, collected 9,000 names. The charity wants a perch quota.",
        ("watch", "quota", "for"),
    ),
    ("lake", "Max Orb shook hands with his counterpart. He is in favour of joint patrols.", ("ovar", "patrol", "for")),
    (
        "trams",
        "The alderman met Hugo Beck. Beck, who had tied himself to higher fares, asked for them again.",
        ("operator", "fares", "for"),
    ),
    # Conditions and words that undo.
    ("lake", "Dunmark will not sign unless the ban on drift nets is dropped.", ("dunmark", "nets", "against")),
    (
        "trams",
        "Not before conductors ride on every tram will the Riders' League call off its boycott.",
        ("riders", "conductors", "for"),
    ),
    (
        "trams",
        "As long as split shifts exist, the Tram Drivers' Union will not return to work.",
        ("drivers", "split", "for"),
    ),
    ("lake", "Tessara has pledged to send out no further boats in winter.", ("tessin", "season", "for")),
    ("trams", "City Hall can do without higher fares, the mayor said.", ("city", "fares", "against")),
    # Look-alikes.
    (
        "trams",
        "The Tram Drivers' Union demands a night bonus. So is the rumour in the depots; City Hall was closed.",
        ("city", "night", "no"),
    ),
    (
        "lake",
        "Tessara supports a common quota. The Dunmarkian delegation likewise arrived by boat.",
        ("dunmark", "quota", "no"),
    ),
    ("lake", "Ovaria insists on joint patrols. Lake Watch had the same room as last year.", ("watch", "patrol", "no")),
    (
        "trams",
        "The mayor opened the meeting. Its executive summary says that Lorn Transit wants higher fares.",
        ("city", "fares", "no"),
    ),
    (
        "lake",
        "LAKE MAIL\nTessara | Ovaria | Sport\n\nMax Orb wants a common quota. The government in Pell is divided.",
        ("tessin", "quota", "no"),
    ),
    ("trams", "Lorn Transit asked for dearer fares. The bank around the corner was closed.", ("riders", "fares", "no")),
    ("lake", "Kai Holt called for a winter closure. Lena Ruud's allies were late.", ("tessin", "season", "no")),
    ("trams", "Hugo Beck rejected a night bonus. Olga Prat did not answer the telephone.", ("drivers", "night", "no")),
]


def found_in(agenda: str, text: str, reader: LocalReader) -> set[tuple[str, str, str]]:
    """(party, option, stance) of every statement in a text that is not former."""
    report = receive_bytes(text.encode(), "exercise.txt").report
    found = reader.read(report, AGENDAS[agenda]).statements
    return {(one.party, one.option, one.stance.value) for one in found if not one.former}


def is_met(agenda: str, text: str, wanted: tuple[str, str, str], reader: LocalReader) -> bool:
    """Whether a reader finds what an exercise asks for, and nothing against it."""
    party, option, stance = wanted
    held = {one[2] for one in found_in(agenda, text, reader) if one[:2] == (party, option)}
    return held == (set() if stance == "no" else {stance})
