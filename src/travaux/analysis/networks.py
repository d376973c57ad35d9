"""Networks of parties and options: who shares positions with whom, and who opposes whom.

The quantities are those of discourse network analysis (Leifeld 2017, doi:10.1093/oxfordhb/9780190228217.013.25). With
f[i,j] statements of party i for option j and a[i,j] against it:

* two-mode: ``common`` f+a, ``subtract`` f-a, ``combine`` 1 for, 2 against, 3 both
* one-mode, summed over options j: ``common`` (f+a)(f'+a'), ``congruence`` ff'+aa', ``conflict`` fa'+af', ``subtract``
  congruence less conflict

Normalisations go by the names the literature has for them. What the Discourse Network Analyzer calls Jaccard and cosine
is something else; for comparison with its output it is here as ``dna-jaccard`` and ``dna-cosine``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from travaux.model import Stance, Statement


class Aggregation(StrEnum):
    """What a tie counts."""

    COMMON = "common"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    SUBTRACT = "subtract"
    COMBINE = "combine"


class Normalisation(StrEnum):
    """What a tie is divided by."""

    NONE = "none"
    AVERAGE = "average"
    JACCARD = "jaccard"
    COSINE = "cosine"
    DNA_JACCARD = "dna-jaccard"
    DNA_COSINE = "dna-cosine"
    ACTIVITY = "activity"
    PROMINENCE = "prominence"


ONE_MODE = (Aggregation.COMMON, Aggregation.CONGRUENCE, Aggregation.CONFLICT, Aggregation.SUBTRACT)
TWO_MODE = (Aggregation.COMMON, Aggregation.SUBTRACT, Aggregation.COMBINE)
ONE_MODE_NORMALISATIONS = (
    Normalisation.NONE,
    Normalisation.AVERAGE,
    Normalisation.JACCARD,
    Normalisation.COSINE,
    Normalisation.DNA_JACCARD,
    Normalisation.DNA_COSINE,
)
TWO_MODE_NORMALISATIONS = (Normalisation.NONE, Normalisation.ACTIVITY, Normalisation.PROMINENCE)

Votes = tuple[int, int]
"""How many statements are for, and how many against."""
Counts = Mapping[str, Mapping[str, Votes]]
"""By party, by option: `Votes`. Every party is there, one that spoke to nothing with nothing."""
Ties = dict[tuple[str, str], float]
"""The ties that are not 0, by their two ends; of one mode the first end is the smaller name."""


@dataclass(frozen=True, slots=True)
class Network:
    """Parties, or parties and options, and the ties between them.

    Attributes:
        rows: parties; columns: options, empty for a network of one mode.
        ties: weights that are not 0, by the two ends.
        activity: how many statements each party has; prominence: how many each option has.
    """

    aggregation: Aggregation
    normalisation: Normalisation
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    ties: Mapping[tuple[str, str], float]
    activity: Mapping[str, int]
    prominence: Mapping[str, int]

    def weight(self, one: str, two: str) -> float:
        """The tie between two ends, 0 where there is none; of one mode the order does not matter."""
        return self.ties.get((one, two)) or (0.0 if self.columns else self.ties.get((two, one), 0.0))


def stance_counts(
    statements: Iterable[Statement],
    *,
    once_a_report: bool = True,
    parties: Iterable[str] = (),
    families: Mapping[str, str] | None = None,
) -> dict[str, dict[str, Votes]]:
    """How often each party is for and against each option.

    Statements of stance ``open`` are on neither side and are left out, as are those the report marks as formerly held.

    Args:
        statements: as they count, rejected ones left out.
        once_a_report: a report that says the same thing five times says it once, and so does a family of reports.
        parties: those to list though they may have said nothing.
        families: the family of each report that is in one, by report id; every other report is a family of its own.
    """
    seen: set[tuple[str, str, str, Stance]] = set()
    counts: dict[str, dict[str, Votes]] = defaultdict(dict, {party: {} for party in parties})
    family_of = families or {}
    for one in statements:
        if one.stance is Stance.OPEN or one.former:
            continue
        key = (family_of.get(one.report_id, one.report_id), one.party, one.option, one.stance)
        if once_a_report and key in seen:
            continue
        seen.add(key)
        agree, oppose = counts[one.party].get(one.option, (0, 0))
        is_for = one.stance is Stance.FOR
        counts[one.party][one.option] = (agree + is_for, oppose + (not is_for))
    return dict(counts)


def two_mode(
    counts: Counts,
    aggregation: Aggregation = Aggregation.SUBTRACT,
    normalisation: Normalisation = Normalisation.NONE,
) -> Network:
    """The network of parties and options.

    ``activity`` divides by all statements of the party, ``prominence`` by all statements on the option.

    Raises:
        ValueError: an aggregation or normalisation that two-mode networks do not have.
    """
    if aggregation not in TWO_MODE or normalisation not in TWO_MODE_NORMALISATIONS:
        raise ValueError(f"no two-mode network {aggregation} normalised by {normalisation}")
    spoken: dict[str, int] = defaultdict(int)
    for profile in counts.values():
        for option, votes in profile.items():
            spoken[option] += sum(votes)
    activity = {party: _activity(profile) for party, profile in counts.items()}
    ties: Ties = {}
    for party, profile in counts.items():
        for option, (agree, oppose) in profile.items():
            if aggregation is Aggregation.COMMON:
                weight = float(agree + oppose)
            elif aggregation is Aggregation.SUBTRACT:
                weight = float(agree - oppose)
            else:
                weight = float((agree > 0) + 2 * (oppose > 0))
            if normalisation is Normalisation.ACTIVITY:
                weight = _share(weight, activity[party])
            elif normalisation is Normalisation.PROMINENCE:
                weight = _share(weight, spoken[option])
            if weight:
                ties[party, option] = weight
    rows, columns = tuple(sorted(counts)), tuple(sorted(spoken))
    return Network(aggregation, normalisation, rows, columns, ties, activity, dict(spoken))


def one_mode(
    counts: Counts,
    aggregation: Aggregation = Aggregation.CONGRUENCE,
    normalisation: Normalisation = Normalisation.NONE,
) -> Network:
    """The network of parties.

    * ``average`` divides by the mean of the two parties' numbers of statements.
    * ``jaccard`` is a share of options, each counted once: those the tie is about (both spoke, both agree, they oppose
      each other) among those that either spoke to; 0 to 1, of ``subtract`` the difference, -1 to 1 (Jaccard 1912).
    * ``cosine`` is the cosine of the angle between two profiles: of all statements for ``common``; of statements for and
      against as separate dimensions for ``congruence``; for ``conflict`` with one profile's sides exchanged; of net
      positions f-a for ``subtract``. 0 to 1, of ``subtract`` -1 to 1.
    * ``dna-cosine`` divides by the product of the two numbers of statements, ``dna-jaccard`` by products of counts where
      both spoke plus counts where one did: DNA's own formulas.

    Raises:
        ValueError: an aggregation or normalisation that one-mode networks do not have.
    """
    if aggregation not in ONE_MODE or normalisation not in ONE_MODE_NORMALISATIONS:
        raise ValueError(f"no one-mode network {aggregation} normalised by {normalisation}")
    parties = sorted(counts)
    ties: Ties = {}
    for place, one in enumerate(parties):
        for two in parties[place + 1 :]:
            weight = _tie(counts[one], counts[two], aggregation, normalisation)
            if weight:
                ties[one, two] = weight
    activity = {party: _activity(counts[party]) for party in parties}
    return Network(aggregation, normalisation, tuple(parties), (), ties, activity, {})


Profile = Mapping[str, Votes]
_NOTHING: Votes = (0, 0)


def _tie(one: Profile, two: Profile, aggregation: Aggregation, normalisation: Normalisation) -> float:
    if normalisation is Normalisation.JACCARD:
        return _jaccard(one, two, aggregation)
    weight = float(_raw(one, two, aggregation))
    if normalisation is Normalisation.AVERAGE:
        return _share(weight, (_activity(one) + _activity(two)) / 2)
    if normalisation is Normalisation.COSINE:
        return _share(weight, _length(one, aggregation) * _length(two, aggregation))
    if normalisation is Normalisation.DNA_COSINE:
        return _share(weight, _activity(one) * _activity(two))
    if normalisation is Normalisation.DNA_JACCARD:
        return _share(weight, _dna_jaccard_divisor(one, two))
    return weight


def _raw(one: Profile, two: Profile, aggregation: Aggregation) -> int:
    total = 0
    for option in one.keys() & two.keys():
        (agree, oppose), (agrees, opposes) = one[option], two[option]
        congruence, conflict = agree * agrees + oppose * opposes, agree * opposes + oppose * agrees
        total += {
            Aggregation.COMMON: congruence + conflict,
            Aggregation.CONGRUENCE: congruence,
            Aggregation.CONFLICT: conflict,
            Aggregation.SUBTRACT: congruence - conflict,
        }[aggregation]
    return total


def _jaccard(one: Profile, two: Profile, aggregation: Aggregation) -> float:
    if aggregation is Aggregation.SUBTRACT:
        return _jaccard(one, two, Aggregation.CONGRUENCE) - _jaccard(one, two, Aggregation.CONFLICT)
    either = {option for profile in (one, two) for option, votes in profile.items() if any(votes)}
    shared = sum(
        _raw({option: one.get(option, _NOTHING)}, {option: two.get(option, _NOTHING)}, aggregation) > 0
        for option in either
    )
    return _share(shared, len(either))


def _length(profile: Profile, aggregation: Aggregation) -> float:
    if aggregation is Aggregation.COMMON:
        return sqrt(sum((agree + oppose) ** 2 for agree, oppose in profile.values()))
    if aggregation is Aggregation.SUBTRACT:
        return sqrt(sum((agree - oppose) ** 2 for agree, oppose in profile.values()))
    return sqrt(sum(agree**2 + oppose**2 for agree, oppose in profile.values()))


def _dna_jaccard_divisor(one: Profile, two: Profile) -> int:
    divisor = 0
    for option in one.keys() | two.keys():
        for left, right in zip(one.get(option, _NOTHING), two.get(option, _NOTHING), strict=True):
            divisor += left * right if left and right else left + right
    return divisor


def _activity(profile: Profile) -> int:
    return sum(agree + oppose for agree, oppose in profile.values())


def _share(weight: float, of: float) -> float:
    return weight / of if of else 0.0
