"""Heads on the encoder's states that mark meetings and incidents: the labelled texts, the heads, training, figures, export.

    python happenings.py --measure                       # half of the files left out, then the other half
    python happenings.py --export                        # trained on all of them, written beside the encoder that ships

The encoder stays as it ships, int8 file and all: the heads read the very states that reading will give them, so nothing that
is known of positions changes, and training takes minutes. `happenings/*.jsonl` are texts written for this project with the
sentences that tell of a meeting or an incident, the words that name it, who takes part, where and when.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from encoder import Encoder, Layer
from export_positions import SHIPPED, write
from passages import passage_files, passage_rows
from read_passages import agenda_of
from torch import Tensor, nn

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from travaux.happening import Status
from travaux.intake import receive_bytes
from travaux.reading.happenings import happenings_in
from travaux.reading.local import LocalReader
from travaux.reading.noticing import CARD, KINDS, LIKELY, STATUSES, TAGS
from travaux.reading.parse import Sentence, sentences_of
from travaux.reading.table_model import PARTY_MARKERS, Mention, TableModel, build_prompt, load_model, model_folder
from travaux.reading.weighing import spoken_in
from travaux.reading.windows import windows

FOLDER = HERE / "happenings"
HEADS = "happenings.onnx"
EPOCHS, SEED = 6, 1
QUIET = 25
"""Articles of each file of passages that are read for what tells of nothing."""
LAYOUTS = 4
"""How often each window is laid out with other parties' markers, so that the heads depend on no marker."""
POS = torch.tensor([6.0, 6.0, 3.0, 5.0, 4.0])
MARKED = (0.0, 0.5, 1.0)
"""Shares of the names and pronouns that are marked as parties' mentions."""


@dataclass
class Window:
    """One window laid out: states (n, 384), each token's sentence, and what is to be found in it.

    Attributes:
        kinds: (S, 2) whether a sentence tells of a meeting, an incident; status: (S) index of STATUSES, -1 without a meeting.
        tags: (n, 5) in the order of TAGS. own: first sentence that counts; those before are context.
    """

    states: Tensor
    owners: Tensor
    markers: Tensor
    kinds: Tensor
    status: Tensor
    tags: Tensor
    own: int
    quiet: Tensor | None = None


@dataclass
class Text:
    """A text as the product splits it into sentences.

    Attributes:
        quiet: of a text without labels, which sentences tell of nothing for all that the rules find; mentions: its parties'.
    """

    id: str
    file: str
    text: str
    sentences: list[Sentence]
    happenings: list[dict[str, Any]] = field(default_factory=list)
    quiet: list[bool] | None = None
    mentions: list[list[Mention]] = field(default_factory=list)


def load_texts(folder: Path = FOLDER) -> list[Text]:
    """The labelled texts.

    Raises:
        ValueError: a sentence that does not stand in its text, or a word that does not stand in its sentence.
    """
    texts = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            report = receive_bytes(row["text"].encode(), f"{row['id']}.txt").report
            for one in row["happenings"]:
                told = [
                    one["sentence"],
                    *(w for w in (one["what"], one["place"], one["when"], *one["participants"]) if w),
                ]
                if told[0] not in report.text or any(word not in told[0] for word in told[1:]):
                    raise ValueError(f"{path.name}: {row['id']}: {told} do not stand where they should")
            texts.append(Text(row["id"], path.stem, report.text, list(sentences_of(report)), row["happenings"]))
    return texts


def quiet_texts() -> Iterator[Text]:
    """Articles labelled for positions, most of whose sentences tell of no meeting and no incident.

    Without them the heads take whoever asks, offers or refuses for somebody who meets. Where the rules find a happening nothing
    is known; that a few of the others show one is the price.
    """
    reader = LocalReader(encoder=False)
    for path in (one for one in passage_files() if one.stem.startswith("articles-")):
        for row in list(passage_rows(path))[:QUIET]:
            report = receive_bytes(row["passage"].encode(), f"{row['id']}.txt").report
            agenda = agenda_of(row)
            lines = reader.lines_of(report, agenda)
            told = happenings_in(lines, reader.prepare(agenda)[0], report)
            ids = [party["id"] for party in row["parties"]]
            yield Text(
                f"{path.stem} {row['id']}", path.stem, report.text, [line.sentence for line in lines],
                quiet=[not any(one.start < line.sentence.end and one.end > line.sentence.start for one in told) for line in lines],
                mentions=[list(spoken_in(line.sentence, line.mentions, ids, 0)) for line in lines],
            )  # fmt: skip


