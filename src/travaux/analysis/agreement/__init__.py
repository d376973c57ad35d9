"""The agreement on the table: its term sheet, reference instruments beside it, and the packages still open.

1. which provisions there are          kinds, references; an agenda held against them, instrument
2. how each party stands to an option  stands, conditions; what an analyst signs for, entries
3. the term sheet                      provisions; beside a reference, comparing; of two dates or drafts, drafts
4. the packages                        rules, solving, counting, packages; what-if, moves; by weights, weights
"""

from travaux.analysis.agreement.comparing import Compared, Nearest, Strength, compared, nearest
from travaux.analysis.agreement.conditions import Condition, Linking
from travaux.analysis.agreement.drafts import Change, Moved, TermChange, TermPair, changes_between, side_by_side
from travaux.analysis.agreement.entries import ENTRIES_NAME, Entries, TermEntry, load_entries
from travaux.analysis.agreement.instrument import instrument_problems, require_fitting
from travaux.analysis.agreement.kinds import InstrumentKind, ProvisionKind, kind_names, kind_of
from travaux.analysis.agreement.moves import SUPPOSABLE, Opening, Supposition, WhatIf, openings, what_if
from travaux.analysis.agreement.packages import LIMIT, Balance, DealSpace, Package, Wish, deal_space, impossible_rules
from travaux.analysis.agreement.provisions import Sheet, Term, TermSheet, TermStatus, Wording, signatories, term_sheet
from travaux.analysis.agreement.references import (
    VERIFIED,
    ReferenceCell,
    ReferenceInstrument,
    in_words,
    reference_named,
    references_of,
)
from travaux.analysis.agreement.rules import ImpossibleRules, Objection
from travaux.analysis.agreement.stands import Stand, StandKind, known_by, stand_in, stands_of
from travaux.analysis.agreement.weights import WeighedPackage, weighed

__all__ = [
    "ENTRIES_NAME",
    "LIMIT",
    "SUPPOSABLE",
    "VERIFIED",
    "Balance",
    "Change",
    "Compared",
    "Condition",
    "DealSpace",
    "Entries",
    "ImpossibleRules",
    "InstrumentKind",
    "Linking",
    "Moved",
    "Nearest",
    "Objection",
    "Opening",
    "Package",
    "ProvisionKind",
    "ReferenceCell",
    "ReferenceInstrument",
    "Sheet",
    "Stand",
    "StandKind",
    "Strength",
    "Supposition",
    "Term",
    "TermChange",
    "TermEntry",
    "TermPair",
    "TermSheet",
    "TermStatus",
    "WeighedPackage",
    "WhatIf",
    "Wish",
    "Wording",
    "changes_between",
    "compared",
    "deal_space",
    "impossible_rules",
    "in_words",
    "instrument_problems",
    "kind_names",
    "kind_of",
    "known_by",
    "load_entries",
    "nearest",
    "openings",
    "reference_named",
    "references_of",
    "require_fitting",
    "side_by_side",
    "signatories",
    "stand_in",
    "stands_of",
    "term_sheet",
    "weighed",
    "what_if",
]
