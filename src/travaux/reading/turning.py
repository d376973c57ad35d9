"""What turns a climb from an option's words round, or ends it: words that undo, verdicts, verbs of ending, asides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.reading.cues import Cue, cue_at, is_speech, lexicon, sets_apart, undoes

if TYPE_CHECKING:
    from spacy.tokens import Token

ASIDE_MARKS = {"because", "while", "as", "since", "although", "though", "whereas", "when", "after", "before", "whilst"}
# Verbs that join a subject with what is said of it, and verbs by which somebody says it of a thing, aloud or not.
JOINING = {"be", "seem", "appear", "look", "sound", "remain", "stay", "become", "prove"}
THINKING = {"consider", "find", "deem", "think", "regard", "see", "view", "judge", "believe", "hold"}
NAMING = {"call", "describe", "label", "brand", "term", "dub", "declare"}
JUDGING = THINKING | NAMING
STRETCHES = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
             "spring", "summer", "autumn", "winter", "year", "month", "decade"}  # fmt: skip
WANTING = {"want", "wish", "like", "see", "have", "need", "order", "get"}
# What ends by itself when it is let: "let the ban lapse", "wants the ban gone".
ENDING = {"lapse", "expire", "end", "cease", "stop", "collapse", "die", "go", "disappear", "vanish"}

# What is said to be so by nobody in particular, and the word that it is not.
HEARSAY = {
    "report",
    "claim",
    "rumour",
    "rumor",
    "suggestion",
    "allegation",
    "speculation",
    "assertion",
    "story",
    "talk",
}
UNTRUE = {"untrue", "false", "inaccurate", "unfounded", "baseless", "incorrect", "groundless", "fabricated", "invented",
          "wrong", "invention", "fabrication", "nonsense"}  # fmt: skip
DENYING = {"deny", "dismiss", "reject", "refute", "rebut"}


def says_untrue(verb: Token) -> bool:
    """Whether a verb denies what is told of somebody: "reports that Oslo gave in are untrue", "dismissed rumours that it had"."""
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    untrue = {child.lower_ for child in verb.children if child.dep_ in {"acomp", "attr"}} & UNTRUE
    told_of = (
        {"nsubj"} if verb.lemma_.lower() == "be" and untrue else {"dobj"} if verb.lemma_.lower() in DENYING else set()
    )
    return any(
        child.dep_ in told_of
        and child.lemma_.lower() in HEARSAY
        and any(below.dep_ in {"acl", "ccomp", "relcl"} for below in child.children)
        for child in verb.children
    )


def unable(verb: Token) -> bool:
    """Whether a verb is what somebody cannot do: "in no position to sign", "in no mood to give way", "unable to back it"."""
    noun = verb.head
    if verb.dep_ == "xcomp" and noun.lemma_.lower() in {"unable", "powerless"}:
        return True
    lacking = verb.dep_ == "acl" and verb.tag_ == "VB" and noun.pos_ == "NOUN" and cue_at(noun) is None
    return lacking and any(child.lower_ == "no" and child.dep_ == "det" for child in noun.children)


def in_the_past(verb: Token) -> bool:
    """Whether a verb is told as over by its form: "opposed", "had opposed", "was demanding"."""
    helped = any(child.dep_ in {"aux", "auxpass"} and child.lower_ in {"had", "was", "were"} for child in verb.children)
    return verb.tag_ == "VBD" or helped


def was_before(verb: Token) -> bool:
    """Whether the narrator tells of a position as of one before the day he tells of: "had asked for", "had been willing".

    What somebody says of it is as old as his saying: "said that it had asked for".
    """
    at = verb if verb.pos_ in {"VERB", "AUX"} else verb.head
    if not any(child.dep_ == "aux" and child.lower_ in {"had", "'d"} and child.tag_ == "VBD" for child in at.children):
        return False
    if at.tag_ not in {"VBN", "VBG"}:
        return False
    while at.dep_ in {"conj", "xcomp"} and at.head.i != at.i:
        at = at.head
    return at.dep_ in {"ROOT", "relcl"}


def dated(verb: Token) -> bool:
    """Whether a verb is told with a stretch of time of its own: "in the summer", "for two years", "throughout 2022"."""
    at = verb if verb.pos_ in {"VERB", "AUX"} else verb.head
    return any(
        below.dep_ == "pobj"
        and (below.lemma_.lower() in STRETCHES or (below.like_num and len(below.text) == len("2022")))
        for child in at.children
        if child.dep_ == "prep" and child.lower_ in {"in", "throughout", "during", "for", "as"}
        for below in (*child.children, *(last for part in child.children for last in part.children))
    )


def looks_back(word: Token) -> bool:
    """Whether time words below a verb tell that what it tells is over: "until last year", "as recently as May", "at first"."""
    if word.lower_ in {"until", "till"} and word.dep_ == "prep":
        return in_the_past(word.head) and not any(child.pos_ in {"VERB", "AUX"} for child in word.subtree)
    if word.dep_ != "advmod" or word.i == word.sent.start:
        return False
    before = word.nbor(-1).lower_
    return (word.lower_ in {"recently", "late"} and before == "as") or (word.lower_ == "first" and before == "at")


def turns_round(token: Token, child: Token) -> bool:
    """Whether a word turns round what a climb comes from: "an end to X", "without X", "wants X gone", "Y rather than X"."""
    if ends(token, child):
        return True
    if child.dep_ in {"nsubj", "agent", "advcl"}:
        return False
    undone = undoes(token) and not part_of_cue(token) and not sets_apart(child)
    return undone or sets_apart(token)


def wished_away(token: Token, child: Token) -> bool:
    """Whether what is wanted is that the thing be gone: "wants the ban lifted", where the parser hangs "lifted" on the ban.

    Also "asked for the ban to be lifted".
    """
    wanted = child.dep_ == "dobj" and token.lemma_.lower() in WANTING
    asked = child.dep_ == "prep" and child.lower_ == "for" and token.pos_ == "VERB"
    if not (wanted or asked):
        return False
    hung = {"acl", "amod", "oprd"} if wanted else {"acl", "relcl", "xcomp", "advcl"}
    below = [part for part in (*child.subtree, *token.children) if part.i > child.i]
    out = wanted and any(
        part.lower_ in {"out", "gone", "away"} and part.dep_ in {"advmod", "prt", "acomp", "oprd", "acl"}
        for part in below
    )
    return out or any(part.dep_ in hung and part.tag_ == "VBN" and undoes(part) for part in below)


def verdict_on(verb: Token, child: Token | None) -> Token | None:
    """The word of judgement that a verb joins with what a climb comes from: "premature" in "a levy would be premature".

    Also in "calls a levy premature" and "it would be wrong to raise a levy".
    """
    if child is None or verb.pos_ not in {"VERB", "AUX"}:
        return None
    lemma = verb.lemma_.lower()
    if lemma in JOINING:
        about = child.dep_ in {"nsubj", "csubj"} or (
            child.dep_ in {"xcomp", "ccomp", "advcl"}
            and any(part.dep_ in {"nsubj", "expl"} and part.lower_ == "it" for part in verb.children)
        )
        said = [part for part in verb.children if part.dep_ in {"acomp", "attr", "oprd"} and part.i != child.i]
    elif lemma in JUDGING:
        if child.dep_ in {"ccomp", "oprd"} and child.pos_ in {"ADJ", "NOUN"}:
            return child if is_verdict(child) else None
        about = child.dep_ in {"dobj", "nsubjpass"}
        said = [part for part in verb.children if part.dep_ in {"oprd", "acomp", "attr"} and part.i != child.i]
        said += [
            below
            for part in (*verb.children, *child.children)
            if part.lower_ == "as" and part.dep_ == "prep"
            for below in part.children
            if below.dep_ in {"pobj", "amod", "pcomp", "acomp"}
        ]
    else:
        return None
    found = next((part for part in said if about and verdict_cue(part) is not None), None)
    if found is None and lemma in JUDGING and child.i > verb.i and child.dep_ in {"dobj", "ccomp", "oprd"}:
        # "Considers such a rule indispensable", where the parser takes the last word for a noun.
        last = child.right_edge if not child.right_edge.is_punct else child
        found = last if last.pos_ in {"NOUN", "PROPN"} and verdict_cue(last) is not None else None
    return found


def verdict_cue(word: Token) -> Cue | None:
    """The verdict that a word is, whatever the parser takes it for: "indispensable", "a dead letter"."""
    cue = cue_at(word)
    if cue is not None and cue.word_class == "verdict":
        return cue
    before = word.nbor(-1).lower_ if word.i > 0 else ""
    verdicts = lexicon().cues
    return verdicts.get(("verdict", f"{before} {word.lower_}")) or verdicts.get(("verdict", word.lower_))


def only_judges(verb: Token, child: Token | None) -> bool:
    """Whether a verb of weighing gives a judgement instead, of which the lexicon knows no more: "considers a levy a poor joke"."""
    if verb.lemma_.lower() not in {"consider", "assess", "evaluate"} or child is None:
        return False
    told = {"oprd", "acomp"}
    asks = any(part.lower_ in {"whether", "if", "how", "what"} for part in child.children)
    believes = child.dep_ == "ccomp" and any(part.dep_ == "mark" and part.lower_ == "that" for part in child.children)
    small = child.dep_ == "ccomp" and child.pos_ in {"ADJ", "NOUN", "AUX"} and not asks
    weighs = verb.lemma_.lower() == "consider"
    as_what = not weighs and any(
        part.lower_ == "as" and part.dep_ == "prep" for part in (*verb.children, *child.children)
    )
    passive = any(part.dep_ == "auxpass" for part in verb.children) and any(part.dep_ in told for part in verb.children)
    return small or believes or as_what or passive or any(part.dep_ in told for part in verb.children)


def is_verdict(token: Token) -> bool:
    """Whether a word is a verdict of the lexicon."""
    cue = cue_at(token)
    return cue is not None and cue.word_class == "verdict"


def part_of_cue(token: Token) -> bool:
    """Whether a preposition is the end of the cue that it hangs on, which has turned round by it: "warned against"."""
    cue = cue_at(token.head) if token.pos_ == "ADP" else None
    return cue is not None and cue.word.endswith(f" {token.lower_}")


def ends(token: Token, child: Token) -> bool:
    """Whether a verb tells the end of its subject, by itself or by somebody's hand: "the ban lapses", "wants the ban lifted"."""
    if child.dep_ != "nsubj":
        return False
    if token.lower_ in {"out", "gone", "away"} and token.dep_ == "ccomp" and token.head.lemma_.lower() in WANTING:
        return True  # "wants the inspectors out"
    done_to = token.tag_ == "VBN" and not any(part.dep_ == "aux" for part in token.children)
    by_itself = token.lemma_.lower() in ENDING and not any(part.dep_ == "dobj" for part in token.children)
    return by_itself or (done_to and undoes(token))


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
        if child.tag_ == "VBG" and is_speech(child) and child.i > token.i:
            return True  # "protested, warning that it would leave": what is warned of is not what was protested against
        return any(part.dep_ == "mark" and part.lower_ in ASIDE_MARKS for part in child.children)
    if child.dep_ in {"ccomp", "parataxis"} and child.i < token.i:
        # Two clauses with a semicolon between them are parsed like "X, he said"; only speech comes after what it says.
        between = {part.text for part in token.doc[child.i : token.i]}
        return not is_speech(token) or ";" in between
    return False
