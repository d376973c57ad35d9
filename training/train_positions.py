"""Train the position table: leave files out and measure, or train on everything and save.

python train_positions.py --hold-out trade,wire-security --epochs 8
python train_positions.py --save positions.pt --epochs 12
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from itertools import groupby
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from attributions import Text, groups_of, load_texts
from attributions import loss_of as attribution_loss
from augment import OptionPool, vary, vary_windows
from batches import WORDED, answers_of, batch_of, lay_out
from encoder import model_folder
from measure import measure
from passages import Example, compose, load
from table import TableNetwork, loss_of
from tokenizers import Tokenizer
from torch import Tensor

LOG = Path(__file__).parent / "measurements.jsonl"
ASKED_BY_CHANCE = 0.05
"""Share of the (sentence, option) pairs without a statement of which every party is asked all the same."""
POOL = 48
"""Batches are cut from pools of this many batches sorted by length, so that little is padding."""


def published_tokenizer() -> Tokenizer:
    """MiniLM's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def is_article(example: Example) -> bool:
    """Whether an example is one window of an article."""
    return "." in example.id


def articles_of(examples: list[Example]) -> list[list[Example]]:
    """The windows of each article."""
    return [list(own) for _, own in groupby(filter(is_article, examples), key=lambda e: (e.file, e.id.split(".")[0]))]


