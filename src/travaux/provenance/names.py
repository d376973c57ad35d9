"""Names spelt wrongly, and one name spelt two ways in one text.

Against the agenda; `titles` compares with the other reports. Accents, transliterations and short forms are no misspellings, and
another outlet's spelling is no mixture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from travaux.model import Flag, FlagKind, Report
from travaux.provenance.people import HONORIFICS, Naming, Part, runs_of
from travaux.provenance.spelling import Script, folded, is_near, is_same_name, transliterated
from travaux.provenance.visible import flag_of

_FURTHER_NAME = re.compile(r"[ \u00a0][A-ZÀ-Þ][^\W\d_]")
SHORTEST_ALONE = 6
"""Letters of a surname that may be called misspelt where it stands alone."""


def misspelt_names(report: Report, namings: Sequence[Naming]) -> Iterator[Flag]:
    """Names of the agenda's people with a letter or two changed, each once, at its first place.

    1. The full name, one of whose words is right and another nearly so, or both nearly so.
    2. The surname alone, nearly right, where the report has it right elsewhere, or behind a title and nobody else's name.
    A word that is right for somebody else on the agenda is theirs.
    """
    right = {naming.known.person.name for naming in namings if naming.is_right and naming.has_surname}
    taken = {part.start for naming in namings for part, exact in zip(naming.parts, naming.exact, strict=True) if exact}
    seen: set[tuple[str, str]] = set()
    for naming in namings:
        if naming.is_right or not naming.has_surname:
            continue
        wrong = [part for part, exact in zip(naming.parts, naming.exact, strict=True) if not exact]
        if any(part.start in taken for part in wrong):
            continue
        # "Ricardo Veit Peralta" is somebody else than Ricarda Veith.
        if not any(naming.exact) and _FURTHER_NAME.match(report.text, naming.end):
            continue
        if len(naming.parts) < 2 and not _alone(report, naming, right):
            continue
        words = report.text[naming.start : naming.end]
        key = (naming.known.person.name, folded(words))
        if key in seen:
            continue
        seen.add(key)
        told = f"On the agenda it is {naming.known.person.name}"
        yield flag_of(report, FlagKind.MISSPELT_NAME, naming.start, naming.end, told)


def _alone(report: Report, naming: Naming, right: set[str]) -> bool:
    """Whether a single word may be called a misspelt surname.

    It is one letter off, and the report has the surname right elsewhere or puts a title before it ("Secretary Whitlok").
    """
    part = naming.parts[0]
    ours, theirs = folded(part.text), folded(naming.known.surname)
    # Of two letters off many a weekday, town or trade is.
    if min(len(ours), len(theirs)) < SHORTEST_ALONE or DamerauLevenshtein.distance(ours, theirs) != 1:
        return False
    if ours in (f"{theirs}s", f"{theirs}es"):
        return False
    if naming.known.person.name in right:
        return ours[-2:] == theirs[-2:]
    before = report.text[max(0, part.start - 30) : part.start].split()
    is_titled = bool(before) and before[-1].casefold().strip(".") in HONORIFICS and before[-1][0].isupper()
    return is_titled and not _is_somebody_else(report, naming)


def _is_somebody_else(report: Report, naming: Naming) -> bool:
    """Whether the report gives the bearer of a surname another first name than the agenda's."""
    surname = folded(naming.parts[0].text)
    known = naming.known
    for run in runs_of(report):
        for first, second in pairwise(run):
            if folded(second.text) != surname or first.text.casefold().strip(".") in HONORIFICS:
                continue
            if not any(
                is_same_name(first.text, given, known.script) or is_near(first.text, given)
                for given in known.parts[:-1]
            ):
                return True
    return False


def mixed_spellings(report: Report, namings: Sequence[Naming]) -> Iterator[Flag]:
    """A name of the agenda's people in two right spellings inside one report: the rarer one, at its first place.

    Accents left out once are no mixture, nor is a full name beside a short form.
    """
    spelt: dict[tuple[str, int], dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))
    for naming in namings:
        for part, place, exact in zip(naming.parts, naming.places, naming.exact, strict=True):
            if exact and naming.has_surname:
                spelt[naming.known.person.name, place][folded(part.text)].append(part)
    for (name, _), forms in spelt.items():
        whole = {form: parts for form, parts in forms.items() if not _is_short(form, forms)}
        if len(whole) < 2:
            continue
        ranked = sorted(whole, key=lambda form: (-len(whole[form]), whole[form][0].start))
        common, rare = whole[ranked[0]][0].text, whole[ranked[-1]]
        counts = ", ".join(f"{whole[form][0].text} {len(whole[form])}" for form in ranked)
        told = f"Elsewhere in this text {name} is spelt {common} ({counts}): it may be put together from several"
        yield flag_of(report, FlagKind.MIXED_SPELLING, rare[0].start, rare[0].end, told)


def _is_short(form: str, forms: Iterable[str]) -> bool:
    """Whether a spelling is another with letters left off its end that no transliteration leaves off ("Steve", "Steven")."""
    return any(
        other != form
        and other.startswith(form)
        and transliterated(other, Script.CYRILLIC) != transliterated(form, Script.CYRILLIC)
        for other in forms
    )
