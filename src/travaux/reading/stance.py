"""Step 4: from an option's words up through the grammar: who takes which side, and by which cue.

The walk starts at the words that name an option and climbs from head to head. It starts with the option coming true
and turns at each word that undoes ("end", "without"), each negation and each cue ("reject"). Where a cue has a source
(its subject, the agent of a passive, the possessor of a noun) who is a party, that party takes the side the walk has
come to. A higher cue of the same party goes on turning ("refused to drop its demand for X" is for X); a cue of another
party is a position of its own ("Kyiv rejected Moscow's demand for X": Moscow for, Kyiv against); speech of somebody
else above makes the position hearsay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from travaux.model import Act, Stance
from travaux.reading.cues import Cue, cue_at, lexicon, negated, passed_over, sets_apart, undoes, with_particles
from travaux.reading.mentions import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_CLIMB = 40  # deeper than any sentence people write; a bound against hostile input
ASIDE_MARKS = {"because", "while", "as", "since", "although", "though", "whereas", "when", "after", "before", "whilst"}
# Giving a stance up is not the opposite stance: "dropped its objection" leaves the party open, "no longer insists" leaves
# nothing but the former demand (codebook; conventions of the training passages).
GIVING_UP = {"drop", "withdraw", "abandon", "lift", "relinquish", "retract", "waive", "overcome", "relent", "shelve",
             "scrap", "ditch", "end", "soften", "forgo"}  # fmt: skip
# "Is said to oppose": a verb that only tells what its subject does.
REPORTED = {
    "say",
    "report",
    "understand",
    "believe",
    "know",
    "think",
    "rumour",
    "rumor",
    "allege",
    "quote",
    "cite",
    "describe",
}
FORMER = {
    "previous",
    "previously",
    "former",
    "formerly",
    "earlier",
    "once",
    "initial",
    "initially",
    "original",
    "originally",
    "erstwhile",
    "old",
    "past",
}


@dataclass(frozen=True, slots=True)
class Side:
    """A party's side on an option as one sentence tells it.

    Attributes:
        source: whose position; cue: the outermost cue that made it; token: its number in the document.
        stance, act: as the codebook has them; former: told as no longer held.
        speech: a word of speech of the source's own vouches for it.
        relayer: somebody else whose speech stands above; None where nobody's does.
        anchor: token of the option's words; turns: the words that turned the walk, in order, for the reason given.
    """

    source: Mention
    cue: Cue | None
    token: int
    stance: Stance
    act: Act
    former: bool
    speech: bool
    relayer: Mention | None
    anchor: int
    turns: tuple[str, ...]


def apply_cue(value: Stance, cue: Cue, under_negation: bool) -> Stance | None:
    """What a cue makes of the side reached so far; None where it takes no position."""
    effect = cue.negated if under_negation else cue.stance
    if effect == "none":
        return None
    if effect in {"relay", "for"}:
        return value
    if effect == "against":
        return value.opposite
    return Stance.OPEN


def source_of(token: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Who holds what a cue tells: its subject, agent, possessor, or the subject of the verb it hangs on."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return noun_source(token, mentions)
    if token.pos_ in {"ADJ", "ADV", "ADP"}:
        verb = token.head
        return verb_source(verb, mentions) if verb.pos_ in {"VERB", "AUX"} else None
    return verb_source(token, mentions)


def verb_source(verb: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Subject of an active verb or agent of a passive, climbing over conjunctions and open clauses."""
    seen = 0
    while seen < 6:
        passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children) or (
            verb.tag_ == "VBN"
            and verb.dep_ in {"acl", "relcl"}
            and not any(child.dep_ in {"nsubj", "aux"} for child in verb.children)
        )
        if passive:
            told_of = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
            if told_of is not None and seen and verb.lemma_.lower() in REPORTED:
                return mention_of(told_of, mentions, verb)
            for child in verb.children:
                if child.dep_ in {"agent", "prep"} and child.lower_ in {"by", "for", "to"}:
                    found = mention_below(child, mentions)
                    if found is not None:
                        return found
            if told_of is not None or (seen and any(child.dep_ == "auxpass" for child in verb.children)):
                return None  # who is asked to accept has not accepted
        for child in verb.children:
            if child.dep_ == "nsubj":
                return mention_of(child, mentions, verb)
        if (
            verb.dep_ in {"conj", "xcomp", "advcl", "acl", "ccomp", "pcomp", "prep", "dep", "parataxis"}
            and verb.head.i != verb.i
        ):
            if verb.dep_ in {"acl", "relcl"} and verb.head.i in mentions:
                return mentions[verb.head.i]
            following = verb.head
            while following.pos_ in {"ADP", "ADJ", "NOUN"} and following.head.i != following.i:
                if following.pos_ == "NOUN":
                    return noun_source(following, mentions)
                following = following.head
            verb = following
            seen += 1
            continue
        break
    return None


