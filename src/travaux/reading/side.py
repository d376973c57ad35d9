"""A party's side on an option, and the words that make one beside the cues of the lexicon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.model import Act, Stance
from travaux.reading.cues import Cue, lexicon
from travaux.reading.mention import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

# Giving a stance up is not the opposite stance: "dropped its objection" leaves the party open, "no longer insists" leaves
# nothing but the former demand (codebook; conventions of the training passages).
GIVING_UP = {"drop", "withdraw", "abandon", "lift", "relinquish", "retract", "waive", "overcome", "relent", "shelve",
             "scrap", "ditch", "end", "soften", "forgo", "shed", "give up", "take back", "walk back", "go back on", "row back on",
             "let go of", "back away from", "retreat from", "climb down from", "renege on"}  # fmt: skip
# "Stopped asking for X" gives up as well; who would stop asking offers to go without X.
CEASING = {"stop", "cease", "quit"}
# What a party does to a thing of its own without a word on it, and thereby shows that it is against it, or for it.
DEEDS = {"lift", "scrap", "cancel", "abolish", "terminate", "suspend", "remove", "repeal", "revoke", "rescind", "dismantle", "end",
         "drop", "abandon", "halt", "lapse", "expire"}  # fmt: skip
UPHOLDING = {
    "keep",
    "extend",
    "prolong",
    "renew",
    "impose",
    "reimpose",
    "reinstate",
    "restore",
    "decree",
    "enact",
    "retain",
}
# What somebody had been in the mind to do and the narrator puts into the pluperfect is over; a deed done before is not.
LASTING = {"want", "wish", "wish for", "hope for", "insist on", "hold out for", "press for", "favour", "favor", "in favour",
           "in favor", "willing", "ready", "prepared", "prefer", "would like", "resist", "keen", "eager", "happy"}  # fmt: skip
WARNING = {"warn", "caution"}
REFUSING = {"refuse", "decline"}
SAYING = {"comment", "say", "answer", "elaborate", "confirm", "speculate", "reveal", "respond", "speak"}
FORMER = {"previous", "previously", "former", "formerly", "earlier", "once", "initial", "initially", "original", "originally",
          "erstwhile", "past"}  # fmt: skip


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


def modal_of(token: Token) -> Act | None:
    """The act that a modal on a verb tells of, or None."""
    modals = lexicon().modals
    for child in token.children:
        if child.dep_ == "aux" and child.tag_ == "MD" and child.lower_ in modals:
            return modals[child.lower_]
    if token.lemma_ in {"have", "need"} and any(child.dep_ == "xcomp" for child in token.children):
        return Act.DEMAND
    return None


def silent(token: Token, cue: Cue) -> bool:
    """Whether somebody only refuses to say anything: "declined to comment on"."""
    return cue.word in REFUSING and any(
        child.dep_ == "xcomp" and child.lemma_.lower() in SAYING for child in token.children
    )
