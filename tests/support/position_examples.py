"""Short reports in five fields with the positions that they tell, a third of them with none that looks like one."""

from __future__ import annotations

AGENDAS: dict[str, tuple[dict[str, tuple[str, list[str], list[tuple[str, str]]]], dict[str, tuple[str, list[str]]]]] = {
    "strait": (
        {
            "arvala": (
                "Arvala",
                ["Arvalan", "Port Arv"],
                [("Ilse Dahl", "President of Arvala"), ("Tom Reker", "Foreign Minister of Arvala")],
            ),
            "belmont": (
                "Belmont",
                ["Belmontese"],
                [("Hugo Serra", "President of Belmont"), ("Nora Pinto", "Foreign Minister of Belmont")],
            ),
            "ospa": ("Ocean Pact", ["the Pact"], [("Lena Voss", "Secretary-General of the Ocean Pact")]),
        },
        {
            "patrols": (
                "Belmontese patrols in the strait end",
                ["end of patrols", "no more patrols", "patrols in the strait"],
            ),
            "quota": ("Arvala keeps its herring quota", ["herring quota", "keep the quota"]),
            "corridor": ("A corridor for aid ships is opened", ["aid corridor", "corridor for aid"]),
            "monitors": ("Foreign monitors are stationed on the islands", ["foreign monitors", "observer mission"]),
            "truce": ("The truce is prolonged by a year", ["longer truce", "full truce", "extend the truce"]),
        },
    ),
    "ward": (
        {
            "union": (
                "Carers' Union",
                ["the carers"],
                [
                    ("Maud Ellis", "general secretary of the Carers' Union"),
                    ("Ben Okoro", "spokesman of the Carers' Union"),
                ],
            ),
            "trust": (
                "Northgate Trust",
                ["the Trust"],
                [
                    ("Piers Hale", "chief executive of the Northgate Trust"),
                    ("Ada Quill", "spokeswoman of the Northgate Trust"),
                ],
            ),
            "ministry": ("Health Ministry", ["the ministry"], [("Rosa Lind", "health minister")]),
        },
        {
            "raise": ("Carers are paid six per cent more", ["six per cent", "pay rise"]),
            "nights": ("Night shifts are limited to ten hours", ["ten-hour nights", "night shifts"]),
            "agency": ("Agency staff are no longer hired", ["agency staff", "agency workers"]),
            "closure": ("The Marsh Street home is closed", ["closure of Marsh Street", "Marsh Street"]),
            "strike": ("The strike is called off", ["end of the strike", "call off the strike"]),
        },
    ),
    "cabinet": (
        {
            "greens": ("Greens", ["Green"], [("Tilda Moss", "leader of the Greens")]),
            "labour": (
                "Labour Party",
                ["Labour"],
                [("Karl Brandt", "leader of the Labour Party"), ("Sven Ott", "budget spokesman of the Labour Party")],
            ),
            "centre": ("Centre Union", ["the Centre"], [("Paul Aske", "leader of the Centre Union")]),
        },
        {
            "carbon": ("A carbon tax is introduced", ["carbon tax", "tax on carbon"]),
            "reactors": ("The last reactors are shut down", ["nuclear exit", "shut the reactors"]),
            "debt": ("The debt rule is suspended", ["debt rule", "suspension of the debt rule"]),
            "pensions": ("The pension age rises to 67", ["pension age", "pension at 67"]),
            "subsidy": ("The diesel subsidy stays", ["diesel subsidy", "support for diesel"]),
        },
    ),
    "league": (
        {
            "clubs": (
                "Harbour League",
                ["the League"],
                [("Dora Finn", "chairwoman of the Harbour League"), ("Lars Holm", "president of the Harbour League")],
            ),
            "players": (
                "Players' Guild",
                ["the Guild"],
                [("Ivo Kral", "president of the Players' Guild"), ("Jan Rusk", "spokesman of the Players' Guild")],
            ),
            "channel": ("Sportline", [], [("Eve Marlow", "chief executive of Sportline")]),
        },
        {
            "cap": ("A salary cap is introduced", ["salary cap", "cap on wages"]),
            "sunday": ("Matches are played on Sunday mornings", ["Sunday mornings", "early kick-off"]),
            "pool": ("Television money is shared equally", ["equal shares", "full pooling"]),
            "foreign": ("The limit on foreign players is lifted", ["foreign players", "limit on foreigners"]),
            "season": ("The season is cut to thirty rounds", ["shorter season", "thirty rounds"]),
        },
    ),
    "climate": (
        {
            "oster": (
                "Osterland",
                ["Osterlandic"],
                [("Mira Stolz", "Environment Minister of Osterland"), ("Egon Pahl", "President of Osterland")],
            ),
            "kivu": (
                "Kivura",
                ["Kivuran"],
                [("Amani Doro", "Environment Minister of Kivura"), ("Joyce Lema", "President of Kivura")],
            ),
            "isles": ("Island Group", ["the islands"], [("Tavita Sola", "chair of the Island Group")]),
        },
        {
            "coal": ("Coal power is phased out by 2035", ["coal exit", "end of coal"]),
            "fund": ("A loss fund is set up", ["loss fund", "fund for losses"]),
            "offsets": ("Forest offsets count towards the targets", ["forest offsets", "offsets"]),
            "review": ("Targets are reviewed every two years", ["two-year review", "new round of targets"]),
            "levy": ("Air tickets carry a levy", ["ticket levy", "levy on flights"]),
        },
    ),
}
"""By name: parties (name, other names, people with their offices) and options (what they say, words)."""

