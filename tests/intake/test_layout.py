"""The layout of whole texts: what is marked, as what, and what is left alone."""

from __future__ import annotations

import pytest

from travaux.intake import layout_blocks
from travaux.model import BlockKind

LEAD = "The delegations left Geneva on Friday without a result, and no date was set for another round between them."
MORE = "Kyiv will not give up the crossing points, its negotiator said, and Moscow repeated that it wants them guarded."


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """Kind and words of each block."""
    return [(block.kind.value, text[block.start : block.end]) for block in layout_blocks(text, title)]


def test_chrome_is_marked_with_a_reason_and_nothing_is_cut() -> None:
    text = f"Skip to content\n\nTalks end in Geneva\n\n{LEAD}\n\nRead also:\n"
    blocks = layout_blocks(text)
    assert [block.kind for block in blocks] == [
        BlockKind.CHROME,
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
        BlockKind.CHROME,
    ]
    assert all(block.reason for block in blocks if block.kind is BlockKind.CHROME)
    assert [text[block.start : block.end] for block in blocks][-1] == "Read also:"


@pytest.mark.parametrize("empty", ["", " ", "\n\r\n\t\u2028\u00a0"])
def test_a_text_without_words_has_no_blocks(empty: str) -> None:
    assert layout_blocks(empty) == ()


def test_a_breadcrumb_glued_to_a_title_that_stands_elsewhere_is_chrome_as_a_whole() -> None:
    text = f"HomeWorldTalks end in Geneva\n\nTalks end in Geneva\n\n{LEAD}\n"
    assert kinds(text)[:2] == [("chrome", "HomeWorldTalks end in Geneva"), ("title", "Talks end in Geneva")]


def test_a_breadcrumb_glued_to_the_only_title_is_split_from_it() -> None:
    text = f"HomePoliticsTalks end in Geneva without result\n\n{LEAD}\n"
    assert kinds(text)[:2] == [("chrome", "HomePolitics"), ("title", "Talks end in Geneva without result")]


def test_a_breadcrumb_without_home_is_found_by_the_title_it_touches() -> None:
    text = f"WorldEuropeTalks end in Geneva\nTalks end in Geneva\n\n{LEAD}\n"
    assert kinds(text)[0] == ("chrome", "WorldEuropeTalks end in Geneva")


def test_the_title_given_is_found_among_other_headlines() -> None:
    text = f"Elsewhere the war goes on\n\nTalks end in Geneva\n\n{LEAD}\n"
    assert ("title", "Talks end in Geneva") in kinds(text, "Talks end in Geneva")


def test_mastheads_above_the_title_and_names_under_it_are_bylines() -> None:
    text = f"THE LAKE HERALD\nTalks end in Geneva without result\nLake Live\nShare\n\n{LEAD}\n"
    assert kinds(text)[:3] == [
        ("byline", "THE LAKE HERALD"),
        ("title", "Talks end in Geneva without result"),
        ("byline", "Lake Live"),
    ]


def test_headlines_without_a_paragraph_stay_readable() -> None:
    text = "Moscow rejects truce\nKyiv demands guarantees\nEU to keep assets frozen\n"
    assert all(block.is_read for block in layout_blocks(text))


def test_a_first_line_of_one_sentence_over_longer_paragraphs_is_the_title() -> None:
    text = f"Geneva is ready to host the talks, according to its mayor.\n{LEAD} {MORE}\n{MORE} {LEAD}\n"
    assert kinds(text)[0][0] == "title"
    lead_only = f"{LEAD} {MORE}\n{MORE}\n{LEAD}\n"
    assert kinds(lead_only)[0][0] == "paragraph"


def test_repeats_are_marked_and_the_first_stands() -> None:
    text = f"Talks end in Geneva\n\nTalks end in Geneva\n\n{LEAD}\n\nKEY POINTS\n{MORE}\n\nKEY POINTS\n{MORE}\n"
    assert [kind for kind, _ in kinds(text)] == [
        "title",
        "repeat",
        "paragraph",
        "heading",
        "paragraph",
        "repeat",
        "repeat",
    ]


