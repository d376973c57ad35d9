"""Single lines: what pages print around reports is chrome, what reports say never is."""

from __future__ import annotations

import re
import time

import pytest

from travaux.intake.furniture import foot_reason, kind_of_line, label_end
from travaux.intake.line_phrases import phrases
from travaux.intake.menus import glued_breadcrumb_end
from travaux.model import BlockKind

CHROME = """\
Skip to main content
Skip to Navigation
Jump to content
Home / News / World
Home › World › Europe › Ukraine
You are here: Home » Press » Statements
World > Europe > War in Ukraine
News | Opinion | Sport | Culture | Lifestyle
BBC Homepage
Share
Share this article
Share on Facebook
Facebook Twitter WhatsApp Email
Facebook | Twitter | WhatsApp
Copy link
5 min read
Reading time: 4 minutes
Advertisement
ADVERTISEMENT
- Advertisement -
[Advertisement]
Advertisement · Scroll to continue
Article continues below
Sign up for our newsletter
Sign up here for the daily briefing
Subscribe to continue reading
Already a subscriber? Log in
Get the day's top stories delivered straight to your inbox.
We use cookies to improve your experience on our website.
This website uses cookies. By continuing to browse you agree to our use of cookies.
Accept all cookies
By signing up, you agree to our Terms of Use and Privacy Policy.
Our Standards: The Thomson Reuters Trust Principles., opens new tab
© 2025 Reuters. All rights reserved
Copyright © 2025 The Associated Press. All Rights Reserved. This material may not be published, broadcast, rewritten or redistributed.
Copyright 2025 BBC. All rights reserved. The BBC is not responsible for the content of external sites.
More on this story
Related Topics
Related: Kyiv rejects plan
Related Articles:
READ MORE: Kremlin says talks are off
Read more: What we know about the summit
Read more about the war in Ukraine
Also Read | Explained: why the deal fell
See also: Timeline of talks
More from Europe
Most Popular
Editor's Picks
Recommended Stories
list of 4 items
end of list
Image source, Getty Images
Image caption, The two leaders met
Tags: Ukraine, NATO, Russia
Topics: diplomacy
Comments (23)
214 comments
No comments yet
Leave a Reply
Your email address will not be published. Required fields are marked *
Follow us on Telegram
Subscribe to our Telegram channel
Join our WhatsApp group
Click here to subscribe
Load more
Next article →
« Previous post
Was this article helpful?
Print this page
Text size
Listen to this article
Loading...
* * *
---
Privacy Policy | Terms of Service | Contact
About us
Powered by WordPress
Download our app
Menu
☰ Menu
Search
Trending: Trump, Gaza, Tariffs
TOP STORIES
What to Read Next
Live Updates
Lesen Sie auch: Selenskyj in Berlin
Читайте также: Зеленский в Берлине
You have 2 free articles left this month.
Support independent journalism
Found a mistake? Select it and press Ctrl+Enter.
If you notice an error, select the text and press Ctrl + Enter
Please enable JavaScript to view this page.
Thank you for reading Northline. Subscribe for more.
Follow @northline on X
Donate
Gift this article
"""

