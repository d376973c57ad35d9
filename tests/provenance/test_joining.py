"""What is new is compared with all there is and joined to what stands; it comes to what comparing all with all does."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.intake import layout_blocks
from travaux.model import DateBasis, PartialDate, Report
from travaux.provenance import candidates
from travaux.provenance.candidates import CROWD, NEIGHBOURS, Keys, in_both, sharing
from travaux.provenance.families import Standing, families_among, families_of
from travaux.provenance.titles import Title, flags_of_titles, flags_within, reach_of
from travaux.provenance.traces import Traces, trace_of
from travaux.provenance.wording import Vocabulary


def keys_of(lists):
    return Keys.of_each([np.array(sorted(one), dtype=np.uint64) for one in lists], np.uint64)


LISTS = st.lists(st.sets(st.integers(0, 30), max_size=8), min_size=1, max_size=12)


@given(LISTS, st.data(), st.integers(1, 3), st.floats(0, 1))
def test_pairs_that_share_keys_are_those_of_the_sets(lists, data, fewest, share):
    def wanted(i, j, among):
        both = lists[i] & lists[j] & among
        return len(both) >= max(fewest, share * min(len(lists[i]), len(lists[j])))

    everything = set(range(31))
    every = [list(pair) for pair in combinations(range(len(lists)), 2)]
    keys = keys_of(lists)
    assert sharing(keys, share=share, fewest=fewest).tolist() == [one for one in every if wanted(*one, everything)]
    some_pairs = np.array(data.draw(st.lists(st.sampled_from(every), unique_by=tuple)) if every else [], np.int32)
    both = in_both(sharing(keys), some_pairs.reshape(-1, 2)).tolist()
    assert both == [one for one in every if one in some_pairs.tolist() and lists[one[0]] & lists[one[1]]]
    new = np.array(data.draw(st.lists(st.booleans(), min_size=len(lists), max_size=len(lists))))
    with_new = [one for one in every if new[one].any()]
    assert sharing(keys, new, share=share, fewest=fewest).tolist() == [
        one for one in with_new if wanted(*one, everything)
    ]
    chosen = data.draw(st.sets(st.integers(0, 40)))
    some = np.array(sorted(chosen), dtype=np.uint64)
    found = sharing(keys, new, share=share, fewest=fewest, wanted=some, among=~new)
    assert found.tolist() == []  # a pair needs a new one, and none of these counts
    found = sharing(keys, share=share, fewest=fewest, wanted=some)
    assert found.tolist() == [one for one in every if wanted(*one, chosen)]


@given(LISTS, st.sets(st.integers(0, 1 << 40)), st.booleans())
def test_places_of_keys_are_found_by_their_last_bits_and_by_search(lists, others, by_bits):
    keys = keys_of(lists)
    wanted = np.array(sorted(others | lists[0]), dtype=np.uint64)
    some, candidates.SOME = candidates.SOME, 10**9 if by_bits else 0
    try:
        places, which = keys.places_of(wanted)
    finally:
        candidates.SOME = some
    assert places.tolist() == [n for n, key in enumerate(keys.row.tolist()) if key in wanted.tolist()]
    assert wanted[which].tolist() == keys.row[places].tolist()
    held = zip(keys.owners_of(places).tolist(), keys.row[places].tolist(), strict=True)
    assert all(key in lists[owner] for owner, key in held)


def test_a_new_one_among_a_crowd_meets_its_neighbours_only():
    keys = keys_of([{7}] * (CROWD + 10))
    new = np.zeros(CROWD + 10, dtype=bool)
    new[20] = True
    met = {one for pair in sharing(keys, new).tolist() for one in pair} - {20}
    assert met == {*range(20 - NEIGHBOURS, 20), *range(21, 21 + NEIGHBOURS)}


# ---------------------------------------------------------------------------------------------------------- families


def invented(number, seed):
    """Reports of which some are copies of others, some of copies."""
    dice = random.Random(seed)
    words = ["".join(dice.choices("bdfgklmnprst", k=4)) + "a" for _ in range(2_000)]
    texts = []
    for place in range(number):
        if texts and dice.random() < 0.4:
            kept = dice.choice(texts).split("\n\n")
            texts.append("\n\n".join([f"Headline {place}", *kept[1:]][: dice.choice((4, 9))]))
        else:
            paragraphs = (" ".join(dice.choices(words, k=20)).capitalize() + "." for _ in range(6))
            texts.append("\n\n".join([f"Headline {place}", *paragraphs]))
    return [
        Report(f"r{n:03}", f"r{n:03}", "", "text/plain", "utf-8", text, layout_blocks(text))
        for n, text in enumerate(texts)
    ]


def retold(number, seed):
    """Reports of which some tell others in other words, some copy others, and some print old paragraphs of others below new ones."""
    dice = random.Random(seed)
    words = ["".join(dice.choices("bdfgklmnprst", k=4)) + "a" for _ in range(3_000)]

    def sentence(own):
        return " ".join(own).capitalize() + "."

    texts: list[list[list[str]]] = []
    for _ in range(number):
        new = [dice.sample(words, 18) for _ in range(6)]
        kind = dice.random() if texts else 1.0
        if kind < 0.35:  # each sentence keeps some words, in another order
            kept = dice.choice(texts)
            part = dice.uniform(0.3, 0.7)
            new = [
                dice.sample(one, int(part * len(one))) + dice.sample(words, 18 - int(part * len(one))) for one in kept
            ]
            for one in new:
                dice.shuffle(one)
        elif kind < 0.5:
            new = dice.choice(texts)[: dice.choice((4, 6))]
        elif kind < 0.65:
            new = [*new[:2], *dice.choice(texts)[:3]]
        texts.append(new)
    shown = ["\n\n".join([f"Headline {n}", *map(sentence, one)]) for n, one in enumerate(texts)]
    return [
        Report(f"r{n:03}", f"r{n:03}", "", "text/plain", "utf-8", text, layout_blocks(text))
        for n, text in enumerate(shown)
    ]


def told(families):
    return [(one.report_ids, one.original, one.says) for one in families]


def in_batches(reports, batches):
    """The families that come of comparing one batch after the other; of each batch the ids."""
    by_id = {one.id: one for one in reports}
    traces = {one.id: trace_of(one, Vocabulary()) for one in reports}
    known: set[str] = set()
    standing = {}
    for batch in batches:
        known |= batch
        family_of = {one: family.id for family in standing.values() for one in family.report_ids}
        before = Standing(
            frozenset(batch),
            family_of,
            lambda ids, held=standing: [link for one in sorted(ids) for link in held[one].links],
        )
        found = families_among(Traces.of(traces[one] for one in sorted(known)), by_id.__getitem__, None, before)
        assert {family_of[one] for one in batch if one in family_of} <= before.replaced <= set(standing)
        standing = {one.id: one for one in standing.values() if one.id not in before.replaced}
        assert not {one for family in found for one in family.report_ids} & {
            one for family in standing.values() for one in family.report_ids
        }
        standing |= {one.id: one for one in found}
    return sorted(standing.values(), key=lambda one: one.reports)


@st.composite
def batches_of(draw, ids):
    """Some ids in any order, batch after batch, each but the first with some that were compared before and are looked at anew."""
    order = draw(st.permutations(sorted(ids)))
    size = draw(st.integers(3, 12))
    batches, known = [], []
    for at in range(0, len(order), size):
        anew = draw(st.sets(st.sampled_from(known), max_size=3)) if known else set()
        batches.append({*order[at : at + size], *anew})
        known += order[at : at + size]
    return batches


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.data())
def test_batch_after_batch_comes_to_the_families_of_all(seed, data):
    reports = invented(24, seed)
    by_id = {one.id: one for one in reports}
    found = in_batches(reports, data.draw(batches_of(by_id)))
    assert told(found) == told(families_of(reports, by_id.__getitem__))
    for family in found:
        ends = [(link.first_id, link.second_id) for link in family.links]
        assert len(set(ends)) == len(ends) and {one for pair in ends for one in pair} == set(family.report_ids)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.data())
def test_rewordings_come_out_the_same_in_whatever_order_they_are_joined(seed, data):
    reports = retold(16, seed)
    by_id = {one.id: one for one in reports}
    found = in_batches(reports, data.draw(batches_of(by_id)))
    assert told(found) == told(families_of(reports, by_id.__getitem__))


def test_an_order_in_which_a_link_that_stood_by_few_reports_has_to_fall():
    reports = invented(24, 695)
    by_id = {one.id: one for one in reports}
    order = [*range(11), *range(12, 17), 11, *range(17, 24)]
    found = in_batches(reports, [{f"r{n:03}" for n in order[at : at + 8]} for at in range(0, 24, 8)])
    assert told(found) == told(families_of(reports, by_id.__getitem__))


def test_families_that_nothing_new_touches_are_not_given():
    reports = invented(24, 1)
    by_id = {one.id: one for one in reports}
    whole = families_of(reports, by_id.__getitem__)
    assert len(whole) > 2
    standing = {one.id: one for one in whole}
    family_of = {one: family.id for family in whole for one in family.report_ids}
    traces = Traces.of(trace_of(one, Vocabulary()) for one in reports)
    anew = whole[1].report_ids[0]
    before = Standing(frozenset({anew}), family_of, lambda ids: [link for one in ids for link in standing[one].links])
    assert told(families_among(traces, by_id.__getitem__, None, before)) == told([whole[1]])


# ------------------------------------------------------------------------------------------------------------- names

FIRST = ("Anna", "Pavel", "Robert")
LAST = ("Karlsson", "Karlson", "Novakova", "Novikova", "Petersen", "Pettersen")


@st.composite
def title(draw, number):
    name = f"{draw(st.sampled_from(FIRST))} {draw(st.sampled_from(LAST))}"
    office = draw(st.sampled_from(("president", "prime minister")))
    published = draw(st.sampled_from((None, PartialDate("2025-08-01", DateBasis.MANIFEST))))
    at = 40 * number
    return Title(
        f"r{number}.txt", f"r{number}", published, name, office, True, draw(st.booleans()), draw(st.integers(0, 9)) == 0,
        at, at + len(name) + 12, at + 12, at + 12 + len(name), "the office, " + name,
    )  # fmt: skip


@given(st.integers(1, 30).flatmap(lambda n: st.tuples(*(title(number) for number in range(n)))), st.data())
def test_flags_of_names_out_of_reach_do_not_change_and_the_others_are_those_of_all(titles, data):
    new = data.draw(st.sets(st.sampled_from([one.report_id for one in titles])))
    named = {one.report_id: [one.name] for one in titles}
    reach = reach_of(new, named)
    within = [one for one in titles if one.report_id in reach.reports]
    found, places = flags_within(reach, within, {})

    def at(flag):
        return flag.report_id, flag.start, flag.end

    now = flags_of_titles(titles, {})
    assert found == [flag for flag in now if at(flag) in places]
    before = flags_of_titles([one for one in titles if one.report_id not in new], {})
    assert [flag for flag in before if at(flag) not in places] == [flag for flag in now if at(flag) not in places]
