"""What text generators leave behind: known wherever it stands in a line, and never what somebody says."""

from __future__ import annotations

import time

import pytest

from travaux.intake import layout_blocks
from travaux.intake.furniture import note_end
from travaux.model import BlockKind

LEAD = "The delegations left Geneva on Friday without a result, and no date was set for another round between them."
MORE = "Kyiv will not give up the crossing points, its negotiator said, and Moscow repeated that it wants them guarded."

NOTES = """\
Sure! Below is a rewritten version of the press release, in plain English and under 300 words:
Certainly! Here's a concise, neutral rewrite of the story:
Absolutely! Here is your article, reworked for a general audience:
Of course. Below you'll find the summary in three paragraphs.
Great! Here's the revised piece:
Okay, here's the article in British English:
Sure thing! Here's a 250-word version:
Below is the rewritten text:
The following is a paraphrased version of the text you provided:
I've rewritten the article in a more engaging tone:
I have rewritten the statement in plain language, as you asked.
As requested, here is the text in about 300 words.
Got it! Here's a shorter take on the piece:
Thank you for sharing the article. Here is a rewritten version:
I have kept all the names, dates and figures from the original.
I've preserved all quotes and kept the structure of the source text.
All key facts from the original article have been retained.
Would you like me to turn this into a thread?
Do you want me to prepare a headline as well?
If you'd like, I can also write a shorter version.
If you want, I can adapt it for LinkedIn.
I hope this rewrite meets your needs!
Hope this helps!
Please let me know whether you need further changes.
(Word count: 312)
Total word count: approximately 300 words
This version keeps the key facts while using a more neutral tone.
The rewritten text above is about 280 words long and retains all key points.
Note: I was unable to verify the figures, as my knowledge ends in 2023.
Note: Some details were omitted to stay within the word limit.
Shall I add subheadings?
SEO title: Steel Talks Collapse in Ottawa
Slug: steel-talks-collapse
[Insert quote from the minister here]
ChatGPT can make mistakes. Check important info.
As of my last update in January 2022, the talks had not begun.
Word count: 271. Let me know if you need a longer version.
Here is a news article written in a formal style:
"""
# Looked at only when the rules for the others stood.
NOTES_HELD_OUT = """\
Sure, below is a reworked version of the bulletin with simpler sentences:
Certainly. The following is a rewritten report in about 350 words:
Of course! I've rephrased the interview as a short news item:
Happy to help! Here is the condensed version of the column:
Here's the rewritten piece, with all facts preserved:
Below you will find a rephrased version of the article in an objective tone.
I've condensed the report to 200 words while keeping all key information.
I have maintained the original structure and all relevant figures of the article.
No facts were added or removed from the original text.
Would you like a version for social media?
Do you need any further changes to the text?
If you need a different tone or length, just let me know!
I can also provide a shorter summary if you wish.
Hope this meets your requirements!
Approximate word count: 320
Length: 298 words
Let me know if you'd prefer a more formal version.
Note: The names of some officials have been omitted as requested.
[Insert date of publication]
[Journalist's Name]
Feel free to adjust the headline to your liking.
Is there anything else you would like me to change?
This rewrite preserves the meaning of the original while changing the wording.
Rewritten version (about 300 words):
Suggested tags: fisheries, quotas, Brussels
Sure! I have reworded the bulletin below, keeping it under 350 words.
Here's a rewritten version of your text that keeps the essential information:
Below is the article, rewritten in a neutral, news-like tone:
Certainly! Below is a fresh take on the article, written for a general readership:
Of course! Here is the news story rewritten to avoid plagiarism:
Here is an SEO-optimised version of the article:
Here's the summary you asked for, in simple English:
I have shortened the text to about 250 words, as requested.
The text has been rewritten to be original while preserving the meaning.
I made sure to keep all dates and numbers unchanged.
This summary is based solely on the text you provided.
Let me know if you'd like it shorter or in a different style!
Would you like me to create a headline and a teaser as well?
Would you prefer a more formal tone?
If you need this in another format, just say so.
I hope this is helpful! Let me know if you need anything else.
I'd be happy to adjust the tone or length.
Total: 287 words.
Words: 305
Note that I have not verified the claims in this article.
Please note that some quotes have been paraphrased for originality.
As an AI, I do not have access to current events.
Here are three possible headlines for the article:
[Insert byline]
[Your Name], [Your Publication]
Sure, no problem! Here's the article rephrased for clarity and flow:
Here's my attempt at rewriting the piece in a livelier voice:
Rewritten in a neutral tone, approximately 280 words:
Below is a plagiarism-free version of the report:
The following article is a rewrite of the source text with the facts left unchanged:
I've kept the essential facts but varied the sentence structure.
The key facts and figures have been kept as in the source.
Let me know if you want me to change anything.
Need a shorter version? Just ask!
Would you like this in bullet points?
I can make it shorter or add quotes if you want.
Hope you like it!
(Approx. 290 words)
Disclaimer: This text was produced with the help of an AI assistant.
Note: placeholders such as [Source] should be replaced with real references.
Generated by ChatGPT
Sure! Here's the column rewritten as a straightforward news report, under 300 words:
Absolutely! Below is the interview turned into a news article in third person:
Of course! Here is a simplified version of the bulletin for a general audience:
Certainly! Here's an engaging, SEO-friendly rewrite of the analysis:
Here is the rewritten article, keeping the main facts and the neutral tone:
I have kept the rewrite faithful to the source. Would you like a shorter version?
I have rewritten the text to make it unique. Shall I also suggest a title?
All facts from the original have been preserved. Let me know if any edits are needed!
I hope this version works for you. Would you like me to make it more formal?
Word count: 318 words. Let me know if you'd like any changes!
This rewritten version stays under the 300-word limit.
The article above has been rewritten in a neutral tone as requested.
Would you like me to optimise it for search engines?
Let me know if you need a version for print or social media.
If you would like, I can add subheadings or a stronger conclusion.
Please let me know if you want the tone changed.
Certainly! I've rewritten the live blog as a flowing article:
Sure! Below is the story in simpler words, with the length cut to 300 words:
Sure! Here is the bulletin, rephrased in everyday English with all figures kept:
I have retained every figure and name from the source. Would you like a different title?
I kept the order of the original. Tell me if you want it shorter.
I've made the language more accessible while keeping the facts.
Word count: approximately 305. Would you like me to shorten it?
Do let me know if you would like any part expanded!
Would you like me to turn this into a newsletter?
"""