# Written before the rules for them; those of the second list were looked at only when the rules stood.
MORE_CHROME = """\
Home | Fixtures | Transfers | Tables | My team
Front page | Courts | Schools | Letters | Subscribe
Fish prices | Vessels for sale | Tide tables | Classifieds
More from Trade Desk | Ask our editors a question
More interviews | Listen to the podcast
You might also enjoy: Five soups for a cold evening
You may also like: The island with no cars
Keep reading: Who pays for the tunnel? | Ten charts on wages
Trending: 9 slow cookers tested
Trending now: Heatwave, derby, royal visit
Listen to this story (6 min)
Listen to this analysis · 11 min
Rate this article: 1 2 3 4 5
Rate this story | Report a typo
Sort: oldest first | Refresh | 212 comments
All times are GMT | newest entry first
Times in CET, latest update at the top | 54 comments
Letters to the editor | Puzzles | Horoscope
Weather 12C | Lottery results | Death notices
Sunny, 21°C | Traffic | Jobs | Property
Print this bulletin | Back issues | Write to the secretariat
Press office | Download as PDF | Share
Media contacts | Image library | Cookie settings
Watch: The moment the gavel came down
Advertise with The Harbour Post | Contact the newsroom | E-paper
Most commented | Most shared | Editor's choice
Enjoying this story? Sign up for The Ledger, our weekly letter
This site uses cookies to remember your settings. OK | Learn more
We value your privacy. Reject all | Accept | Options
Tip us off | Send us your photos | Corrections
A A A | Print | E-mail
Login | Register | Basket (0)
Text only | High contrast | English | Français
1,204 people are reading this
Be the first to comment | Report abuse
Follow this topic | Save | Share
Join 40,000 readers: get Brief in your inbox each morning
Sponsored: Seven ways to cut your heating bill
Partner content: Why pensions need planning
Read the comments (41)
Show 12 more posts
Load older entries
Copyright The Valley Star 2031 | Privacy | Contact
Opinion | Cartoons | Obituaries | Crossword
Scores | Standings | Tickets | Shop
Stocks: FTSE 7,912 +0.4% | DAX 16,001 -0.2%
Tags: fisheries, quotas, cod
Up next: Why the cod moved north
Get the app | Gift subscriptions | Student offers
"""
MORE_CHROME_HELD_OUT = """\
Start page | Harbour news | Weather at sea | Sign in
World | Trade | Shipping | Careers | E-paper
Print edition | Special reports | Renew your subscription
More columns | Put a question to the author
More live blogs | Turn on notifications
You might also be interested in: The chef who cooks with seaweed
Readers also liked: Three walks near the border
Continue with: How tariffs work | Who sits on the panel?
Trending in Sport: Coach quits after derby
Popular this week: 8 garden chairs under 100 euros
Listen to this column (4 min)
Listen to the interview | 22 min
How would you rate this explainer? 1 2 3 4 5
Newest first | Oldest first | 1,019 comments
Local time in all entries | most recent on top | 33 comments
All times local, latest entries first
Letters | Sudoku | TV guide | Dating
Weather 31C | Marriages and deaths | Auctions
Print this statement | Newsletter sign-up | Accessibility
Press enquiries | Photo gallery | Follow the ministry
Our pick: Six films about lawyers
Advertise in the Gazette | Send us a story | Privacy
Most discussed | Latest | For you
Like what you read? Support the newsroom with 5 euros a month
Cookies help us improve this website. Agree | Decline
Buy tickets | Match centre | Fan shop
Share on X | Mail | Save for later | Print
Add your comment | See all 73 replies
Bookmark | Text size | Read aloud
Get our Monday briefing by e-mail
Further reading: The quota wars | A short history of cod
Promoted: Earn 5% on your savings
See more posts
Terms | Privacy | Contact | Jobs
Dashboard | Tenders | Freight index | My alerts
Business | Money | Property | Motoring | Obituaries
Radio schedule | Find us on air | Apps
Reader survey: Tell us what you think of the new site
Have a story? Write to our labour desk
Next article: Pilots vote on the same day
Skip advert
Stay informed: alerts for this topic
Support local news: become a patron today
This story is part of our series on ports | All parts
Explore: Rivers | Dams | Floods
Jump to comments
Join the debate: 61 readers have commented
Show original language | Translate
What others are reading
You have 3 articles left this month
Already a member? Sign in
Related: Six charts on the price of milk | Newsletter
Tide table | Ferry times | Webcam
Sign the guest book | Site statistics
Updates every 30 seconds | Pause
Back to all press releases
Download the statement (PDF, 120 KB)
Subscribe to alerts | RSS | Media accreditation
In case you missed it: The vote that nobody won
More like this: The bridge that was never built
Ad: Learn a language in ten minutes a day
Hot topics: Budget | Strikes | Rail
Recipes | Gardening | Star signs
Business directory | Bins | Roadworks
Most emailed: How to fold a fitted sheet
Editors' choice: A week on the night ferry
Read in app | Copy link
Was this page useful? Yes | No
Edition: Europe | Log out | Settings
Cargo news | Crew changes | Bunker prices | Directory
From the same author | Email the author
Live scores | Odds | Fantasy league
Letters page | Corrections and clarifications | Staff directory
Recommended viewing: The bridge builders
You'll also enjoy: Eight lakes to swim in
Before you go: Five stories you may have missed
Next up: Why glass is getting dearer
Most shared: The cat that stopped a freight train
Text to speech | Zoom in | Zoom out
Last 24 hours | Last 7 days | All time
Comments are moderated | 19 replies
Listen: 5 min
Collapse all entries
Key events (7) | Show all updates
Advert
Hide this message
Site map | Press kit | Careers | Feedback
Our apps | Our newsletters | Our podcasts
Weather: rain, 9C | Road works | Ferries
Gift a subscription | Renew
Opinion: Nobody likes a ferry | Cartoon
Found an error? Tell the desk
Cookie preferences | Ad choices
Follow the author | Get alerts
Home > Sports business > Rights
Farm prices | Grain | Weather for growers | Log in
All bulletins | About this service | Donate
Cookies: essential only | all | settings
Share this bulletin | Cite this bulletin
Reading mode | Bigger text | Listen (9 min)
Newest on top | 1,204 comments | Mute alerts
More from the parliament desk | Ask a question
Our weekly letter, The Ledger: sign up
Members read this first. Join for 4 euros a month
You may have missed: Why the lifeboats are orange
Watch next: Inside the tunnel
5 things to cook with leftover rice | Sponsored
Editor's pick: The last lamplighter
Fixtures | Results | Tables | Transfer gossip
Notices | Births | Deaths | Lost and found
Print this interview | Email it | Save it
Get the Tide app
Crossword no. 4,112 | Chess | Bridge
Company news | Share tips | Fund prices
Have we made a mistake? Write to corrections
Comments (12) | Oldest first
Search the archive | Order a reprint
Reader offers | Travel deals | Wine club
Popular: Ten walks under an hour
Sign up: Green Monday, our climate letter
Readers' comments are closed
Timeline | Who's who | Glossary
Harbour cams | Ship finder | Advertise | Log in
Print | Save | Send to a colleague
All pieces by this author | Contact the editors
Notices and tenders | Subscribe to the Gazette
We use cookies and similar tools. Manage choices | OK
Advertisement - continue below
Trending on the site: Marathon, mortgage, meteor
Latest first | 12 photos | Share
Follow the live blog by e-mail
"""

