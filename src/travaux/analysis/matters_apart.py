"""Facts of one matter that independent reports tell differently, in whatever words: how many, when, and whether it is done.

Sentences are laid beside each other that tell of one act or count one kind of thing; what ties them is all that both are about
(`matters`), not their wording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from travaux.analysis.matters import Matter, Matters
from travaux.analysis.matters_counted import as_fact, counts_apart, counts_in
from travaux.analysis.matters_dated import days_apart_of, times_of_acts
from travaux.analysis.matters_settled import ACTS, consent_and_none, done_and_not, of_consent
from travaux.analysis.one_fact import Differs, OneFact, Told
from travaux.analysis.timing import Dates, Families
from travaux.model import Agenda, Statement


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
    for keys, compared in (
        (_counted, counts_apart),
        (_dated, days_apart_of),
        (_acting, done_and_not),
        (_consenting, consent_and_none),
    ):
        held: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for at in every:
            for key in keys(matters[at]):
                held[key].append(at)
        seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()
        for _, group in sorted(held.items()):
            for number, first in enumerate(group):
                for second in group[number + 1 :]:
                    if of[first[0]] == of[second[0]] or (first, second) in seen:
                        continue
                    seen.add((first, second))
                    one, two = matters[first], matters[second]
                    for differs in compared(one, two, matters.shared(one, two), dates):
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
    return set(matter.notions) & ACTS


def _consenting(matter: Matter) -> set[str]:
    return {"will"} if of_consent(matter) else set()