SAID = """\
Below is an edited transcript of the interview.
Below is the text of the letter that the union sent to its members:
Here is a revised version of Article 12, as the Chair circulated it:
The following is a summary of the decisions taken on Friday:
Sure, the union lost members.
Certainly, the talks are not over.
Of course! cried the delegate from Peru.
I have kept my word, said the minister.
I have preserved the rights of every member, he said.
I've rewritten the budget three times, the minister told parliament.
Let me know when the ships leave, he said.
Note: The figures were revised by the statistics office in May.
This version of the text keeps all brackets, delegates said.
If you like, I can leave, the envoy snapped.
If you want a deal, I can get you one, he told the owners.
This article has been updated with a comment by the ministry.
This interview has been edited for length and clarity.
Would you like to see him resign?
Do you want the cap to go?
Shall I tell you what the owners want?
Hope this time is different, islanders say
The word count of the treaty fell to 4,000.
Here is the article of the treaty that the Senate rejected:
Great! Here comes another commission, a fisherman said.
All key points were retained in the final draft.
Length: two hours. Result: none.
"""
SAID_HELD_OUT = """\
Below is a list of the states that have signed.
Here are the main points of the accord:
Below you will find the joint communique.
The following is an unofficial translation of the statement.
Would you like a fifth term, Mr President?
Do you need the votes of the left?
I can also see a shorter contract, she said.
No facts were in dispute, the judge wrote.
Note: Names of some witnesses have been changed.
This rewrite of the fisheries policy would close ports.
Feel free to strike, the owners told the crew.
The revised version of the text was handed out at noon.
Of course, I've read the report.
Certainly. The following day they signed.
Is there anything else you would change in the treaty?
Here is what the ministers agreed on Friday:
Here are three possible outcomes of the vote:
Below is the list of goods on which the tariff falls:
I have not verified the claims, the inspector told the board.
I'd be happy to sign tomorrow, said the owner.
Please note that the hall closes at six.
I have shortened the speech, she told the delegates.
Total: 287 votes.
The bill has been rewritten to please the senators.
I made sure to keep all my promises, he said.
Would you prefer a strike?
Let me know if you'd like it, the trader said.
If you need this, just say so, the union told its members.
I hope this is helpful to the talks, the envoy said.
As an adviser, I do not have access to the minister's papers, she said.
The summary is based on the minutes of the meeting.
Here's my view of the deal, for what it is worth.
The following article is deleted from the protocol:
I've kept the essential staff but cut the board, the owner said.
The key figures have been kept secret.
Need a deal by Friday? Not at any price.
I can make it to Geneva by noon, she wrote.
Disclaimer: the paper is owned by one of the bidders.
Would you like this in writing? he asked.
Here is a simplified version of the tax, in four brackets:
Let me know if any ships are needed, the admiral said.
I have kept faith with the members, the president said.
The original text of the accord has been preserved in the archive.
Would you like me to say yes? he shot back.
All facts of the case have been established, the court said.
I kept the order of the speakers, the chair said.
Tell me if you want it shorter, the mediator said.
I've made the port more accessible, the director said.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and words of each block behind the title."""
    whole = f"Talks end in Geneva without a result\n\n{text}\n"
    return [(block.kind.value, whole[block.start : block.end]) for block in layout_blocks(whole)][1:]