EXAMPLES: list[tuple[str, str, set[tuple[str, str, str]]]] = [
    (
        "strait",
        "President Ilse Dahl arrived at the table first. The herring quota was not for sale, the president said.",
        {("arvala", "quota", "for")},
    ),
    (
        "strait",
        "Hugo Serra spoke to the press in a tent. The president would not interrupt the patrols in the strait, he said.",
        {("belmont", "patrols", "against")},
    ),
    ("strait", "Belmont sees no reason for foreign monitors on the islands.", {("belmont", "monitors", "against")}),
    ("strait", "The Ocean Pact sees no harm in foreign monitors.", {("ospa", "monitors", "open")}),
    (
        "strait",
        "Arvala could live with an observer mission, its foreign minister Tom Reker said.",
        {("arvala", "monitors", "for")},
    ),
    ("strait", "Belmont has not made up its mind about a corridor for aid.", {("belmont", "corridor", "open")}),
    ("strait", "Nora Pinto reserved her position on the longer truce.", {("belmont", "truce", "open")}),
    (
        "strait",
        "Arvala's delegate, Oskar Bru, who objected to foreign monitors at the last session, was absent.",
        {("arvala", "monitors", "against")},
    ),
    (
        "strait",
        "For Arvala the patrols in the strait must stop before anything else is discussed.",
        {("arvala", "patrols", "for")},
    ),
    ("strait", "The Ocean Pact intends to open a corridor for aid in June.", {("ospa", "corridor", "for")}),
    (
        "strait",
        "Belmont warned that an observer mission would turn the islands into a stage.",
        {("belmont", "monitors", "against")},
    ),
    ("strait", "Lena Voss proposed that the patrols give way to joint buoys.", {("ospa", "patrols", "for")}),
    (
        "strait",
        "Statement by the Government of Belmont\n\nThe Foreign Minister of Arvala was heard with courtesy. The President remains opposed to a corridor for aid.",
        {("belmont", "corridor", "against")},
    ),
    (
        "strait",
        "Arvala has no view on the length of the truce, but it wants the herring quota kept.",
        {("arvala", "quota", "for")},
    ),
    (
        "strait",
        "Belmont could imagine a full truce, provided the monitors stay away.",
        {("belmont", "monitors", "against"), ("belmont", "truce", "open")},
    ),
    (
        "strait",
        "Arvala would not sign away its herring quota for a year of quiet, Ms Dahl said.",
        {("arvala", "quota", "for")},
    ),
    (
        "strait",
        "The Pact's Lena Voss said that the patrols in the strait had to be wound up, and that Arvala must keep its herring quota.",
        {("ospa", "patrols", "for"), ("ospa", "quota", "for")},
    ),
    ("strait", "Arvala shut the door on foreign monitors on Friday.", {("arvala", "monitors", "against")}),
    ("strait", "TABLE TWO: AID CORRIDOR", set()),
    ("strait", "Reports that Belmont had agreed to end its patrols are untrue.", set()),
    ("strait", "Herring is cheap this spring. The quota dates from 1988.", set()),
    ("strait", "Fishermen met Arvala at the quay with brass bands and a petition about the herring quota.", set()),
    ("strait", "The full moon was out over the strait and the patrols passed twice.", set()),
    ("strait", "A member of the Belmontese delegation slept through the debate on monitors.", set()),
    ("strait", "The talks lasted a full day. Belmont's delegation stayed in its hotel.", set()),
    ("strait", "Observers asked Arvala whether the longer truce was near.", set()),
    (
        "ward",
        "The chief executive, Piers Hale, is due back on Monday. There would be no closure of Marsh Street, the chief executive promised.",
        {("trust", "closure", "against")},
    ),
    ("ward", "The Carers' Union could live with night shifts of ten hours.", {("union", "nights", "for")}),
    ("ward", "The Northgate Trust sees no need for a pay rise of six per cent.", {("trust", "raise", "against")}),
    ("ward", "The Trust has formed no view on ten-hour nights, Ada Quill said.", {("trust", "nights", "open")}),
    ("ward", "Maud Ellis wants the agency workers gone by autumn.", {("union", "agency", "for")}),
    ("ward", "The union will not pause the strike for a chat, Ben Okoro said.", {("union", "strike", "against")}),
    (
        "ward",
        "The health minister, Rosa Lind, asked that the Marsh Street home be spared.",
        {("ministry", "closure", "against")},
    ),
    ("ward", "The Trust intends to dispense with agency staff.", {("trust", "agency", "for")}),
    ("ward", "For the union, closing Marsh Street is out of the question.", {("union", "closure", "against")}),
    (
        "ward",
        "The ministry warned that a pay rise of six per cent would empty the reserve.",
        {("ministry", "raise", "against")},
    ),
    ("ward", "Ms Ellis has no quarrel with ten-hour nights.", {("union", "nights", "open")}),
    (
        "ward",
        "Piers Hale called the pay rise unaffordable; Ms Ellis called it overdue.",
        {("trust", "raise", "against"), ("union", "raise", "for")},
    ),
    ("ward", "Asked about Marsh Street, the minister did not want to be drawn.", set()),
    ("ward", "NIGHT SHIFTS, PAY AND PARKING", set()),
    ("ward", "Residents told the Trust that the soup was cold on the night shift.", set()),
    ("ward", "Rumours that the Carers' Union had dropped its claim for six per cent are false.", set()),
    ("ward", "Marsh Street lies behind the station. The home has forty beds.", set()),
    ("ward", "The Trust spent six per cent of its budget on agency staff last year.", set()),
    (
        "cabinet",
        "Tilda Moss met Karl Brandt at noon. The Greens' leader sees no place for a diesel subsidy in the new budget.",
        {("greens", "subsidy", "against")},
    ),
    ("cabinet", "Labour could live with a pension age of 67, Sven Ott said.", {("labour", "pensions", "for")}),
    ("cabinet", "The Centre Union has not decided on a carbon tax.", {("centre", "carbon", "open")}),
    (
        "cabinet",
        "Paul Aske warned that a carbon tax would drive bakers out of the villages.",
        {("centre", "carbon", "against")},
    ),
    (
        "cabinet",
        "The Greens intend to close down the last reactors within four years.",
        {("greens", "reactors", "for")},
    ),
    ("cabinet", "For the Centre the debt rule is untouchable.", {("centre", "debt", "against")}),
    (
        "cabinet",
        "Labour will not write off the diesel subsidy, Mr Brandt told farmers.",
        {("labour", "subsidy", "for")},
    ),
    ("cabinet", "The Greens proposed that the debt rule be paused for two years.", {("greens", "debt", "for")}),
    (
        "cabinet",
        "Paul Aske, who objected to a higher pension age for years, now accepts 67.",
        {("centre", "pensions", "for"), ("centre", "pensions", "former-against")},
    ),
    ("cabinet", "Labour took no position on the carbon tax.", {("labour", "carbon", "open")}),
    (
        "cabinet",
        "The leader of the Greens would not sacrifice the carbon tax for a seat in the cabinet, she said.",
        {("greens", "carbon", "for")},
    ),
    ("cabinet", "DEBT RULE: THE NUMBERS", set()),
    ("cabinet", "Voters sent the Greens a basket of letters about diesel.", set()),
    ("cabinet", "Claims that Labour had consented to a carbon tax are inaccurate.", set()),
    ("cabinet", "The age of the reactors is known: the oldest is 41.", set()),
    ("cabinet", "Twelve parties abroad now want a carbon tax.", set()),
    (
        "league",
        "Lars Holm came down the stairs at ten. There was no room for a salary cap, the president said, in a league of this size.",
        {("clubs", "cap", "against")},
    ),
    (
        "league",
        "Sportline has made up its mind about nothing yet, least of all Sunday mornings.",
        {("channel", "sunday", "open")},
    ),
    ("league", "The Players' Guild sees no point in a shorter season.", {("players", "season", "against")}),
    ("league", "Eve Marlow could live with equal shares of the television money.", {("channel", "pool", "for")}),
    (
        "league",
        "The Harbour League would not trade away full pooling for a quiet summer, Dora Finn said.",
        {("clubs", "pool", "for")},
    ),
    (
        "league",
        "The Guild's Jan Rusk, who objected to Sunday mornings in the spring, said nothing on Monday.",
        {("players", "sunday", "against")},
    ),
    ("league", "Ivo Kral warned that a cap on wages would end in court.", {("players", "cap", "against")}),
    ("league", "The League is in no mood to lift the limit on foreign players.", {("clubs", "foreign", "against")}),
    ("league", "The Guild takes no position on equal shares.", {("players", "pool", "open")}),
    ("league", "Sportline intends to broadcast on Sunday mornings from August.", {("channel", "sunday", "for")}),
    ("league", "Claims that the Guild has accepted a salary cap are false, it said.", set()),
    ("league", "SALARY CAP AND CALENDAR", set()),
    ("league", "Supporters pelted the League with lemons over the early kick-off.", set()),
    ("league", "The full house sang. Thirty rounds are a long road.", set()),
    ("league", "The Guild dismissed rumours that it had given up the fight against a salary cap.", set()),
    (
        "climate",
        "PRESS OFFICE OF KIVURA\n\nStatement by the Environment Minister\n\nOsterland's President was thanked for his hospitality. The President of the Republic stands by the loss fund.",
        {("kivu", "fund", "for")},
    ),
    ("climate", "Mira Stolz reserved judgement on forest offsets.", {("oster", "offsets", "open")}),
    ("climate", "For the Island Group the end of coal is a matter of survival.", {("isles", "coal", "for")}),
    ("climate", "Osterland has no quarrel with a levy on flights.", {("oster", "levy", "open")}),
    ("climate", "Kivura will not write off the loss fund, Amani Doro told delegates.", {("kivu", "fund", "for")}),
    ("climate", "Joyce Lema recognises the need for a two-year review.", {("kivu", "review", "for")}),
    ("climate", "Osterland's exit from coal is not for sale, Egon Pahl said.", {("oster", "coal", "for")}),
    (
        "climate",
        "The Island Group sees no value in forest offsets; Osterland does.",
        {("isles", "offsets", "against"), ("oster", "offsets", "for")},
    ),
    ("climate", "Kivura could imagine a ticket levy if the money stayed in Africa.", {("kivu", "levy", "open")}),
    ("climate", "Osterland would rather dispense with offsets altogether.", {("oster", "offsets", "against")}),
    (
        "climate",
        "Tavita Sola asked that the review be scrapped, since two years were too short.",
        {("isles", "review", "against")},
    ),
    ("climate", "TABLE 4. LEVY ON FLIGHTS", set()),
    ("climate", "Twenty states abroad want coal gone by 2030.", set()),
    ("climate", "Schoolchildren handed Osterland a letter about the loss fund.", set()),
    ("climate", "A new round of coffee was served while Kivura's team waited.", set()),
]
"""Agenda, report, and the positions in it: party, option, stance."""