# The page's only below the report's last paragraph: above it they may be titles.
FOOT = """\
Quiz: How well do you know your quotas?
Podcast: The week in Westminster
In pictures: The longest night of the summit
From our archive: The strike of 1984
Our newsletter: Rail & Road, every Thursday morning
Next in Business: Airline shares soar
Also in this section: Rents rise again | Ferry prices to fall
Elsewhere: The goat that stopped a train
"""
FOOT_HELD_OUT = """\
Previous: The mayor who swam home
Explainer video: What is a cap?
Video: Delegates dance after midnight
Gallery: Ten years of the accord
From the archives: The night the mine closed
Recommended: A museum of lost luggage
Also on this page: Timeline | Key figures
Photo of the day | Cartoon of the week
On air now: The Morning Brief
8 minute listen | Transcript
Play our word game | Solve today's crossword
Audio version of this article | Speed 1x
All entries | Key events only
Read the statement in French | Arabic | Chinese
Also on Lakeside: The swan that voted
Live: Day 3 of the test | Match report
Your weekend: 12 trains worth taking
Readers ask: Can you freeze cheese?
Reading list: Five novels about unions
Autoplay on | Captions off
Currency: EUR | Temperature: °C
From the shop: Mugs, maps and posters
"""

NO_CHROME = """\
The ministers met in Rome | Northline, 4 May 2031
ANALYSIS | The Lake Review | 3 May 2031
EXPLAINER | What the cap would mean for cod
LIVE | Budget night: coalition reaches a deal
Interview | "We shall not sign a bad treaty"
Trending upwards, wages were the topic of the day
Watch officers on both ships confirmed the collision
Next meeting: 12 May, Rome
Next round: Ottawa, in June
Adopted: 12 for, 3 against
Present: Norway, Iceland, the Faroes
Vote on Article 4: rejected
Chair: Ms Olsen (Norway)
Contact group on finance: co-chairs Peru and Finland
Norway: We can live with the cap
More time, more money: what the dockers want
Related matters: the panel took note of the report
In brief: three rulings, no appeal
Listening to the islands would have been wiser
Keep reading the fine print, the lawyer told the crowd
You might also enjoy a seat at the table, the envoy joked.
Rate cuts: what the bank said
Weather stopped the talks for a day
Comments by the Chair were taken as a rebuke
Opinion in the hall was divided
Letters to the committee were read out
Prices rose 3 percent | wages rose 1 percent
Sources: Reuters, AFP
Photo call at six, talks at seven
Print run of the treaty: 500 copies
Sponsored by Peru, the motion failed
Popular with farmers: the price floor
The editor asked why. Letters followed.
Copyright is the last open chapter
Cookies and tea were served while the lawyers typed
Puzzle of the missing annex solved
Follow the money: who pays for the fund
Save the date: the conference opens on 4 June
Join forces or sink, the islands were told
"""
NO_CHROME_HELD_OUT = """\
The strike is over | Harbour Wire, 9 June 2031
OPINION | A treaty without teeth
LIVE BLOG | Day nine of the climate talks
COMMENT | The Lakeside Review | 2 March 2030
Next session: Nairobi, 3 to 7 December
In favour: 18. Against: 4. Abstaining: 2
Absent: Chile
Article 9: no agreement
Finance: co-chairs to consult
Denmark: Cap is the floor, not the ceiling
More ships, fewer crews: the owners' plan
Related parties must be heard, the court said
Listen to the islands, urges Fiji
Read the annex first, says the panel
Popular vote in May decides on the merger
Rating agencies welcomed the deal
Comment periods end on Friday
Video link failed twice during the hearing
Gallery seats were full before nine
Most shared the Chair's view
Continue with the old contract, the judge ruled
Recommended dose of tariffs: none
Archive of the talks opens in 2050
Elsewhere the talks went on
Share of the catch: Iceland 16 percent, Norway 31 percent
Next article of the treaty: Article 14 on waste
Previous offers: 4 percent, 5 percent and 6.5 percent
Support for the deal: 61 percent
Related costs: 40 million euros
On air now, off the table tomorrow: the fuel clause
Explore all options, the mediator told both sides
Most of the day went by without a word
Hot topics were left for ministers
Stay the course, says Wellington
Members of the panel: Okoro, Lund, Iqbal
Closing date for comments: 4 March
Venue: Palais des Nations, Room XX
Print edition of the budget delayed
Votes: 14 to 9
Last 24 hours decide the budget
All entries were refused at the port
Comments are due by 4 March
Edition of the treaty in six languages
Weather: the storm kept delegates inside
Play for time, urges the lawyer
Gift rules for ministers tightened
Key events of the week: Monday, plenary
Popular: the plan has the backing of two thirds
Search the ships, the council demands
Live: the vote in the assembly
Timeline of the strike
Deaths at sea rise, says agency
Get the men back to work, the judge told both
Members first: the union's plan for the docks
Captions of the annex were deleted
Notices of strike were served at noon
From the shop floor: 40 men walked out
Your move, says the union
ISRAEL: SIX WEEKS AND BACK TO WAR
Votes: 14 to 9 for the motion
"""

