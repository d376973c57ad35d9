"""Facts of one matter that independent reports tell differently, in whatever words: how many, when, and whether it is done.

Sentences are laid beside each other that tell of one act or count one kind of thing; what ties them is all that both are about
(`matters`), not their wording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from travaux.analysis.matters import Matter, Matters
from travaux.analysis.matters_counted import as_fact, counts_apart, counts_in
from travaux.analysis.matters_dated import LAPSE, days_apart_of, times_of_acts
from travaux.analysis.matters_denied import denials_and_told
from travaux.analysis.matters_settled import ACTS, acting, consent_and_none, done_and_not, of_consent
from travaux.analysis.one_fact import Differs, OneFact, Told
from travaux.analysis.timing import Dates, Families
from travaux.model import Agenda, Statement

AT_LEAST = 1
"""Terms that two sentences share themselves at the least; the end of a term may be told by nothing else."""
LEAST, LEAST_OF_DAYS = 7.0, 10.0
"""Score below which nothing is compared; a story has many acts and days, so that what ties two days to one act has to be more."""
NEARLY = 0.8
"""How near a sentence must come to the one of its report that is nearest to another."""


def matters_apart(
    told: Sequence[Sequence[Told]],
    dates: Dates,
    families: Families,
    statements: Sequence[Statement],
    agenda: Agenda | None,
) -> Iterator[tuple[Differs, OneFact]]:
    """What sentences of different families tell differently of one matter, with the two sentences.

    Args:
        told: the sentences of each report. statements: as they count; the options they are about tie the sentences they rest on.
    """
    matters = Matters(told, statements, agenda)
    of = [families.get(side[0].report.id, side[0].report.id) if side else "" for side in told]
    every = [(number, place) for number, side in enumerate(told) for place in range(len(side))]
    answered: set[tuple[str, int]] = set()
    for differs, fact in denials_and_told(told, of, matters, dates):
        answered.add((fact.first.report.id, fact.first.place))
        yield differs, fact
    for keys, compared, least in (
        (_counted, counts_apart, LEAST),
        (_dated, days_apart_of, LEAST_OF_DAYS),
        (_acting, done_and_not, LEAST),
        (_consenting, consent_and_none, LEAST),
    ):
        held: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for at in every:
            for key in keys(matters[at]):
                held[key].append(at)
        pairs: dict[tuple[tuple[int, int], tuple[int, int]], tuple[dict[str, float], float]] = {}
        best: dict[tuple[tuple[int, int], int], float] = defaultdict(float)
        for key, group in sorted(held.items()):
            for number, first in enumerate(group):
                for second in group[number + 1 :]:
                    if of[first[0]] == of[second[0]] or (first, second) in pairs:
                        continue
                    one, two = matters[first], matters[second]
                    if key != LAPSE and len(one.own & two.own) < AT_LEAST:
                        continue
                    shared = matters.shared(one, two)
                    score = matters.score(one, two, shared)
                    pairs[first, second] = shared, score
                    for at, other in ((first, second[0]), (second, first[0])):
                        best[at, other] = max(best[at, other], score)
        for (first, second), (shared, score) in sorted(pairs.items()):
            if score < least or score < NEARLY * max(best[first, second[0]], best[second, first[0]]):
                continue  # another sentence of the other report is rather the one that tells of it
            one, two = matters[first], matters[second]
            if compared is done_and_not and answered & {(side.told.report.id, side.told.place) for side in (one, two)}:
                continue  # what is denied outright has its answer
            if not one.is_of_another(two):
                for differs in compared(one, two, shared, score, dates):
                    yield differs, as_fact(one, two)


def _counted(matter: Matter) -> set[str]:
    found = set()
    for quantity, kinds in counts_in(matter):
        found |= {quantity.unit} if quantity.unit else {*kinds, *quantity.counted[:2]}
        if kinds & {"household", "worker", "soldier", "police"}:
            found.add("resident")
    return found


def _dated(matter: Matter) -> set[str]:
    return set(times_of_acts(matter))


def _acting(matter: Matter) -> set[str]:
    return (set(matter.notions) & ACTS) | acting(matter)


def _consenting(matter: Matter) -> set[str]:
    return {"will"} if of_consent(matter) else set()
