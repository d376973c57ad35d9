"""Step 2: names, roles, bodies and pronouns become parties and the people who speak for them.

A mention is a noun phrase, known by the token its grammar hangs on. What makes one:

- a name of a party or person on the agenda ("Moscow", "Ms Zakharova"), see `named`;
- a body or official that a party's name modifies ("Turkish officials", "Russia's Foreign Ministry"), see `officials`;
- the last word of a party's name, once it has been spoken of ("the council"), or what it was said to be ("the campaign"), see
  `short_forms`;
- an office, alone or with a party's name ("the Turkish president", "the foreign minister"): its holder on the agenda, or whoever
  was last spoken of with it, see `offices_meant`; on a party's own paper "the Government" is its own, see `letterheads`;
- a person the agenda does not know, tied to a party by the words beside the name ("Ann Lee, the British envoy"), see `strangers`;
- "both sides": the two parties last spoken of, see `groups_meant`;
- a first person: whoever is quoted, see `first_persons`; in an interview whoever answers, see `interviews`;
- a pronoun: he and she the person last spoken of, named or by office alone, it and they the party; no official is an "it",
  nor are officials.

Whoever cannot be tied to a party stays a mention without one: an anonymous source, a stranger. Nothing is guessed. What has
been told so far, which later words may mean, is kept in a `discourse`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from travaux.reading.carrying_on import carry_on
from travaux.reading.discourse import Discourse
from travaux.reading.first_persons import is_main
from travaux.reading.groups_meant import find_former_and_latter, find_groups
from travaux.reading.interviews import interview_in
from travaux.reading.mention import Mention
from travaux.reading.named import Name, names_in, widen
from travaux.reading.names import Names
from travaux.reading.officials import find_offices, saw_chair
from travaux.reading.parse import Sentence
from travaux.reading.pronouns import FIRST_PERSONS, SUBJECTS, meaning, meant_by
from travaux.reading.short_forms import find_by_description, find_by_last_word
from travaux.reading.strangers import find_spokespeople, find_strangers


class MentionFinder:
    """Finds the mentions of one report, sentence by sentence, in order."""

    def __init__(self, names: Names, letterhead: str = "") -> None:
        """Ready for the first sentence; for the letterhead see `Discourse`."""
        self.told = Discourse(names, letterhead)

    def find_all(self, sentences: Iterable[Sentence]) -> list[dict[int, Mention]]:
        """Mentions of each sentence; whom a "we" means may be told by a sentence after its own."""
        told = self.told
        sentences = list(sentences)
        told.interview = interview_in(sentences)
        named = [names_in(sentence, told.names) for sentence in sentences]
        for names in named:
            told.salience.times.update({known.party for _, known, _, _ in names})
        found = [self.find(sentence, names) for sentence, names in zip(sentences, named, strict=True)]
        told.quoting.end()
        if told.own_paper is not None:
            # On its own paper a party holds what is said of nobody: "The increase settled in October stands."
            for sentence, here in zip(sentences, found, strict=True):
                first = sentence.first_word()
                if first is not None and not here and any(map(is_main, sentence.span)):
                    here[first.i] = meaning(first, told.own_paper)
        carry_on(sentences, found)
        return found

    def find(self, sentence: Sentence, named: Sequence[Name]) -> dict[int, Mention]:
        """Mentions of a sentence by the document's number of the token their grammar hangs on; `named` are its names."""
        told, span = self.told, sentence.span
        found: dict[int, Mention] = {}
        if told.interview is not None and told.interview.begins_answer(sentence):
            told.salience.person = told.interview.guest
        for head, known, first, last in named:
            mention, at = widen(told, span.doc[head], known, first, last)
            if mention is not None and (at not in found or (mention.person and (known.person or not found[at].person))):
                found[at] = mention
        find_strangers(told, sentence, found)
        find_by_last_word(told, sentence, found)
        find_by_description(told, sentence, found)
        find_offices(told, sentence, found)
        find_spokespeople(sentence, found)
        find_groups(told, sentence, found)
        find_former_and_latter(told, sentence, found)
        before = told.salience.so_far()
        order = sorted(found)
        for token in span:
            if token.i in found:
                continue
            pronoun = meant_by(token, found, order, before)
            if pronoun is not None:
                found[token.i] = pronoun
        if told.interview is not None:
            told.interview.meet(sentence, found)
            told.interview.resolve(sentence, found)
        told.quoting.resolve(sentence, found)
        told.descriptions.hear(sentence, found)
        told.titles.hear(sentence, found)
        saw_chair(told, sentence, found)
        for at in order:
            told.salience.saw(found[at], span.doc[at])
        told.salience.times.update({party for mention in found.values() for party in mention.parties})
        named_here = {found[at].parties: found[at] for at in order if found[at].parties}
        told.named_before = list(named_here.values()) if len(named_here) == 2 else told.named_before
        subject = next((at for at in sorted(found) if span.doc[at].dep_ in SUBJECTS), None)
        if subject is not None and span.doc[subject].lower_ not in FIRST_PERSONS:
            # The grammatical subject is what the next sentence's "he" most likely means.
            told.salience.saw(found[subject], span.doc[subject])
        return found