def spans_of(text: Text) -> Iterator[tuple[dict[str, Any], int, dict[str, list[tuple[int, int]]]]]:
    """Each happening with where its sentence starts, and the places of its words in the text, by tag."""
    for one in text.happenings:
        start = text.text.find(one["sentence"])

        def place(words: str, start: int = start) -> tuple[int, int]:
            at = text.text.find(words, start)
            return at, at + len(words)

        yield (
            one,
            start,
            {
                one["kind"]: [place(one["what"])],
                "participant": [place(word) for word in one["participants"]],
                "place": [place(one["place"])] if one["place"] else [],
                "when": [place(one["when"])] if one["when"] else [],
            },
        )


def named_in(sentence: Sentence) -> list[tuple[str, int, int]]:
    """Names and pronouns of a sentence as (word, start, end) in it, which stand for the mentions of an agenda's parties."""
    found, run = [], []
    for token in [*sentence.span, None]:
        if token is not None and token.pos_ == "PROPN":
            run.append(token)
            continue
        if run:
            start, end = sentence.stretch(run[0], run[-1])
            found.append((run[-1].text, start - sentence.start, end - sentence.start))
            run = []
        if token is not None and token.lower_ in {"he", "she", "they", "it", "his", "her", "their", "we"}:
            start, end = sentence.stretch(token, token)
            found.append((token.lower_, start - sentence.start, end - sentence.start))
    return [one for one in found if one[1] >= 0 and one[2] > one[1]]


def windows_of(text: Text, model: TableModel, source: random.Random | None) -> Iterator[Window]:
    """A text's windows, with markers before some names by chance; without a source before none."""
    told = list(spans_of(text))
    share = source.choice(MARKED) if source is not None else 0.0
    slots: dict[str, int] = {}
    for low, at, high in windows(text.sentences):
        part = text.sentences[low:high]
        mentions = []
        for number, sentence in enumerate(part):
            for word, start, end in named_in(sentence) if source is not None and share and text.quiet is None else ():
                if source.random() < share:
                    slot = slots.setdefault(word, source.randrange(PARTY_MARKERS))
                    mentions.append(Mention(number, start, end, slot))
        for number, spoken in enumerate(text.mentions[low:high]):
            mentions += [one._replace(sentence=number) for one in spoken if one.party < PARTY_MARKERS]
        words = [text.text[sentence.start : sentence.end] for sentence in part]
        prompt = build_prompt(model.tokenizer, words, mentions)
        tags = torch.zeros(len(prompt.ids), len(TAGS))
        kinds, status = torch.zeros(len(part), len(KINDS)), torch.full((len(part),), -1)
        for one, start, spans in told:
            end = start + len(one["sentence"])
            for number, sentence in enumerate(part):
                name = spans[one["kind"]][0]
                if sentence.start <= name[0] < sentence.end and sentence.end > start and sentence.start < end:
                    kinds[number, KINDS.index(one["kind"])] = 1.0
                    if one["kind"] == "meeting":
                        status[number] = STATUSES.index(Status(one["status"]))
            for tag, places in spans.items():
                for left, right in places:
                    for token, (owner, (a, b)) in enumerate(zip(prompt.token_sentence, prompt.spans, strict=True)):
                        if owner >= 0 and b > a:
                            shift = part[owner].start
                            if shift + a < right and shift + b > left:
                                tags[token, TAGS.index(tag)] = 1.0
        kept = len(prompt.sentence_index)
        yield Window(
            torch.from_numpy(model.states(prompt.ids)[0]),
            torch.tensor(prompt.token_sentence),
            torch.tensor(prompt.sentence_index),
            kinds[:kept],
            status[:kept],
            tags,
            at - low,
            None if text.quiet is None else torch.tensor(text.quiet[low : low + kept]),
        )