def mention_of(token: Token, mentions: Mapping[int, Mention], verb: Token) -> Mention | None:
    """The mention a subject is; a relative pronoun means the noun its clause hangs on."""
    if token.i in mentions:
        return mentions[token.i]
    if token.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
        return mentions.get(verb.head.i)
    for child in token.children:
        if child.dep_ in {"appos"} and child.i in mentions:
            return mentions[child.i]
    if token.ent_type_ != "PERSON":
        # "Moscow's position", "the Kremlin's line": the possessor holds it.
        return next(
            (
                mentions[child.i]
                for child in token.children
                if child.dep_ in {"poss", "amod", "compound"} and child.i in mentions
            ),
            None,
        )
    return None


def mention_below(preposition: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """The mention a preposition takes."""
    for child in preposition.children:
        if child.dep_ == "pobj":
            return mention_of(child, mentions, preposition)
    return None


def noun_source(noun: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Who a noun of stance belongs to: "Kyiv's demand", "Russian demands", "opposition from Berlin", "voiced support"."""
    for child in noun.children:
        if child.dep_ in {"poss", "amod", "compound", "nmod"} and child.i in mentions:
            return mentions[child.i]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of", "among", "in"}:
            found = mention_below(child, mentions)
            if found is not None:
                return found
    head = noun.head
    if noun.dep_ in {"dobj", "attr", "oprd"} and head.pos_ in {"VERB", "AUX"}:
        return verb_source(head, mentions)
    if noun.dep_ == "conj" and head.pos_ in {"NOUN", "PROPN"}:
        return noun_source(head, mentions)
    if noun.dep_ == "pobj" and head.head.pos_ in {"VERB", "AUX"} and head.lower_ in {"with", "in", "to"}:
        return verb_source(head.head, mentions)
    return None


def same(one: Mention, other: Mention) -> bool:
    """Whether two mentions can speak for the same position."""
    return bool(set(one.parties) & set(other.parties)) or (one.person is not None and one.person == other.person)


def modal_of(token: Token) -> Act | None:
    """The act that a modal on a verb tells of, or None."""
    modals = lexicon().modals
    for child in token.children:
        if child.dep_ == "aux" and child.tag_ == "MD" and child.lower_ in modals:
            return modals[child.lower_]
    if token.lemma_ in {"have", "need"} and any(child.dep_ == "xcomp" for child in token.children):
        return Act.DEMAND
    return None


def passed_noun(preposition: Token) -> Token | None:
    """The noun of stance that a preposition belongs to where the parser hung it on the verb: "dropped its objection to X"."""
    verb = preposition.head
    if preposition.dep_ != "prep" or verb.pos_ not in {"VERB", "AUX"}:
        return None
    before = preposition.doc[preposition.i - 1] if preposition.i > 0 else None
    if before is None or before.dep_ != "dobj" or before.head.i != verb.i:
        return None
    cue = cue_at(before)
    return before if cue is not None and cue.word_class == "noun" else None


def leaves_clause(child: Token, token: Token) -> bool:
    """Whether a climb would leave its own clause for one that says nothing about it: an aside, a clause set beside it."""
    if child.dep_ == "advcl":
        return any(part.dep_ == "mark" and part.lower_ in ASIDE_MARKS for part in child.children)
    if child.dep_ in {"ccomp", "parataxis"} and child.i < token.i:
        # Two clauses with a semicolon between them are parsed like "X, he said"; only speech comes after what it says.
        cue = cue_at(token)
        between = {part.text for part in token.doc[child.i : token.i]}
        return cue is None or not cue.speech or ";" in between
    return False


class Walk:
    """One climb from an option's words to the top of the sentence.

    Args:
        anchor: the word to start from.
        absorb: the first word of doing away above is the option's own and turns nothing ("removing the fence" where the
            option is that the fence is dismantled).
        own: tokens that belong to the option's own words and turn nothing.
    """

    def __init__(
        self, anchor: Token, mentions: Mapping[int, Mention], *, absorb: bool = False, own: frozenset[int] = frozenset()
    ) -> None:
        self.mentions = mentions
        self.anchor = anchor.i
        self.doc = anchor.doc
        self.own = own
        self.absorb = absorb
        self.value = Stance.FOR
        self.act: Act | None = None
        self.modal: Act | None = None
        self.turns: list[str] = []
        self.sides: list[Side] = []
        self.former = False
        self.given_up = False
        self.doer: Mention | None = None
        self.doing = anchor.i
        self.climb(anchor)
        self.by_deed()

    def climb(self, token: Token) -> None:
        """Walk from head to head, looking at each word once."""
        child: Token | None = None
        for _ in range(LONGEST_CLIMB):
            if child is not None and leaves_clause(child, token):
                break
            if child is None or not (child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}):
                # What a verb does it does not do to the verb coordinated with it.
                self.at(token, child)
            if token.head.i == token.i:
                break
            noun = passed_noun(token)
            if noun is not None:
                self.at(noun, token)
                token = noun
            child, token = token, token.head

    def at(self, token: Token, child: Token | None) -> None:
        """Let one word of the climb do what it does to the walk."""
        self.former = self.former or any(
            below.lower_ in FORMER and below.dep_ in {"amod", "advmod"} for below in token.children
        )
        under_negation = negated(token)
        clause = self.clause_below(token, child)
        if clause is not None:
            self.take(clause, cue_at(clause), negated(clause), below=True)
        cue = cue_at(token)
        if cue is not None and child is None and cue.word_class == "noun":
            # The option's own word ("extension demand"): its cue counts only where it has a source of its own.
            cue = cue if noun_source(token, self.mentions) is not None else None
        if self.gives_up(token, child, under_negation):
            return
        if cue is not None and self.content_side(token, child, cue):
            if self.take(token, cue, under_negation, below=False):
                return
        elif (
            child is not None
            and token.i not in self.own
            and (undoes(token) or sets_apart(token) or passed_over(child))
            and child.dep_ not in {"nsubj", "agent", "advcl"}
        ):
            if self.absorb:
                self.absorb = False
            else:
                self.value = self.value.opposite
                self.turns.append(token.text)
        if under_negation and self.value is not Stance.OPEN:
            self.value = self.value.opposite
            self.turns.append(f"not {token.text}")
        modal = modal_of(token)
        if modal is not None and self.modal is None:
            self.modal = modal
        if self.doer is None and cue is None and token.pos_ in {"VERB", "AUX"}:
            subject = verb_source(token, self.mentions)
            if subject is not None and subject.parties and (child is None or child.dep_ != "nsubj"):
                self.doer, self.doing = subject, token.i

    def by_deed(self) -> None:
        """ "Prague would pay": no cue at all, but a party says or shows what it will or must do."""
        if self.sides or self.doer is None or self.modal is None or self.modal is Act.CONSIDER:
            return
        act = self.act or (Act.STATE if self.value is not Stance.AGAINST else Act.REJECT)
        self.sides.append(
            Side(
                self.doer,
                None,
                self.doing,
                self.value,
                act,
                self.former,
                False,
                None,
                self.anchor,
                (*self.turns, "its own undertaking"),
            )
        )

    def gives_up(self, token: Token, child: Token | None, under_negation: bool) -> bool:
        """ "dropped its objection": a stance given up by the party that held it; refusing to drop it keeps it."""
        if (
            not self.sides
            or child is None
            or child.pos_ not in {"NOUN", "PROPN"}
            or child.dep_ not in {"dobj", "nsubjpass", "pobj"}
        ):
            return False
        mine = self.sides[-1]
        no_longer = under_negation and any(part.lower_ == "longer" for part in token.children)
        gives_up = token.lemma_.lower() in GIVING_UP or "give up" in with_particles(token)
        if mine.token != child.i or not (gives_up or no_longer):
            return False
        source = verb_source(token, self.mentions)
        if source is not None and not same(source, mine.source):
            return False
        above = token.head
        kept = negated(token) or (
            above.i != token.i
            and token.dep_ == "xcomp"
            and (cue := cue_at(above)) is not None
            and cue.stance == "against"
        )
        self.turns.append(("kept: " if kept and not no_longer else "gave up: ") + token.text)
        if not kept or no_longer:
            self.sides[-1] = replace(mine, former=True, turns=tuple(self.turns))
            if mine.stance is Stance.AGAINST:
                self.sides.append(
                    replace(mine, stance=Stance.OPEN, act=Act.CONSIDER, former=False, turns=tuple(self.turns))
                )
        self.given_up = True
        return True

    def clause_below(self, token: Token, child: Token | None) -> Token | None:
        """A relative clause or participle on an option's words that takes a side: "an extension, which Moscow rejects"."""
        below_all = [
            *token.children,
            *(part for named in token.children if named.dep_ == "appos" for part in named.children),
        ]
        for below in below_all:
            if (
                (child is None or below.i != child.i)
                and below.dep_ in {"relcl", "acl"}
                and cue_at(below) is not None
                and below.i > token.i
            ):
                objects = [
                    part
                    for part in below.children
                    if part.dep_ == "dobj" and part.lower_ not in {"which", "that", "whom"}
                ]
                if not objects:
                    return below
        return None

    def content_side(self, token: Token, child: Token | None, cue: Cue) -> bool:
        """Whether the climb comes from what the cue is about, rather than from its source or an aside."""
        if child is None:
            return True
        if cue.word_class == "verdict":
            return True
        if token.pos_ in {"VERB", "AUX"}:
            passive = any(part.dep_ in {"nsubjpass", "auxpass"} for part in token.children)
            if child.dep_ in {"nsubj", "agent"}:
                return False
            if child.dep_ in {"nsubjpass", "csubjpass"}:
                return passive
            return child.dep_ not in {"npadvmod", "punct"}
        return child.dep_ not in {"poss", "det"}

    def take(self, token: Token, cue: Cue | None, under_negation: bool, *, below: bool) -> bool:
        """Take a side by a cue where it has a source; returns whether the cue was used up."""
        if cue is None:
            return False
        source = source_of(token, self.mentions)
        if cue.word_class == "verdict" and source is None:
            self.value = apply_cue(self.value, cue, under_negation) or self.value
            self.modal = self.modal or cue.act
            self.act = cue.act
            self.turns.append(token.text)
            return True
        value = apply_cue(self.value, cue, under_negation)
        if cue.stance == "relay":
            self.relay(token, cue, source, under_negation)
            return True
        if value is None:
            return True
        self.turns.append(("not " if under_negation else "") + cue.word)
        if source is None or not (source.parties or source.anonymous):
            if not below:
                self.value = value
                self.act = self.act or cue.act
            return True
        act = Act.CONSIDER if value is Stance.OPEN and cue.act not in {Act.ACCEPT} else cue.act
        if under_negation and cue.stance == "for" and value is Stance.AGAINST:
            act = Act.REJECT
        side = Side(source, cue, token.i, value, act, self.former, cue.speech, None, self.anchor, tuple(self.turns))
        self.seconds(side)
        mine = [number for number, other in enumerate(self.sides) if same(other.source, source)]
        if mine and self.given_up:
            return True
        if mine:
            kept = self.sides[mine[-1]]
            self.sides[mine[-1]] = replace(side, source=source if source.speaker else kept.source, former=self.former)
        else:
            self.sides.append(side)
        if not below:
            self.value = value
        return True

    def seconds(self, side: Side) -> None:
        """ "The EU, supported by Norway and opposed by Japan, proposed …": sides of those named beside the source."""
        doc_token = self.token_of(side.source)
        if doc_token is None:
            return
        for below in doc_token.children:
            waiting = [below] if below.dep_ in {"acl", "relcl", "advcl"} and below.tag_ == "VBN" else []
            while waiting:
                verb = waiting.pop()
                waiting.extend(part for part in verb.children if part.dep_ == "conj" and part.tag_ == "VBN")
                cue = cue_at(verb)
                agent = next(
                    (part for part in verb.children if part.dep_ in {"agent", "prep"} and part.lower_ == "by"), None
                )
                other = mention_below(agent, self.mentions) if agent is not None else None
                if cue is None or other is None or same(other, side.source) or cue.stance not in {"for", "against"}:
                    continue
                stance = side.stance if cue.stance == "for" else side.stance.opposite
                self.sides.append(
                    Side(
                        other,
                        cue,
                        verb.i,
                        stance,
                        cue.act,
                        False,
                        False,
                        None,
                        self.anchor,
                        (*self.turns, f"{verb.text} by"),
                    )
                )

    def token_of(self, mention: Mention) -> Token | None:
        """The token a mention hangs on."""
        at = next((at for at, other in self.mentions.items() if other is mention), None)
        return None if at is None else self.doc[at]

    def relay(self, token: Token, cue: Cue, source: Mention | None, under_negation: bool) -> None:
        """Speech above: it vouches for its own party's sides, and makes other parties' sides hearsay."""
        if source is None or under_negation:
            return
        own = [number for number, side in enumerate(self.sides) if same(side.source, source)]
        others = [number for number, side in enumerate(self.sides) if not same(side.source, source)]
        for number in own:
            kept = self.sides[number].source
            self.sides[number] = replace(self.sides[number], speech=True, source=kept if kept.speaker else source)
        for number in others:
            if self.sides[number].relayer is None:
                self.sides[number] = replace(self.sides[number], relayer=source)
        if not self.sides and (self.modal is not None or self.act is not None) and source.parties:
            act = self.act or self.modal or Act.STATE
            if act is Act.CONSIDER and self.act is None:
                return
            if act is Act.STATE and self.value is Stance.AGAINST:
                act = Act.REJECT
            turns = (*self.turns, cue.word)
            self.sides.append(Side(source, cue, token.i, self.value, act, self.former, True, None, self.anchor, turns))
