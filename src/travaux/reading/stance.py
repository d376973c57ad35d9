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
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.model import Act, Stance
from travaux.reading.cues import (
    Cue,
    cue_at,
    doings_of,
    longer,
    negated,
    negates_above,
    passed_over,
    upholds,
    with_particles,
)
from travaux.reading.holders import (
    beside,
    is_by,
    judge_of,
    mention_below,
    minded,
    noun_source,
    same,
    source_of,
    verb_source,
)
from travaux.reading.mention import Mention
from travaux.reading.pronouns import SUBJECTS
from travaux.reading.side import (
    CEASING,
    DEEDS,
    FORMER,
    GIVING_UP,
    LASTING,
    REFUSING,
    UPHOLDING,
    WARNING,
    Side,
    apply_cue,
    modal_of,
    silent,
)
from travaux.reading.turning import (
    JOINING,
    NAMING,
    dated,
    is_verdict,
    leaves_clause,
    looks_back,
    only_judges,
    part_of_cue,
    passed_noun,
    turns_round,
    unable,
    verdict_cue,
    verdict_on,
    was_before,
    wished_away,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_CLIMB = 40  # deeper than any sentence people write; a bound against hostile input


class Walk:
    """One climb from an option's words to the top of the sentence.

    Args:
        anchor: the word to start from.
        absorb: the first word of doing away above is the option's own and turns nothing ("removing the fence" where the
            option is that the fence is dismantled).
        gone: the words name what is no more once the option has come true: the first word against it turns nothing either, and
            a word of keeping it turns.
        doings: ways of doing away that are the option's own, see `doings_of`; the first word for one turns nothing.
        own: tokens that belong to the option's own words and turn nothing.
        within: first and last token that the climb may come to; None for the whole sentence.
    """

    def __init__(
        self,
        anchor: Token,
        mentions: Mapping[int, Mention],
        *,
        absorb: bool = False,
        gone: bool = False,
        doings: frozenset[int] = frozenset(),
        own: frozenset[int] = frozenset(),
        within: tuple[int, int] | None = None,
    ) -> None:
        self.mentions = mentions
        self.within = within
        self.anchor = anchor.i
        self.doc = anchor.doc
        self.own = own
        self.value = Stance.FOR
        told = any(part.dep_ == "amod" and doings & doings_of(part) for part in anchor.children)  # "lower pay"
        self.absorb, self.gone = absorb and not told, gone and not told
        self.doings = frozenset() if told else doings
        self.act: Act | None = None
        self.modal: Act | None = None
        self.turns: list[str] = []
        self.sides: list[Side] = []
        self.former = False
        self.given_up = False
        self.deed = False
        self.verdict = False
        self.nobody = False
        """Whether the walk met a question, a denial or a refusal to speak, so that no cue near by stands for a side."""
        self.denied: set[int] = set()
        self.climbed: set[int] = set()
        self.reached: dict[int, Stance] = {}
        self.doer: Mention | None = None
        self.doing = anchor.i
        self.climb(anchor)
        self.by_deed()

    def climb(self, token: Token) -> None:
        """Walk from head to head, looking at each word once."""
        child: Token | None = None
        for _ in range(LONGEST_CLIMB):
            if self.within is not None and not self.within[0] <= token.i <= self.within[1]:
                break
            self.climbed.add(token.i)
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
            (below.lower_ in FORMER and below.dep_ in {"amod", "advmod"}) or looks_back(below)
            for below in token.children
        )
        # A "no" below a subject or object has turned the climb there; the verb would count it again.
        under_negation = negated(token) is not (child is not None and negates_above(child))
        under_negation = under_negation is not unable(token)
        if self.gone and child is not None and upholds(token):
            self.gone = self.absorb = False
            self.value = self.value.opposite
            self.turns.append(token.text)
        clause = self.clause_below(token, child)
        if clause is not None:
            self.take(clause, cue_at(clause), negated(clause), below=True)
        cue = cue_at(token) if not part_of_cue(token) else None
        if token.i in self.denied:
            under_negation = False
        elif (
            cue is not None
            and cue.word_class in {"adjective", "verdict"}
            and token.dep_ in {"acomp", "oprd", "attr", "prep"}
            and negated(token.head)
        ):
            # "Is not ready": the word hangs on the verb that is denied.
            under_negation = not under_negation
            self.denied.add(token.head.i)
        if cue is not None and (child is None or token.i in self.own) and cue.word_class == "noun":
            # The option's own word ("extension demand"): its cue counts only where it has a source of its own.
            cue = cue if noun_source(token, self.mentions) is not None else None
        if cue is not None and cue.stance == "against" and token.i in self.own:
            # "Would not withdraw from the valley", where that is what the option says: nothing turns by it.
            cue = replace(cue, stance="for", negated="against")
        if cue is not None and cue.stance == "against" and self.doings & doings_of(token):
            cue = replace(cue, stance="for", negated="against")
            self.doings = frozenset()
        sided = (
            self.gone and cue is not None and cue.word_class != "noun" and source_of(token, self.mentions) is not None
        )
        if sided and cue is not None:
            if cue.stance == "against" and not under_negation:
                cue = replace(cue, stance="for", negated="against")
            elif cue.stance == "for" and cue.negated == "against" and under_negation:
                under_negation = False
        refused = self.look_back(token, child, under_negation) if child is not None else None
        if sided and cue is not None and cue.stance != "relay":
            self.gone = self.absorb = False
        if child is not None and child.dep_ == "dative":  # "gave the levy its blessing"
            given = next((part for part in token.children if part.dep_ == "dobj"), None)
            if given is not None:
                self.take(given, cue_at(given), negated(given), below=False)
        if self.gives_up(token, child, under_negation) or self.judged(token, child, under_negation):
            return
        if cue is not None and cue.stance == "open" and only_judges(token, child):
            cue = None
            self.nobody = self.verdict = True
        if cue is not None and self.content_side(token, child, cue):
            if self.take(token, cue, under_negation, below=False, refused=refused):
                return
        elif child is not None and token.i not in self.own and turns_round(token, child):
            if self.absorb or self.doings & doings_of(token):
                self.absorb = self.gone = False
                self.doings = frozenset()
            else:
                self.value = self.value.opposite
                self.turns.append(token.text)
                self.deed = self.deed or (token.lemma_.lower() in DEEDS and not under_negation)
        if under_negation and self.value is not Stance.OPEN:
            if self.gone:
                self.gone = self.absorb = False
            else:
                self.value = self.value.opposite
            self.turns.append(f"not {token.text}")
        modal = modal_of(token)
        if modal is not None and self.modal is None:
            self.modal = modal
        if child is not None and child.dep_ == "dobj" and token.lemma_.lower() in UPHOLDING and not under_negation:
            self.deed = True
        if self.doer is None and cue is None and token.pos_ in {"VERB", "AUX"}:
            subject = verb_source(token, self.mentions)
            if subject is not None and subject.parties and (child is None or child.dep_ != "nsubj"):
                self.doer, self.doing = subject, token.i

    def look_back(self, token: Token, child: Token, under_negation: bool) -> Stance | None:
        """Let a word change what stands below it: questions, denials, "used to", "wants it gone".

        Returns the side that is left where the word refuses an act: who refuses to rule a thing out does not rule it out, and
        no more than that.
        """
        lemma = token.lemma_.lower()
        away = wished_away(token, child)
        if away and self.absorb:
            self.absorb = self.gone = False
        elif away or passed_over(child):
            self.value = self.value.opposite
            self.turns.append(child.text)
        if any(part.dep_ == "mark" and part.lower_ == "whether" for part in child.children):
            self.sides, self.value, self.nobody = [], Stance.FOR, True
        if lemma == "use" and child.dep_ == "xcomp":
            self.sides = [replace(side, former=side.former or side.token == child.i) for side in self.sides]
        denies = lemma == "deny" or (under_negation and (cue := cue_at(token)) is not None and cue.stance == "relay")
        if denies and child.dep_ in {"ccomp", "xcomp", "pcomp"}:
            source = verb_source(token, self.mentions)
            self.sides = [side for side in self.sides if source is not None and not same(side.source, source)]
            self.nobody = True
        if child.dep_ == "xcomp" and lemma in REFUSING and not under_negation and child.i in self.reached:
            inner = cue_at(child)
            return apply_cue(self.reached[child.i], inner, True) if inner is not None else None
        return None

    def by_deed(self) -> None:
        """ "Prague would pay": no cue at all, but a party says or shows what it will or must do."""
        if self.sides or self.doer is None or self.modal is Act.CONSIDER or not (self.deed or self.modal):
            return
        if self.verdict:  # whoever does something in another clause has not passed the verdict
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
        if not self.sides or child is None:
            return False
        ceases = token.lemma_.lower() in CEASING and child.dep_ in {"xcomp", "pcomp"}
        of_noun = child.pos_ in {"NOUN", "PROPN"} and child.dep_ in {"dobj", "nsubjpass", "pobj"}
        if not (ceases or of_noun):
            return False
        mine = self.sides[-1]
        no_longer = under_negation and longer(token)
        gives_up = ceases or any(word in GIVING_UP for word in with_particles(token))
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
        if not kept and ceases and mine.stance is Stance.FOR and modal_of(token) is Act.STATE:
            self.sides[-1] = replace(mine, stance=Stance.AGAINST, act=Act.OFFER, turns=tuple(self.turns))
        elif not kept or no_longer:
            self.sides[-1] = replace(mine, former=True, turns=tuple(self.turns))
            if mine.stance is Stance.AGAINST:
                self.sides.append(
                    replace(mine, stance=Stance.OPEN, act=Act.CONSIDER, former=False, turns=tuple(self.turns))
                )
        self.given_up = True
        return True

    def judged(self, token: Token, child: Token | None, under_negation: bool) -> bool:
        """Let a verdict joined with the option turn the walk; returns whether there is one."""
        word = verdict_on(token, child)
        cue = verdict_cue(word) if word is not None else None
        if word is None or cue is None:
            return False
        if word is child and is_verdict(
            word
        ):  # "considers a levy premature": the climb has come by the verdict, and its holder with it
            return True
        value = apply_cue(self.value, cue, under_negation)
        if value is None:
            return True
        self.turns.append(("not " if under_negation else "") + cue.word)
        joins = token.lemma_.lower() in JOINING
        source = judge_of(token, word, self.mentions) if joins else verb_source(token, self.mentions)
        if source is not None and source.parties:
            speech = token.lemma_.lower() in NAMING
            self.sides.append(
                Side(source, cue, token.i, value, cue.act, self.former, speech, None, self.anchor, tuple(self.turns))
            )
        self.value, self.act, self.modal, self.verdict = value, self.act or cue.act, self.modal or cue.act, True
        return True

    def clause_below(self, token: Token, child: Token | None) -> Token | None:
        """A relative clause or participle on an option's words that takes a side: "an extension, which Moscow rejects"."""
        below_all = [
            *token.children,
            *(part for named in token.children if named.dep_ == "appos" for part in named.children),
        ]
        for below in below_all:
            if (
                below.i not in self.climbed
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

    def take(
        self, token: Token, cue: Cue | None, under_negation: bool, *, below: bool, refused: Stance | None = None
    ) -> bool:
        """Take a side by a cue where it has a source; returns whether the cue was used up.

        `refused` is what a cue of refusal makes of the act below it, see `look_back`.
        """
        if cue is None:
            return False
        source = source_of(token, self.mentions)
        if cue.word_class == "adjective" and token.pos_ == "VERB":
            source = minded(token, self.mentions)
        if cue.word_class == "verdict" and token.pos_ in {"VERB", "AUX"}:
            source = judge_of(token, token, self.mentions)
        if cue.word_class == "verdict" and source is None:
            self.value = apply_cue(self.value, cue, under_negation) or self.value
            self.modal = self.modal or cue.act
            self.act = cue.act
            self.verdict = True
            self.turns.append(token.text)
            return True
        if cue.word == "deny" or silent(token, cue):
            self.nobody = True
            return True
        self.reached.setdefault(token.i, self.value)
        value = refused if refused is not None else apply_cue(self.value, cue, under_negation)
        if cue.stance == "relay":
            self.relay(token, cue, source, under_negation)
            return True
        no_longer = under_negation and value is None and longer(token)
        if no_longer and cue.stance == "for":  # "no longer insists": nothing is left but the former demand
            value, under_negation = self.value, False
        if value is None:
            return True
        self.turns.append(("no longer " if no_longer else "not " if under_negation else "") + cue.word)
        if source is None or not (source.parties or source.anonymous):
            self.seconds(token, None, value)
            if not below:
                self.value = value
                self.act = self.act or cue.act
                self.doer = None  # others hope for it or doubt it
            return True
        act = Act.CONSIDER if value is Stance.OPEN and cue.act not in {Act.ACCEPT} else cue.act
        if under_negation and cue.stance == "for" and value is Stance.AGAINST:
            act = Act.REJECT
        former = self.former or no_longer or (was_before(token) and (cue.word in LASTING or dated(token)))
        side = Side(source, cue, token.i, value, act, former, cue.speech, None, self.anchor, tuple(self.turns))
        self.seconds(token, source, side.stance)
        mine = [number for number, other in enumerate(self.sides) if same(other.source, source)]
        if mine and self.given_up:
            return True
        if mine:
            kept = self.sides[mine[-1]]
            self.sides[mine[-1]] = replace(side, source=source if source.speaker else kept.source)
        else:
            self.sides.append(side)
        if not below:
            self.value = value
        return True

    def seconds(self, cue_token: Token, source: Mention | None, stance: Stance) -> None:
        """ "The EU, supported by Norway and opposed by Japan, proposed …": sides of those named beside the source.

        Args:
            cue_token: the word that gives the source its side; it may be that of somebody who is no party.
            stance: the source's.
        """
        above = self.token_of(source) if source is not None else None
        if above is None:
            above = next((child for child in cue_token.children if child.dep_ in SUBJECTS), None)
        for verb in (*beside(above), *beside(cue_token)):
            cue = cue_at(verb)
            other = mention_below(next(child for child in verb.children if is_by(child)), self.mentions)
            if cue is None or other is None or cue.stance not in {"for", "against"}:
                continue
            if (source is not None and same(other, source)) or any(one.token == verb.i for one in self.sides):
                continue
            theirs = stance if cue.stance == "for" else stance.opposite
            turns = (*self.turns, f"{verb.text} by")
            self.sides.append(Side(other, cue, verb.i, theirs, cue.act, False, False, None, self.anchor, turns))

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
        if cue.word in WARNING and self.value is Stance.FOR and not (self.doer is not None and same(self.doer, source)):
            # What is warned of is not wanted: "warned that a levy would cost jobs".
            self.value, self.act = Stance.AGAINST, Act.OPPOSE
        if not self.sides and (self.modal is not None or self.act is not None) and source.parties:
            act = self.act or self.modal or Act.STATE
            if act is Act.CONSIDER and self.act is None:
                return
            if act is Act.STATE and self.value is Stance.AGAINST:
                act = Act.REJECT
            turns = (*self.turns, cue.word)
            self.sides.append(Side(source, cue, token.i, self.value, act, self.former, True, None, self.anchor, turns))