class HappeningHeads(nn.Module):
    """What each sentence tells of, how far a meeting has got, and which words name it, who, where and when."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        width = Encoder.size
        self.layer = Layer(width, 6, 768, dropout)
        self.tags = nn.Linear(width, len(TAGS))
        self.kinds = nn.Linear(2 * width, len(KINDS))
        self.status = nn.Linear(2 * width, len(STATUSES))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, owners: Tensor, markers: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """States (1, n, 384), each token's sentence (n), sentences' markers (S) to kinds (S, 2), status (S, 4), tags (n, 5)."""
        return self.answers(self.mixed(states, torch.zeros(()))[0], owners, markers)

    def mixed(self, states: Tensor, outside: Tensor) -> Tensor:
        """States (b, n, 384) and mask bias (b, 1, 1, n) to what the answers are read from (b, n, 384)."""
        read: Tensor = self.layer(self.dropout(states), outside)
        return read

    def answers(self, mixed: Tensor, owners: Tensor, markers: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The answers for one window."""
        numbers = torch.arange(markers.shape[0])
        inside = (owners[None] == numbers[:, None]).float()
        highest = (mixed[None] - (1.0 - inside[..., None]) * 1e4).amax(1)
        highest = torch.where(inside.sum(-1, keepdim=True) > 0, highest, torch.zeros_like(highest))
        seen = self.dropout(torch.cat([mixed[markers], highest], -1))
        return self.kinds(seen), self.status(seen), self.tags(mixed)


def loss_of(heads: HappeningHeads, windows_: Sequence[Window]) -> Tensor:
    """Loss of a batch of windows."""
    longest = max(len(window.owners) for window in windows_)
    states = torch.stack([nn.functional.pad(w.states.float(), (0, 0, 0, longest - len(w.owners))) for w in windows_])
    outside = torch.stack([(torch.arange(longest) >= len(w.owners)).float() * -1e4 for w in windows_])[:, None, None]
    losses = []
    for window, mixed in zip(windows_, heads.mixed(states, outside), strict=True):
        kinds, status, tags = heads.answers(mixed[: len(window.owners)], window.owners, window.markers)
        if window.quiet is not None:
            known = window.quiet.clone()
            known[: window.own] = False
            if known.any():
                losses.append(nn.functional.binary_cross_entropy_with_logits(kinds[known], window.kinds[known]))
            continue
        own, words = slice(window.own, None), window.owners >= window.own
        loss = nn.functional.binary_cross_entropy_with_logits(kinds[own], window.kinds[own])
        meets = window.status[own] >= 0
        if meets.any():
            loss = loss + 0.3 * nn.functional.cross_entropy(status[own][meets], window.status[own][meets])
        told = nn.functional.binary_cross_entropy_with_logits(tags[words], window.tags[words], pos_weight=POS)
        losses.append(loss + 2.0 * told)
    return torch.stack(losses).mean() if losses else torch.zeros((), requires_grad=True)