def test_short_lines_may_recur() -> None:
    text = f"Talks end in Geneva\n\nMR PEACE:\n{LEAD}\n\nYes.\n\nMR PEACE:\n{MORE}\n\nYes.\n"
    assert "repeat" not in [kind for kind, _ in kinds(text)]


def test_the_title_in_other_words_above_the_text_is_a_repeat() -> None:
    text = f"Expected Pledges Concerning Grain Before Istanbul Summit\n\nForthcoming Pledges Regarding Grain at Istanbul Summit\n\n{LEAD}\n\n{MORE}\n"
    assert kinds(text)[1][0] == "repeat"


def test_sub_headings_that_share_words_with_the_title_stay() -> None:
    text = (
        f"Geneva talks on prisoners end without result\n\n{LEAD}\n\n{MORE}\n\nPrisoners and Geneva\n\n{LEAD} Again.\n"
    )
    assert ("heading", "Prisoners and Geneva") in kinds(text)


def test_a_closing_list_that_sums_up_is_a_repeat_and_one_with_news_is_not() -> None:
    recap = "- The delegations left Geneva on Friday without a result.\n- Kyiv will not give up the crossing points.\n"
    news = "- The mediators will travel to Ankara in July.\n- Prisoners are to be exchanged before that.\n"
    body = f"Talks end in Geneva\n\n{LEAD}\n\n{MORE}\n\n{MORE} {LEAD}\n\n"
    assert [kind for kind, _ in kinds(body + recap)][-2:] == ["repeat", "repeat"]
    assert [kind for kind, _ in kinds(body + news)][-2:] == ["list-item", "list-item"]


@pytest.mark.parametrize(
    "again",
    [
        "The delegations left Geneva on Friday without a result, and no date was set for another round between them.",
        "- The delegations left Geneva on Friday without a result",
        "**Kyiv will not give up the crossing points**",
        "No date was set for another round between them. [2]",
        "In short: Moscow repeated that it wants them guarded.",
        "Kyiv will not give up the crossing points, its negotiator said, and Moscow repeated that it wants them guarded. [Source 1]",
    ],
)
def test_a_passage_of_a_paragraph_that_stands_again_alone_is_a_repeat(again: str) -> None:
    paragraph = f"{LEAD} [1] {MORE}"
    for text in (
        f"No result in Geneva\n\n{paragraph}\n\nNobody smiled when the cars drove off.\n\n{again}\n",
        f"No result in Geneva\n\n{again}\n\n{paragraph}\n\nNobody smiled when the cars drove off.\n",
    ):
        assert [words for kind, words in kinds(text) if kind == "repeat"] == [again]
        assert ("paragraph", paragraph) in kinds(text)


def test_a_heading_over_repeats_alone_goes_with_them() -> None:
    body = f"No result in Geneva\n\n{LEAD} {MORE}\n\nNobody smiled when the cars drove off.\n\nKey takeaways:\n"
    assert [kind for kind, _ in kinds(f"{body}{LEAD}\n")][-2:] == ["repeat", "repeat"]
    news = "Prisoners are to be exchanged before the next round of talks begins."
    assert ("heading", "Key takeaways:") in kinds(f"{body}{LEAD}\n{news}\n")


@pytest.mark.parametrize(
    "line",
    [
        "We will not go back.",
        "Moscow wants them guarded.",
        "The delegations left Vienna on Friday without a result, and a date was set for another round.",
        "Its negotiator said that Kyiv will not give up the crossing points.",
    ],
)
def test_refrains_and_new_words_are_no_repeats(line: str) -> None:
    text = f"No result in Geneva\n\n{LEAD} We will not go back. {MORE}\n\nNobody smiled when the cars drove off.\n\n{line}\n"
    assert "repeat" not in [kind for kind, _ in kinds(text)]


