"""The small record with an instrument and a rule, so that it has a term sheet and packages of which none is open."""

from small_record import AGENDA, TEXTS, make_small_record

from travaux import Record

DEAL = (
    AGENDA.replace(
        "      - id: night-ferry\n        says: A ferry runs at night\n        words: [night ferry]\n", ""
    ).replace("    title: The ferry\n    options:", "    title: The ferry\n    choose: some\n    options:")
    + """\
rules:
  - requires: [ferry-link, low-fee]
instrument:
  title: The ferry treaty
  kind: ceasefire
  provisions:
    monitoring: {value: all three count the passengers, option: ferry-link, code: joint_commission}
    duration: {value: unknown}
"""
)
"""A ferry there must be, it needs the low fee, and the Islands reject that."""


def make_ferry_deal(folder, **more):
    """The record in a folder; returns the folder."""
    return make_small_record(folder, agenda=DEAL, **more)


SEVERAL = DEAL.replace(
    "        words: [ferry]\n",
    "        words: [ferry]\n      - {id: night-ferry, says: A ferry runs at night}\n      - {id: tunnel, says: A tunnel is dug}\n",
)
OBJECTIONS = (
    ("southmark", "night-ferry", "reject", "Southmark rejects a ferry at night."),
    ("northland", "tunnel", "oppose", "Northland is against a tunnel."),
    ("southmark", "tunnel", "oppose", "Southmark has no love for a tunnel."),
)


def make_several_packages(folder):
    """A record whose three smallest sets of moves differ in size, in hardness and in who would have to move."""
    words = "\n\n".join(quote for *_, quote in OBJECTIONS)
    texts = {**TEXTS, "d.txt": ("2025-03-25", "The Mail", f"Of other links\n\n{words}\n")}
    make_small_record(folder, texts=texts, agenda=SEVERAL)
    with Record.open(folder) as record:
        for party, option, act, quote in OBJECTIONS:
            fields = {"party": party, "option": option, "stance": "against", "act": act}
            record.add_statement("d.txt", quote, fields, reviewer="A. Reader")
    return folder