def batches_of(
    examples: list[Example], size: int, pool: OptionPool, random_source: random.Random, drawn_share: float = 1.0
) -> list[list[Example]]:
    """Varied batches, shuffled: short passages by length, articles a few windows at a time, so that they share options.

    Of the short passages a share is drawn anew each time; a dossier's entries are put together to windows anew.
    """
    short = [example for example in examples if not is_article(example) and not example.entry]
    short = random_source.sample(short, round(drawn_share * len(short)))
    partners: dict[str, list[Example]] = {}
    for example in short:
        partners.setdefault(example.file, []).append(example)
    varied = [vary(example, partners[example.file], pool, random_source) for example in short]
    random_source.shuffle(varied)
    batches: list[list[Example]] = []
    for start in range(0, len(varied), POOL * size):
        part = sorted(varied[start : start + POOL * size], key=lambda e: sum(map(len, e.sentences)))
        batches += [part[at : at + size] for at in range(0, len(part), size)]
    dossiers = groupby((example for example in examples if example.entry), key=lambda example: example.file)
    for windows in articles_of(examples) + [compose(list(entries), random_source) for _, entries in dossiers]:
        count = -(-len(windows) // size)
        drawn = random_source.sample(windows, len(windows))
        batches += [vary_windows(drawn[at::count], random_source) for at in range(count)]
    random_source.shuffle(batches)
    return batches


def work_of(
    examples: list[Example],
    texts: list[Text],
    arguments: argparse.Namespace,
    pool: OptionPool,
    random_source: random.Random,
) -> list[list[Example] | list[Text]]:
    """An epoch's batches in chance order: some of windows with positions, some of texts with attributions."""
    work: list[list[Example] | list[Text]] = []
    if not arguments.only_attributions:
        work += batches_of(examples, arguments.batch, pool, random_source, arguments.short_share)
    work += groups_of(random_source.sample(texts, round(arguments.text_share * len(texts))), random_source)
    random_source.shuffle(work)
    return work


def position_loss(
    network: TableNetwork, group: list[Example], tokenizer: Tokenizer, random_source: random.Random
) -> Tensor:
    """Loss of one batch of windows."""
    prompts = [lay_out(example, tokenizer, random_source) for example in group]
    batch = batch_of(group, prompts, tokenizer, worded=random_source.random() < WORDED)
    answers = answers_of(group, prompts, batch)
    stated = ((answers.stance > 0) | (answers.act >= 0)).any(1).transpose(1, 2)
    result = network(batch, stated | (torch.rand(stated.shape) < ASKED_BY_CHANCE))
    return loss_of({name: value.float() for name, value in result.items()}, answers, batch.sentence_index < 0)


def optimiser_of(network: TableNetwork, lr: float, head_lr: float) -> torch.optim.Optimizer:
    """AdamW, faster for the heads and markers than for the encoder; word embeddings stay as they are."""
    trained = [p for p in network.parameters() if p.requires_grad]
    markers = network.encoder.markers.weight
    encoder_weights = [p for p in network.encoder.parameters() if p.requires_grad and p is not markers]
    known = {id(p) for p in encoder_weights} | {id(network.encoder.words.weight)}
    heads = [p for p in trained if id(p) not in known]
    groups = [{"params": own, "lr": rate} for own, rate in ((encoder_weights, lr), (heads, head_lr)) if own]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def train(
    files: dict[str, list[Example]],
    texts: list[Text],
    arguments: argparse.Namespace,
    tokenizer: Tokenizer,
    pool: OptionPool,
) -> TableNetwork:
    """Train on all that is given, saving after each epoch; the seed decides all but the rounding of the machine."""
    torch.manual_seed(arguments.seed)
    random_source = random.Random(arguments.seed)
    network = TableNetwork(dropout=arguments.dropout)
    if arguments.start:
        # Weights from before the attribution heads, or the step that reads options' words, lack those alone.
        found = network.load_state_dict(torch.load(arguments.start, weights_only=True), strict=False)
        if found.unexpected_keys or any(not key.startswith(("attribution.", "details.")) for key in found.missing_keys):
            raise ValueError(f"{arguments.start}: weights of another network")
    if arguments.only_attributions:
        network.requires_grad_(False)
        network.attribution.requires_grad_(True)
    examples = [example for file in sorted(files) for example in files[file]]
    optimiser = optimiser_of(network, arguments.lr, arguments.head_lr)
    steps = max(1, arguments.epochs * len(work_of(examples, texts, arguments, pool, random.Random(0))))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.06 * steps), max(0.0, (steps - step) / (0.94 * steps)))
    )
    network.train()
    for epoch in range(arguments.epochs):
        began, totals = time.time(), {"positions": [0.0, 0.0], "attributions": [0.0, 0.0]}
        for group in work_of(examples, texts, arguments, pool, random_source):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=arguments.bfloat16):
                if isinstance(group[0], Example):
                    kind, loss = "positions", position_loss(network, group, tokenizer, random_source)
                else:
                    kind = "attributions"
                    loss = attribution_loss(network.attribution, network.encoder, group, tokenizer, random_source)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            totals[kind][0] += float(loss.detach())
            totals[kind][1] += 1
        if arguments.save:
            torch.save(network.state_dict(), arguments.save)
        told = ", ".join(f"{kind} {total / max(1, count):.3f}" for kind, (total, count) in totals.items())
        print(f"epoch {epoch + 1} loss of {told} in {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    return network


def main() -> None:
    """Parse the options and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold-out", default="", help="files to leave out and measure on, comma separated")
    parser.add_argument("--start", type=Path, help="weights to go on from, instead of the published encoder")
    parser.add_argument("--save", type=Path, help="write the weights here, after each epoch")
    parser.add_argument("--name", default="two-towers", help="what to call the design in measurements.jsonl")
    parser.add_argument("--layouts", type=Path, required=True, help="what read_passages.py wrote")
    parser.add_argument("--never", default="", help="files neither trained on nor measured, comma separated")
    parser.add_argument("--epochs", type=int, default=10, help="0 to measure the weights of --start as they are")
    parser.add_argument("--batch", type=int, default=4, help="windows a step")
    parser.add_argument("--lr", type=float, default=1.5e-4, help="learning rate of the encoder")
    parser.add_argument("--head-lr", type=float, default=1e-3, help="learning rate of heads and markers")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--share", type=float, default=1.0, help="share of the training passages, for learning curves")
    parser.add_argument("--short-share", type=float, default=1.0, help="share of the short passages drawn each epoch")
    parser.add_argument(
        "--text-share", type=float, default=1.0, help="share of the texts with attributions drawn each epoch"
    )
    parser.add_argument(
        "--only-attributions", action="store_true", help="train the heads of who says what, nothing else"
    )
    parser.add_argument("--twice", help="files whose names begin so are gone through twice an epoch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bfloat16", action="store_true", help="multiply in bfloat16, twice as fast where supported")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    files, tokenizer = load(arguments.layouts), published_tokenizer()
    pool = OptionPool(files, tokenizer)
    held_out = [name for name in arguments.hold_out.split(",") if name]
    kept = {name: examples for name, examples in files.items() if name not in [*held_out, *arguments.never.split(",")]}
    if arguments.share < 1.0:
        kept = {name: own[: round(len(own) * arguments.share)] for name, own in kept.items()}
    if arguments.twice:
        kept |= {f"{name}, again": own for name, own in kept.items() if name.startswith(arguments.twice)}
    ids = {(name, example.id.split(".")[0]) for name, own in kept.items() for example in own}
    apart = [*held_out, *arguments.never.split(","), *files]
    texts = [text for text in load_texts(arguments.layouts) if (text.file, text.id) in ids or text.file not in apart]
    print("options embedded", file=sys.stderr, flush=True)
    began = time.time()
    network = train(kept, texts, arguments, tokenizer, pool)
    seconds = round(time.time() - began)
    network.encoder.write_markers()
    paths = ("hold_out", "save", "start", "name", "threads", "layouts", "never")
    settings = {name: value for name, value in vars(arguments).items() if name not in paths}
    with LOG.open("a", encoding="utf-8") as log:
        for name in held_out:
            figures = measure(network, files[name], tokenizer, pool)
            row = {"design": arguments.name, "held_out": name, "trained_on": sorted(kept)} | figures
            row |= {"settings": settings, "seconds": seconds}
            if arguments.start:
                row["started_from"] = arguments.start.stem
            print(json.dumps(row), flush=True)
            log.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