@pytest.mark.parametrize("note", (NOTES + NOTES_HELD_OUT).splitlines())
def test_a_note_on_a_line_of_its_own(note: str) -> None:
    assert kinds(f"{LEAD}\n\n{MORE}\n\n{note}")[2:] == [("leftover", note)]
    assert ("leftover", note) in kinds(f"{note}\n\n{LEAD}\n\n{MORE}")


@pytest.mark.parametrize("line", (SAID + SAID_HELD_OUT).splitlines())
def test_what_somebody_says_is_no_note(line: str) -> None:
    assert "leftover" not in [kind for kind, _ in kinds(f"{LEAD}\n\n{line}\n\n{MORE}")]
    assert "leftover" not in [kind for kind, _ in kinds(f"{LEAD} {line} {MORE}")]


def test_an_announcement_ends_where_the_text_begins() -> None:
    note = "Sure! Below is a rewritten version of the report, in plain English:"
    assert kinds(f"{note} {LEAD} {MORE}") == [("leftover", note), ("paragraph", f"{LEAD} {MORE}")]


def test_a_note_ends_with_its_sentences() -> None:
    note = "I have preserved all the facts of the original text. Would you like me to add a headline?"
    assert kinds(f"{LEAD} {MORE} {note}") == [("paragraph", f"{LEAD} {MORE}"), ("leftover", note)]
    assert kinds(f"{LEAD}\n\n{note}")[1:] == [("leftover", note)]
    long = " ".join((LEAD, MORE) * 3)
    assert kinds(f"Word count: 512. {long}") == [("leftover", "Word count: 512."), ("paragraph", long)]


def test_sentences_between_two_notes_belong_to_the_first() -> None:
    note = "Note: This article is based on the provided key facts. It is meant for everybody. Let me know if you want a shorter one."
    assert kinds(f"{LEAD}\n\n{note}")[1:] == [("leftover", note)]


def test_short_sentences_of_a_report_stay_behind_a_quoted_note() -> None:
    text = f'{LEAD} The page ended: "Word count: 300. Would you like me to add a headline?" {MORE}'
    assert kinds(text) == [("paragraph", text)]


def test_the_end_of_a_note_is_a_place_in_the_line_as_printed() -> None:
    for note in ("Word count: 300", "**Word count: 300**", "- (Word count: 300)", "[Insert date]"):
        end = note_end(note)
        assert end is not None
        assert 0 < end <= len(note)


@pytest.mark.parametrize(
    "unit", ["Sure! ", "Would you like ", "here is the ", "note: the ", "I have kept ", "[your ", "if you want "]
)
def test_no_line_makes_looking_slow(unit: str) -> None:
    begun = time.perf_counter()
    blocks = layout_blocks(f"{LEAD}\n\n{unit * 20_000}\n")
    assert time.perf_counter() - begun < 3
    assert any(block.kind is not BlockKind.TITLE for block in blocks)