def test_a_title_printed_in_other_words_than_the_manifests_is_the_title() -> None:
    text = f"LAKE BULLETIN\nMay session of the Lake Council: summary of the third day\n\n{LEAD}\n\n{MORE}\n"
    found = kinds(text, "Lake Council Bulletin: summary of the third day")
    assert ("title", "May session of the Lake Council: summary of the third day") in found


def test_menus_and_links_below_the_text_are_chrome_and_its_last_words_are_not() -> None:
    end = "The author has written on lakes since 1994.\n\nVideo: A boat that flies\nCargo news | Crew changes | Directory\n"
    text = f"Talks end in Geneva\n\nVideo: What the cameras saw\n\n{LEAD}\n\n{MORE}\n\n{end}"
    assert [kind for kind, _ in kinds(text)][-3:] == ["paragraph", "chrome", "chrome"]
    assert "chrome" not in [kind for kind, _ in kinds(text)][:2]
    minutes = f"Talks end in Geneva\n\n{LEAD}\n\n{MORE}\n\nPresent: Kyiv, Moscow\nNext round: Ankara, in July\n"
    assert "chrome" not in [kind for kind, _ in kinds(minutes)]


def test_links_under_read_also_are_chrome_up_to_the_reports_next_paragraph() -> None:
    text = (
        f"Talks end in Geneva\n\n{LEAD}\n\nRead also\nKyiv wants more tents\nWhat we know about the bridge\n\n{MORE}\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["title", "paragraph", "chrome", "chrome", "chrome", "paragraph"]


def test_headings_at_the_end_with_nothing_under_them_are_chrome() -> None:
    text = f"Talks end in Geneva\n\n{LEAD}\n\nWhat Moscow wants\n\n{MORE}\n\nFrom Our Partners\n"
    assert kinds(text)[-1] == ("chrome", "From Our Partners")
    assert ("heading", "What Moscow wants") in kinds(text)


def test_a_generators_label_is_a_block_of_its_own() -> None:
    text = f"Talks end in Geneva\n\nHeadline: No Result After Three Days of Talks\n\n{LEAD}\n"
    assert kinds(text)[1:3] == [("leftover", "Headline:"), ("heading", "No Result After Three Days of Talks")]


def test_fields_above_a_text_are_no_generators_labels() -> None:
    text = f"Title: Talks end in Geneva\nAuthor: J. Example\nDate: 2025-03-04\n\n{LEAD}\n"
    assert kinds(text)[:4] == [
        ("byline", "Title:"),
        ("title", "Talks end in Geneva"),
        ("byline", "Author: J. Example"),
        ("byline", "Date: 2025-03-04"),
    ]


def test_a_generators_note_glued_to_the_last_paragraph_is_split_from_it() -> None:
    note = "Note: This article was generated based on the information provided and contains no opinions."
    text = f"Talks end in Geneva\n\n{LEAD} {MORE} {note}\n"
    assert kinds(text)[-2:] == [("paragraph", f"{LEAD} {MORE}"), ("leftover", note)]


def test_a_report_about_a_generators_note_quotes_it() -> None:
    note = "Note: This article is based on the provided key facts and written in a neutral style."
    text = (
        f'Paper prints a machine\'s note\n\n{LEAD} At its foot stood: "{note}" Nobody had seen it before print.\n\n'
        f"The note ended with these words, which readers photographed at once:\n\n{note}\n\n"
        f'"{note}" was read out in parliament.\n\n> {note}\n'
    )
    assert "leftover" not in [kind for kind, _ in kinds(text)]


def test_a_box_with_its_label_repeated_is_a_note_where_a_generator_wrote() -> None:
    box = "Treaty of Bern: The Treaty of Bern states that letters are carried across all borders of its members."
    written = f"Talks end in Geneva\n\n{LEAD}\n\n[1] [Source 1]\n\n{box}\n"
    assert kinds(written)[-1] == ("note", box)
    assert kinds(f"Talks end in Geneva\n\n{LEAD}\n\n{box}\n")[-1] == ("paragraph", box)


def test_notes_for_editors_and_addenda_stay_readable() -> None:
    text = f"Joint statement of both sides\n\n{LEAD}\n\nNote for editors. {MORE}\n"
    assert all(block.is_read for block in layout_blocks(text))


def test_wrapped_lines_are_one_paragraph() -> None:
    first = (
        "The two delegations met on Tuesday for the third\ntime this month and agreed to exchange lists of\n"
        "prisoners, the mediators said in a statement. They\ndid not agree on who will guard the crossings."
    )
    second = "The next round is planned for July, and neither\nside would say what it expects of it."
    text = f"Talks end in Geneva\n\n{first}\n\n{second}\nShare | Print\n"
    assert kinds(text) == [
        ("title", "Talks end in Geneva"),
        ("paragraph", first),
        ("paragraph", second),
        ("chrome", "Share | Print"),
    ]


def test_short_lines_under_each_other_are_not_taken_for_wrapped_ones() -> None:
    text = f"Talks end in Geneva\n\n{LEAD}\n\nMust Read\nRelated News\n"
    assert [words for _, words in kinds(text)][-2:] == ["Must Read", "Related News"]


def test_live_blogs_have_times_as_headings() -> None:
    text = f"LIVE | Talks in Geneva as they happened\n\n21.35 Kyiv\n{LEAD}\n\n20.20 Moscow\n{MORE}\n"
    assert [kind for kind, _ in kinds(text)] == ["title", "heading", "paragraph", "heading", "paragraph"]


def test_lists_keep_their_wrapped_lines() -> None:
    text = f"Talks end in Geneva\n\n{LEAD}\n\n- lists of prisoners\n  and of the missing\n1. crossing points\n• tents\n\n{MORE}\n"
    assert [words for kind, words in kinds(text) if kind == "list-item"] == [
        "- lists of prisoners\n  and of the missing",
        "1. crossing points",
        "• tents",
    ]


def test_markdown_marks_are_understood() -> None:
    text = (
        f"# Talks end in Geneva\n\n*By Staff Writer*\n\n![hall](https://example.org/a.jpg)\n\n{LEAD}\n\n## What Kyiv wants\n\n"
        f"{MORE}\n\n---\n\n[Home](/) | [World](/w)\n"
    )
    assert [kind for kind, _ in kinds(text)] == [
        "title",
        "byline",
        "chrome",
        "paragraph",
        "heading",
        "paragraph",
        "chrome",
        "chrome",
    ]


def test_rows_of_a_table_are_no_menu() -> None:
    text = f"Talks end in Geneva\n\n{LEAD}\n\n| party | stance |\n| russia | against |\n| ukraine | for |\n\n{MORE}\n"
    assert "chrome" not in [kind for kind, _ in kinds(text)]


def test_questions_and_answers_stay_readable() -> None:
    text = f"What was asked in Geneva\n\nQ: Will Kyiv sign?\n{LEAD}\n\nQ. And Moscow?\n{MORE}\n"
    assert all(block.is_read for block in layout_blocks(text))


def test_sentences_in_the_body_are_never_chrome() -> None:
    sentences = (
        "Share prices in Moscow fell after the talks ended.",
        "Search parties were sent to the crossing points on Monday.",
        "Related demands were put to the mediators in writing.",
        "More on this was promised for the next round.",
        "Advertisement of the plan in both capitals did not help.",
        "The latest offer was refused by both sides.",
    )
    text = "Talks end in Geneva\n\n" + "\n\n".join((LEAD, *sentences, MORE)) + "\n"
    assert [kind for kind, _ in kinds(text)] == ["title"] + ["paragraph"] * 8