def train(laid_out: Sequence[Sequence[Window]], quiet: Sequence[Window], epochs: int, seed: int) -> HappeningHeads:
    """Heads trained on windows, in as many layouts as there are, each epoch the next with half of the quiet windows."""
    torch.manual_seed(seed)
    source = random.Random(seed)
    heads = HappeningHeads()
    optimiser = torch.optim.AdamW(heads.parameters(), lr=8e-4, weight_decay=0.02)
    steps = epochs * ((len(laid_out[0]) + len(quiet) // 2) // 8 + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 8e-4, total_steps=steps + 2, pct_start=0.15)
    heads.train()
    for epoch in range(epochs):
        print(f"epoch {epoch + 1} of {epochs}", file=sys.stderr, flush=True)
        order = [*laid_out[epoch % len(laid_out)], *source.sample(list(quiet), len(quiet) // 2)]
        source.shuffle(order)
        for start in range(0, len(order), 8):
            optimiser.zero_grad()
            loss_of(heads, order[start : start + 8]).backward()
            optimiser.step()
            schedule.step()
    return heads.eval()


def judged(heads: HappeningHeads, held_out: Sequence[Window]) -> dict[str, float]:
    """Precision and recall of sentences at the threshold that ships, share of statuses right, F1 of words by tag."""
    odds, wanted, right, meets = [], [], 0, 0
    counts = np.zeros((len(TAGS), 3))
    with torch.no_grad():
        for window in held_out:
            kinds, status, tags = heads(window.states[None].float(), window.owners, window.markers)
            odds.append(kinds[window.own :])
            wanted.append(window.kinds[window.own :])
            has = window.status[window.own :] >= 0
            right += int((status[window.own :].argmax(-1)[has] == window.status[window.own :][has]).sum())
            meets += int(has.sum())
            own = window.owners >= window.own
            said, gold = tags[own] > 0, window.tags[own] > 0
            counts += torch.stack([(said & gold).sum(0), said.sum(0), gold.sum(0)], 1).numpy()
    scores, gold = torch.cat(odds), torch.cat(wanted)
    figures = {"status": right / max(1, meets)}
    for column, kind in enumerate(KINDS):
        said, real = scores[:, column] > LIKELY, gold[:, column] > 0
        both = int((said & real).sum())
        figures |= {f"{kind}_p": both / max(1, int(said.sum())), f"{kind}_r": both / max(1, int(real.sum()))}
    for row, tag in enumerate(TAGS):
        figures[f"words_{tag}"] = 2 * float(counts[row, 0]) / max(1.0, float(counts[row, 1] + counts[row, 2]))
    return figures


def write_heads(heads: HappeningHeads, window: Window, target: Path) -> None:
    """Write the heads as an int8 ONNX file."""
    axes = {
        "states": {1: "n"}, "owners": {0: "n"}, "markers": {0: "s"}, "kinds": {0: "s"}, "status": {0: "s"}, "words": {0: "n"},
    }  # fmt: skip
    inputs = window.states[None].float(), window.owners, window.markers
    write(heads, inputs, ("states", "owners", "markers"), ("kinds", "status", "words"), axes, target)


def digest(folder: Path) -> str:
    """SHA-256 over the labelled texts."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def measured(
    laid: Sequence[dict[str, list[Window]]], quiet: Sequence[Window], files: dict[str, str]
) -> dict[str, float]:
    """Means of the figures of heads trained on one half of the files and judged on the other, both ways."""
    names = sorted(set(files.values()))
    rows = []
    for out in (names[::2], names[1::2]):
        kept = [[w for id_, own in turn.items() if files[id_] not in out for w in own] for turn in laid]
        held = [w for id_, own in laid[0].items() if files[id_] in out for w in own]
        rows.append(judged(train(kept, quiet, EPOCHS, SEED), held))
        print(" and ".join(out), rows[-1], file=sys.stderr, flush=True)
    return {name: round(sum(row[name] for row in rows) / len(rows), 3) for name in rows[0]}


def main() -> None:
    """Measure, or train on everything and write the shipped file and its card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--measure",
        action="store_true",
        help="leave half of the files out, then the other half; keep the figures",
    )
    parser.add_argument("--export", action="store_true", help="train on all of them and write what ships")
    parser.add_argument("--into", type=Path, default=SHIPPED, help="folder of the shipped files")
    arguments = parser.parse_args()
    model, texts = load_model(model_folder()), load_texts()
    if model is None:
        sys.exit("no encoder ships; build it first, see README.md")
    laid = [
        {text.id: list(windows_of(text, model, random.Random(f"{turn}{text.id}"))) for text in texts}
        for turn in range(LAYOUTS)
    ] + [{text.id: list(windows_of(text, model, None)) for text in texts}]
    quiet = [window for text in quiet_texts() for window in windows_of(text, model, None)]
    card_file = arguments.into / CARD
    card = json.loads(card_file.read_text("utf-8")) if card_file.is_file() else {}
    if arguments.measure:
        card["left_out"] = measured(laid, quiet, {text.id: text.file for text in texts})
    if arguments.export:
        windows_ = [[window for own in turn.values() for window in own] for turn in laid]
        write_heads(train(windows_, quiet, EPOCHS, SEED), windows_[0][0], arguments.into / HEADS)
        kinds = Counter(one["kind"] for text in texts for one in text.happenings)
        card |= {
            "heads": HEADS,
            "trained_on": sorted({text.file for text in texts}),
            "texts": len(texts),
            "meetings": kinds["meeting"],
            "incidents": kinds["incident"],
            "training_data_sha256": digest(FOLDER),
        }
    card_file.write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