REPORT = """\
Share prices in Moscow fell on Monday.
Home advantage for the mediators
Talks on grain / ammonia resume
Russia and Ukraine
Latest round of talks ends in Geneva
Related sanctions will stay in force, the EU says
More troops for Poland
More on the table than before, says Kyiv
Follow-up talks are planned for June
Sign of movement in Geneva
Print and television were excluded
Reports of a truce
Print workers' union rejects the offer
Subscription to the treaty is open until May
Comment by the Foreign Ministry spokeswoman
Support for the plan grows
Support our independent judiciary, the commission demands
Search for a compromise goes on
Live fire exercises continue
Ukraine: EU leaders back plan
Iran > Israel trade blows
Click to Pray
This article of the treaty provides for mutual defence.
This article is based on Chapter VII of the Charter.
The article was based on documents provided by the ministry, the paper said.
This text was written by lawyers of both sides and provided to the mediators.
"As an AI language model, I cannot", the page said.
Note: this text is not binding.
Note: The report was prepared by the Secretariat at the request of the General Assembly.
Note for editors. The summit was called off.
Here is the text of the joint statement:
Here is the full text of the agreement
Here is what is known.
Of course, here too the sides differ.
Sure enough, the talks failed.
I hope this helps to end the war, the president said.
Let me know if Russia moves, he told his aide.
Title: Minister of Foreign Affairs
Photo opportunity at the Kremlin
Image of the West has changed
By Friday, talks had stalled
By the numbers
By contrast, Kyiv refuses
By accepting the plan Kyiv gains time
Updated terms were sent to Moscow on Monday
Published terms differ from the draft
Written guarantees are demanded
Text in full
Accept the plan or leave, Trump says
Close the strait, Iran's parliament votes
OK for the pipeline from Berlin
Register of damages is set up
Donate arms, not words
Next: the Senate
Next round in Doha
Previous offers were rejected
Terms of the truce
Terms of reference for the working group
Contact group meets in Ramstein
Contact line to be frozen
Contents of the secret annex leaked
Privacy of the talks
Legal guarantees wanted
Watch towers on the border must go, Seoul says
For $300 billion Russia's assets stay frozen
10 days ago the deal was dead.
Tags and labels will be harmonised
[1]  See the annex to the treaty
Ads by the government ran for weeks.
What do you think of the plan? "Not much," he says.
Advertisement ban agreed
Cookies were served
You may also like to know that Kyiv refused, he said.
Breaking news reached the delegates at noon
I am an AI researcher, she said.
Body: the security council
Article 5 says an attack on one is an attack on all
"""

