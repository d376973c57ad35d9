"""Step 4b: a small encoder weighs every party, option and sentence of a window, where the grammar alone does not tell.

Windows of a few sentences with what stands just before them go through `table_model`, with the options in groups. What
comes out are probabilities; `local` puts them together with the sides that the grammar gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from travaux.model import Act, Agenda, Option, Party, Stance, Via
from travaux.reading.mentions import Mention as Spoken
from travaux.reading.parse import Sentence
from travaux.reading.table_model import ACTS, STANCES, VIAS, Mention, Table, TableModel

# As in training: windows of this many sentences, these many before them for context, options and parties at a time.
WIDTH = 4
CONTEXT = 1
OPTIONS_AT_A_TIME = 8
MOST_PARTIES = 8


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the encoder makes of one party, option and sentence.

    Attributes:
        party, option: ids; sentence: number of the sentence in the report.
        probabilities: of none, for, against and open, summing to 1.
        act, via: the likeliest; conditional, former: whether more likely than not.
    """

    party: str
    option: str
    sentence: int
    probabilities: tuple[float, float, float, float]
    act: Act
    via: Via
    conditional: bool
    former: bool

    @property
    def stance(self) -> Stance:
        """The likeliest stance, given that there is one."""
        best = max(range(1, 4), key=lambda place: self.probabilities[place])
        return Stance(STANCES[best])


def model_folder() -> Path:
    """Where the shipped model lies."""
    return Path(str(files("travaux.reading") / "models"))


@cache
def shipped_model() -> TableModel | None:
    """The shipped model, one a process; None where this installation carries none."""
    folder = model_folder()
    return TableModel(folder) if (folder / "positions.json").is_file() else None


def spoken_in(
    sentence: Sentence, mentions: Mapping[int, Spoken], parties: Sequence[str], number: int
) -> Iterator[Mention]:
    """Places of a sentence where a party is named or meant, for the model's markers; one place never has two."""
    doc = sentence.span.doc
    taken: set[int] = set()
    for mention in sorted(mentions.values(), key=lambda mention: (mention.first, mention.last)):
        first, last = doc[mention.first], doc[min(mention.last, len(doc) - 1)]
        start, end = sentence.stretch(first, last)
        start, end = start - sentence.start, end - sentence.start
        for party in mention.parties[:1]:
            if party in parties and start >= 0 and start not in taken and end > start:
                taken.add(start)
                yield Mention(number, start, end, parties.index(party))


def names_of(party: Party) -> list[str]:
    """A party's names as the model is told them, the most telling first."""
    people = [name for person in party.people for name in (person.name, *person.names)]
    return [party.name, *party.names, *people]


def weigh(
    model: TableModel,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mapping[int, Spoken]],
    agenda: Agenda,
    text: str,
) -> list[Weighed]:
    """Weigh a report: one entry for each party spoken of in a window, option and sentence.

    Args:
        mentions: of each sentence, in the same order; text: the report's.
    """
    found: list[Weighed] = []
    for at in range(0, len(sentences), WIDTH):
        low, high = max(0, at - CONTEXT), min(len(sentences), at + WIDTH)
        window = sentences[low:high]
        spoken = [party for here in mentions[low:high] for mention in here.values() for party in mention.parties]
        present = sorted(dict.fromkeys(spoken), key=lambda party: (-spoken.count(party), party))[:MOST_PARTIES]
        parties = [party for party in agenda.parties if party.id in present]
        if not parties:
            continue
        words = [text[sentence.start : sentence.end] for sentence in window]
        ids = [party.id for party in parties]
        places = [
            place
            for number, (sentence, here) in enumerate(zip(window, mentions[low:high], strict=True))
            for place in spoken_in(sentence, here, ids, number)
        ]
        for options in chunks(agenda.options):
            table = model.predict(
                [names_of(party) for party in parties], [option.says for option in options], words, places
            )
            found.extend(cells(table, ids, options, low, at))
    return found


def chunks(options: Sequence[Option]) -> Iterator[Sequence[Option]]:
    """Options in groups of the size the model was trained on, as even as can be."""
    groups = max(1, -(-len(options) // OPTIONS_AT_A_TIME))
    size = -(-len(options) // groups)
    for start in range(0, len(options), size):
        yield options[start : start + size]


def cells(table: Table, parties: Sequence[str], options: Sequence[Option], low: int, at: int) -> Iterator[Weighed]:
    """The entries of one table, context sentences left out."""
    probabilities = table.sentence_probabilities()
    acts, vias = np.argmax(table.act, -1), np.argmax(table.via, -1)
    for p, party in enumerate(parties):
        for o, option in enumerate(options):
            for s in range(at - low, probabilities.shape[2]):
                none, for_, against, open_ = (float(value) for value in probabilities[p, o, s])
                yield Weighed(
                    party,
                    option.id,
                    low + s,
                    (none, for_, against, open_),
                    Act(ACTS[acts[p, o, s]]),
                    Via(VIAS[vias[p, o, s]]),
                    bool(table.conditional[p, o, s] > 0),
                    bool(table.former[p, o, s] > 0),
                )
