"""Figures of a position table on passages that it was not trained on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import torch
from augment import SAME, OptionPool
from batches import batch_of, lay_out, pair_stances
from pairs import f1_by_stance, in_all
from passages import Example
from table import OUTPUTS, TableNetwork, pair_logits

from travaux.reading.table_model import ACTS, STANCES, VIAS

AGENDA = 16
CHUNK = 8


def f1(right: int, predicted: int, gold: int) -> float:
    """F1 from counts."""
    return 2 * right / (predicted + gold) if predicted + gold else 0.0


def run(network: TableNetwork, examples: Sequence[Example], tokenizer: object) -> list[dict[str, torch.Tensor]]:
    """The network's answers for each example, alone in its batch, without the padding."""
    results = []
    network.encoder.write_markers()
    network.eval()
    with torch.no_grad():
        for example in examples:
            prompt = lay_out(example, tokenizer, None)
            result = network(batch_of([example], [prompt], tokenizer))
            sizes = len(example.parties), len(example.options), len(prompt.sentence_index)
            results.append(
                {name: value[0][tuple(map(slice, sizes))] for name, value in result.items() if name in OUTPUTS}
            )
    network.train()
    return results


def stances_of(result: dict[str, torch.Tensor]) -> torch.Tensor:
    """(P, O) stance numbers of the whole window."""
    return pair_logits(result["stance"][None])[0].argmax(-1)


def agenda_of(example: Example, pool: OptionPool, random_source: random.Random) -> list[Example]:
    """The example against an agenda of up to 16 options of its negotiation and the likest of its file, in chunks."""
    options = list(example.options)
    others = list(dict.fromkeys(pool.by_negotiation[f"{example.file} {example.negotiation}"]))
    for option in example.options:
        others += pool.nearest(option, example.file, 6)
    for other in dict.fromkeys(others):
        fresh = len(options) < AGENDA and other not in options
        if fresh and all(pool.likeness(other, option) <= SAME for option in example.options):
            options.append(other)
    order = random_source.sample(range(len(options)), len(options))
    chunks = []
    for start in range(0, len(order), CHUNK):
        chosen = order[start : start + CHUNK]
        cells = [replace(c, option=chosen.index(c.option)) for c in example.cells if c.option in chosen]
        words = {options[n]: pool.words.get(options[n], []) for n in chosen}
        chunks.append(replace(example, options=[options[n] for n in chosen], cells=cells, words=words))
    return chunks


def pair_figures(examples: Sequence[Example], predicted: Sequence[torch.Tensor]) -> dict[str, float]:
    """Macro-F1 over the four stances of all pairs, micro F1 of positions, stance accuracy where both see one."""
    table: Counter[tuple[str, str]] = Counter()
    for example, stances in zip(examples, predicted, strict=True):
        gold = pair_stances(example)
        for party in range(len(example.parties)):
            for option in range(len(example.options)):
                table[gold.get((party, option), "none"), STANCES[int(stances[party, option])]] += 1

    each = f1_by_stance(table)
    stated = [stance for stance in STANCES if stance != "none"]
    right = sum(table[stance, stance] for stance in stated)
    seen = sum(count for (gold, found), count in table.items() if gold != "none" and found != "none")
    found = sum(in_all(table, 1, stance) for stance in stated)
    wanted = sum(in_all(table, 0, stance) for stance in stated)
    return {
        "macro_f1": sum(each.values()) / 4,
        "position_f1": f1(right, found, wanted),
        "detected_precision": seen / max(1, found),
        "detected_recall": seen / max(1, wanted),
        "stance_accuracy": right / max(1, seen),
        **{f"f1_{stance}": value for stance, value in each.items()},
    }


def field_figures(examples: Sequence[Example], results: Sequence[dict[str, torch.Tensor]]) -> dict[str, float]:
    """Accuracy of the other heads at the gold cells, F1 of the two flags, and how often the sentence is found."""
    right: Counter[str] = Counter()
    flags: dict[str, Counter[str]] = {"conditional": Counter(), "former": Counter()}
    cells = 0
    for example, result in zip(examples, results, strict=True):
        for cell in example.cells:
            cells += 1
            place = cell.party, cell.option, cell.sentence
            if cell.sentence >= result["stance"].shape[2]:
                continue
            gains = (result["stance"][..., 1:] - result["stance"][..., :1]).logsumexp(-1)
            best = int(gains[cell.party, cell.option].argmax())
            right["sentence"] += best in (cell.sentence, *cell.near)
            right["act"] += ACTS[int(result["act"][place].argmax())] == cell.act
            right["via"] += VIAS[int(result["via"][place].argmax())] == cell.via
            for name, gold in (("conditional", cell.conditional), ("former", cell.former)):
                said = bool(result[name][place] > 0)
                flags[name].update(both=gold and said, gold=gold, said=said)
    figures = {name: right[name] / max(1, cells) for name in ("sentence", "act", "via")}
    return figures | {f"{name}_f1": f1(c["both"], c["said"], c["gold"]) for name, c in flags.items()}


def measure(
    network: TableNetwork, examples: Sequence[Example], tokenizer: object, pool: OptionPool
) -> dict[str, float]:
    """All figures on one held-out file, with the options as listed and against a longer agenda."""
    results = run(network, examples, tokenizer)
    figures = pair_figures(examples, [stances_of(result) for result in results]) | field_figures(examples, results)
    random_source = random.Random(1)
    chunks = [chunk for example in examples for chunk in agenda_of(example, pool, random_source)]
    agenda = pair_figures(chunks, [stances_of(result) for result in run(network, chunks, tokenizer)])
    figures |= {f"agenda_{name}": agenda[name] for name in ("macro_f1", "position_f1", "detected_precision")}
    return {name: round(value, 4) for name, value in figures.items()}