LEFTOVERS = """\
As an AI language model, I cannot browse the internet.
Note: This article is based on the provided information and written in a neutral tone.
Please note: this text was generated from the notes you supplied.
Disclaimer: This article was generated by an AI tool.
Here is the rewritten version of the article:
Here's a revised draft of your article, in a formal tone:
Certainly! Here is the article you asked for:
Sure, here's a rewritten version:
I hope this helps!
Let me know if you would like any changes.
Would you like me to add sources?
I'm sorry, but I cannot fulfill that request.
Word count: 512
[Your Name]
[Insert date]
Meta description: Kyiv says no to the plan
Rewrite the following article in your own words
"""

PLACEHOLDERS = """\
[1] [Source 1] [2] [Source 2]
[1] [2] [3]
[Source]
[Insert citation here]
[citation needed]
(Source 1)
:contentReference[oaicite:3]{index=3}
【12†source】
References: [1] [Insert link] [2] [Insert link]
Sources: [Source 1], [Source 2]
[Source: to be added]
[Link to source]
[reference missing]
"""

BYLINES = """\
By Jane Example
By Jane Example and John Sample, Northline
By our diplomatic correspondent
BY STAFF REPORTER
(Reporting by the Geneva bureau; editing by the night desk)
Additional reporting by the Kyiv bureau
Harvest Desk, 9 June 2023
Published: 18 August 2025
Last updated on 19 August 2025 at 10:15
21 August 2025, 10:15
Geneva, August 21, 2025
3 hours ago
For immediate release
EMBARGOED UNTIL 18:00
This article was originally published in the Straits Wire.
@northline
"""


@pytest.mark.parametrize("line", (CHROME + MORE_CHROME + MORE_CHROME_HELD_OUT).splitlines())
def test_the_pages_own_words_are_chrome(line: str) -> None:
    told = kind_of_line(line)
    assert told is not None
    assert told[0] is BlockKind.CHROME
    assert told[1]


@pytest.mark.parametrize("line", REPORT.splitlines())
def test_the_reports_words_are_left_alone(line: str) -> None:
    assert kind_of_line(line) is None


@pytest.mark.parametrize("line", (FOOT + FOOT_HELD_OUT).splitlines())
def test_links_and_menus_below_a_report_are_the_pages(line: str) -> None:
    assert foot_reason(line)


@pytest.mark.parametrize("line", (NO_CHROME + NO_CHROME_HELD_OUT).splitlines())
def test_lines_that_look_like_the_pages_are_the_reports(line: str) -> None:
    told = kind_of_line(line)
    assert told is None or told[0] is not BlockKind.CHROME
    assert foot_reason(line) is None


@pytest.mark.parametrize("line", LEFTOVERS.splitlines())
def test_notes_of_text_generators_are_leftovers(line: str) -> None:
    told = kind_of_line(line)
    assert told is not None
    assert told[0] is BlockKind.LEFTOVER


