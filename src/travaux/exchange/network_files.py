"""Networks as GraphML and GEXF, for Gephi, visone, igraph, R and networkx: one file a network, nothing but plain keys.

An edge carries the count as `weight` and every normalisation under its own name, so that nothing must be exported again to
look at it otherwise. See `travaux.analysis.networks` for what each means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from travaux.analysis.judgements import standing
from travaux.analysis.networks import (
    ONE_MODE,
    ONE_MODE_NORMALISATIONS,
    TWO_MODE,
    TWO_MODE_NORMALISATIONS,
    Aggregation,
    Network,
    Normalisation,
    one_mode,
    stance_counts,
    two_mode,
)
from travaux.exchange.tables import ExportView
from travaux.exchange.whole_files import whole_file
from travaux.exchange.xml_text import xml_text

_CHANGED = re.compile(r' lastmodifieddate="[^"]*"')


def export_graphml(folder: Path, view: ExportView) -> list[Path]:
    """Writes ``one-mode-….graphml`` and ``two-mode-….graphml``.

    Raises:
        RequestError: the folder cannot be written to.
    """
    return _export(folder, view, "graphml", _graphml)


def export_gexf(folder: Path, view: ExportView) -> list[Path]:
    """Writes ``one-mode-….gexf`` and ``two-mode-….gexf``.

    Raises:
        RequestError: the folder cannot be written to.
    """
    return _export(folder, view, "gexf", _gexf)


def _export(folder: Path, view: ExportView, ending: str, written: Callable[[Any], str]) -> list[Path]:
    paths = []
    for name, graph in graphs(view):
        path = folder / f"{name}.{ending}"
        text = written(graph)
        with whole_file(path) as file:
            file.write(text)
        paths.append(path)
    return paths


def graphs(view: ExportView) -> Iterator[tuple[str, Any]]:
    """Each network by its name, as a ``networkx.Graph``."""
    parties = [one.id for one in view.agenda.parties] if view.agenda else []
    counts = stance_counts(standing(view.statements), parties=parties, families=view.families)
    for aggregation in ONE_MODE:
        each = [one_mode(counts, aggregation, normalisation) for normalisation in ONE_MODE_NORMALISATIONS]
        yield f"one-mode-{aggregation}", _graph(each, view)
    for aggregation in TWO_MODE:
        some = TWO_MODE_NORMALISATIONS if aggregation is not Aggregation.COMBINE else (Normalisation.NONE,)
        yield f"two-mode-{aggregation}", _graph([two_mode(counts, aggregation, one) for one in some], view)


def _graph(networks: list[Network], view: ExportView) -> Any:
    import networkx

    plain = networks[0]
    graph = networkx.Graph(title=xml_text(view.title), notice=xml_text(view.notice), aggregation=str(plain.aggregation))
    kinds = {party.id: party.kind for party in view.agenda.parties} if view.agenda else {}
    issues = {option.id: option.issue for option in view.agenda.options} if view.agenda else {}
    for party in plain.rows:
        told = {"label": xml_text(view.party_name(party)), "mode": "party", "kind": kinds.get(party, "")}
        graph.add_node(f"party/{party}", statements=plain.activity[party], **told)
    for option in plain.columns:
        told = {"label": xml_text(view.option_name(option)), "mode": "option", "kind": issues.get(option, "")}
        graph.add_node(f"option/{option}", statements=plain.prominence[option], **told)
    other = "option" if plain.columns else "party"
    for one, two in sorted({ends for network in networks for ends in network.ties}):
        weights = {
            "weight" if each.normalisation is Normalisation.NONE else str(each.normalisation): each.weight(one, two)
            for each in networks
        }
        graph.add_edge(f"party/{one}", f"{other}/{two}", **weights)
    return graph


def _graphml(graph: Any) -> str:
    import networkx

    return "\n".join(networkx.generate_graphml(graph, named_key_ids=True)) + "\n"


def _gexf(graph: Any) -> str:
    import networkx

    file = BytesIO()
    networkx.write_gexf(graph, file, version="1.2draft")
    # The day it was written is the one thing in it that is not of the record.
    return _CHANGED.sub("", file.getvalue().decode()) + "\n"
