"""Single lines: what pages print around reports is chrome, what reports say never is."""

from __future__ import annotations

import re
import time

import pytest

from travaux.intake.furniture import glued_breadcrumb_end, kind_of_line, label_end, phrases
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


@pytest.mark.parametrize("line", CHROME.splitlines())
def test_the_pages_own_words_are_chrome(line: str) -> None:
    told = kind_of_line(line)
    assert told is not None
    assert told[0] is BlockKind.CHROME
    assert told[1]


@pytest.mark.parametrize("line", REPORT.splitlines())
def test_the_reports_words_are_left_alone(line: str) -> None:
    assert kind_of_line(line) is None


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
    for pattern in (words.weak, words.strong, words.leftover, words.byline_starts, words.byline_strong):
        assert isinstance(pattern, re.Pattern)
        assert pattern.match("") is None


def test_no_line_makes_matching_slow() -> None:
    for line in ("[1]" * 130 + "x", "a " * 200, "| " * 200, "[](" * 130, "*" * 399 + "a", "home > " * 56, "by " * 130):
        begun = time.perf_counter()
        kind_of_line(line)
        assert time.perf_counter() - begun < 0.5