@pytest.mark.parametrize("line", LEFTOVERS.splitlines())
@pytest.mark.parametrize("marks", ['""', "“”", "„“", "«»"])
def test_a_quoted_note_is_no_leftover(line: str, marks: str) -> None:
    told = kind_of_line(f"{marks[0]}{line}{marks[1]} stood under the report, readers told us.")
    assert told is None or told[0] is not BlockKind.LEFTOVER


@pytest.mark.parametrize("line", PLACEHOLDERS.splitlines())
def test_citations_that_point_nowhere_are_placeholders(line: str) -> None:
    told = kind_of_line(line)
    assert told is not None
    assert told[0] is BlockKind.PLACEHOLDER


def test_a_real_reference_is_no_placeholder() -> None:
    assert kind_of_line("[1] Charter of the United Nations, Article 51") is None
    assert kind_of_line("References: Charter of the United Nations, Article 51") is None


@pytest.mark.parametrize("line", BYLINES.splitlines())
def test_bylines_and_datelines(line: str) -> None:
    told = kind_of_line(line)
    assert told is not None
    assert told[0] is BlockKind.BYLINE


@pytest.mark.parametrize(
    ("line", "crumb"),
    [
        ("HomeGlobal NewsKyiv will not sign", "HomeGlobal News"),
        ("HomeWorldEuropeA seat for nobody", "HomeWorldEurope"),
        ("Home advantage for the mediators", None),
        ("HomeLand minister resigns", "Home"),
        ("Newsweek reports a truce", None),
        ("Homeless in Kharkiv", None),
    ],
)
def test_glued_breadcrumbs_end_where_the_title_begins(line: str, crumb: str | None) -> None:
    end = glued_breadcrumb_end(line)
    assert (None if end is None else line[:end]) == crumb


def test_a_label_ends_where_the_reports_words_begin() -> None:
    assert label_end("Headline: Kyiv says no") == len("Headline: ")
    assert label_end("**Title:** Kyiv says no") == len("**Title:** ")
    assert label_end("Headlines: the week in brief") is None
    assert label_end("Headline:") is None


def test_every_phrase_is_written_as_lines_are_compared() -> None:
    words = phrases()
    for line in (*words.exact, *words.bylines, *words.menu, *words.breadcrumb_starts, *words.link_headings):
        assert line == line.casefold().strip(" .:;…»›>→"), line
        assert "  " not in line


def test_expressions_match_nothing_empty() -> None:
    words = phrases()
    for pattern in (words.weak, words.strong, words.foot, words.leftover, words.byline_starts, words.byline_strong):
        assert isinstance(pattern, re.Pattern)
        assert pattern.match("") is None


def test_no_line_makes_matching_slow() -> None:
    for line in ("[1]" * 130 + "x", "a " * 200, "| " * 200, "[](" * 130, "*" * 399 + "a", "home > " * 56, "by " * 130):
        begun = time.perf_counter()
        kind_of_line(line)
        assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    ("line", "is_chrome"),
    [
        ("Quay Review > Opinion", True),
        ("The Northern Grain Letter › Politics", True),
        ("Business > Oil & gas", True),
        ("Kiel > Oslo", False),
        ("wages > business", False),
        ("Ferries from Kiel sail by night > Opinion", False),
    ],
)
def test_of_two_entries_of_a_breadcrumb_either_is_a_section(line: str, is_chrome: bool) -> None:
    found = kind_of_line(line)
    assert (found is not None and "breadcrumb" in str(found)) is is_chrome


@pytest.mark.parametrize(
    ("line", "is_chrome"),
    [("More explainers: Why is the sea salt and the lake not?", True), ("Read also: Who pays for the new bridge at Tarn?", True),
     ("To subscribe or unsubscribe, follow the link below.", True), ("To unsubscribe from our briefing, write to the desk.", True),
     ("Menu - Search - Donate", True), ("Home - Politics - Europe", True),
     ("To subscribe to that view, see the minister's point, is to give up.", False), ("Peace - Bread - Land", False),
     ("Latest: Chile says no to the plan.", False), ("The question: Why did nobody sign on Friday?", False)],
)  # fmt: skip
def test_links_with_a_label_menus_with_dashes_and_how_to_unsubscribe(line, is_chrome):
    assert (kind_of_line(line) is not None) is is_chrome
