"""What DNA itself exports, byte for byte: event list, matrices, DL and the GraphML that visone reads.

For comparison, and for pipelines that expect DNA's files. DNA's own event list loses semicolons and quotation marks, and what it
calls Jaccard and cosine is not that; `travaux.exchange.network_files` writes the right quantities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from travaux.analysis.networks import Aggregation, Network, Normalisation, Votes, one_mode, two_mode
from travaux.exchange.dna.database import DNA_STATEMENT, DnaDatabase, Entity
from travaux.exchange.dna.mapping import PASSWORD, dna_database
from travaux.exchange.dna.writing import write_dna
from travaux.exchange.tables import ExportView
from travaux.exchange.whole_files import whole_file
from travaux.exchange.xml_text import xml_text

NAMES = {
    "ignore": Aggregation.COMMON,
    "congruence": Aggregation.CONGRUENCE,
    "conflict": Aggregation.CONFLICT,
    "subtract": Aggregation.SUBTRACT,
    "combine": Aggregation.COMBINE,
}
"""DNA's names of what a tie counts."""
NORMALISATIONS = {
    "no": Normalisation.NONE,
    "average": Normalisation.AVERAGE,
    "jaccard": Normalisation.DNA_JACCARD,
    "cosine": Normalisation.DNA_COSINE,
}
"""DNA's names of what a tie is divided by, in its one-mode networks."""
ACTOR, CONCEPT, QUALIFIER = "organization", "concept", "agreement"


def export_dna_networks(folder: Path, view: ExportView) -> list[Path]:
    """Writes a ``.dna`` file and what DNA would export from it: event list, one-mode and two-mode networks.

    Raises:
        RequestError: the folder cannot be written to.
    """
    database = write_dna(folder / "record.dna", dna_database(view), PASSWORD)
    files = {"eventlist.csv": event_list(database, DNA_STATEMENT)}
    for name in ("ignore", "congruence", "conflict", "subtract"):
        for normalisation in NORMALISATIONS:
            files[f"onemode_{name}_{normalisation}.csv"] = one_mode_csv(database, name, normalisation)
    for name in ("ignore", "subtract", "combine"):
        files[f"twomode_{name}.csv"] = two_mode_csv(database, name)
    files["twomode_combine.dl"] = two_mode_dl(database, "combine")
    files["twomode_combine.graphml"] = graphml(database, "combine", two=True)
    files["onemode_subtract.graphml"] = graphml(database, "subtract", two=False)
    paths = [folder / "record.dna"]
    for name, text in files.items():
        with whole_file(folder / name) as file:
            file.write(text)
        paths.append(folder / name)
    return paths


def event_list(database: DnaDatabase, kind: str) -> str:
    """DNA's list of the statements of a type, by date; semicolons become commas and quotation marks apostrophes, as there."""
    variables = database.type(kind).variables
    head = ["statement_id", "time", *(one.name for one in variables)]
    head += ["start_position", "stop_position", "text", "coder", "document_id"]
    head += [f"document_{name}" for name in ("title", "author", "source", "section", "type")]
    lines = [";".join(f'"{name}"' for name in head)]
    numbered = [(number, one) for number, one in enumerate(database.statements, 1) if one.type == kind]
    for number, one in sorted(numbered, key=lambda pair: database.documents[pair[1].document].when):
        document = database.documents[one.document]
        cells = [str(number), f"{document.when:%Y-%m-%d %H:%M:%S}"]
        for variable in variables:
            value = one.values.get(variable.name, "")
            cells.append(str(int(value)) if isinstance(value, bool | int) else _quoted(value))
        cells += [str(one.start), str(one.stop), _quoted(document.text[one.start : one.stop]), str(one.coder)]
        cells.append(str(one.document + 1))
        told = (document.title, document.author, document.source, document.section, document.type)
        lines.append(";".join([*cells, *map(_quoted, told)]))
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace(";", ",").replace('"', "'") + '"'


def _counts(database: DnaDatabase) -> dict[str, dict[str, Votes]]:
    counts: dict[str, dict[str, Votes]] = defaultdict(dict)
    for one in database.statements:
        actor, concept = str(one.values.get(ACTOR) or ""), str(one.values.get(CONCEPT) or "")
        if one.type != DNA_STATEMENT or not actor or not concept:
            continue
        agree, oppose = counts[actor].get(concept, (0, 0))
        is_for = bool(one.values.get(QUALIFIER, True))
        counts[actor][concept] = (agree + is_for, oppose + (not is_for))
    return counts


def one_mode_csv(database: DnaDatabase, aggregation: str, normalisation: str = "no") -> str:
    """DNA's matrix of organizations; numbers are whole, or to six places where they are normalised."""
    network = one_mode(_counts(database), NAMES[aggregation], NORMALISATIONS[normalisation])
    rows = _java_order(network.rows)
    return _matrix(network, rows, rows, whole=normalisation == "no")


def two_mode_csv(database: DnaDatabase, aggregation: str) -> str:
    """DNA's matrix of organizations and concepts."""
    network = two_mode(_counts(database), NAMES[aggregation])
    return _matrix(network, _java_order(network.rows), _java_order(network.columns), whole=True)


def two_mode_dl(database: DnaDatabase, aggregation: str) -> str:
    """DNA's matrix of organizations and concepts in the DL format of UCINET."""
    network = two_mode(_counts(database), NAMES[aggregation])
    rows, columns = _java_order(network.rows), _java_order(network.columns)
    lines = [f"dl nr = {len(rows)}, nc = {len(columns)}, format = fullmatrix"]
    for head, labels in (("row labels:", rows), ("col labels:", columns)):
        lines += [head, *('"' + label.replace('"', "").replace("'", "") + '"' for label in labels)]
    lines.append("data:")
    lines += ["".join(f" {int(network.weight(row, column))}" for column in columns) for row in rows]
    return "\n".join(lines)


def _java_order(labels: Sequence[str]) -> list[str]:
    """Sorted as Java sorts: by UTF-16 units."""
    return sorted(labels, key=lambda label: label.encode("utf-16-be"))


def _matrix(network: Network, rows: Sequence[str], columns: Sequence[str], *, whole: bool) -> str:
    def label(text: str) -> str:
        return '"' + text.replace('"', "'") + '"'

    def number(value: float) -> str:
        return str(int(value)) if whole else f"{value:.6f}"

    lines = [";".join(['""', *map(label, columns)])]
    lines += [";".join([label(row), *(number(network.weight(row, column)) for column in columns)]) for row in rows]
    return "\n".join(lines)


# ---------------------------------------------------------------------------------------------- GraphML

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:visone="http://visone.info/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:y="http://www.yworks.com/xml/graphml" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns/graphml '
    'http://www.yworks.com/xml/schema/graphml/1.0/ygraphml.xsd ">\n'
    "  <!-- data schema -->\n"
    '  <key for="node" id="d0" yfiles.type="nodegraphics" />\n'
    '  <key for="edge" id="e0" yfiles.type="edgegraphics" />\n'
    '  <key for="graph" id="prop" visone.type="properties" />\n'
)
_LABEL = (
    'alignment="center" autoSizePolicy="content" backgroundColor="#FFFFFF" fontFamily="Dialog" fontSize="12" '
    'fontStyle="plain" hasLineColor="false" height="19.0" modelName="eight_pos" modelPosition="n" textColor="#000000" '
    'visible="true"'
)


def graphml(database: DnaDatabase, aggregation: str, *, two: bool) -> str:
    """DNA's GraphML for visone. Nodes stand in rows, where DNA puts them anywhere.

    Args:
        database: with the numbers of its entities.
        two: organizations and concepts, or organizations alone.
    """
    counts = _counts(database)
    network = two_mode(counts, NAMES[aggregation]) if two else one_mode(counts, NAMES[aggregation])
    rows, columns = _java_order(network.rows), _java_order(network.columns)
    possible = len(rows) * len(columns) if two else len(rows) * (len(rows) - 1) // 2
    modes = [ACTOR, CONCEPT] if two else [ACTOR]
    attributes = sorted(
        {name for one in database.type(DNA_STATEMENT).variables if one.name in modes for name in one.attributes}
    )
    lines = [_HEAD.rstrip("\n")]
    keys = [("id", "node", "string"), ("name", "node", "string"), *((name, "node", "string") for name in attributes)]
    keys += [("variable", "node", "string"), ("frequency", "node", "int"), ("weight", "edge", "double")]
    for name, on, kind in keys:
        told = quoteattr(name)
        lines.append(f'  <key id={told} for="{on}" attr.name={told} attr.type="{kind}" />')
    number = f'parse.edges="{possible}" parse.nodes="{len(rows) + len(columns)}" parse.order="free"'
    lines += [
        f'  <graph edgedefault="undirected" id="DNA" {number}>',
        '    <data key="prop">',
        '      <visone:labelAttribute edgeLabel="weight" nodeLabel="name" />',
        "    </data>",
        "    <!-- nodes -->",
    ]
    for variable, labels, activity in ((ACTOR, rows, network.activity), (CONCEPT, columns, network.prominence)):
        for place, label in enumerate(labels):
            lines += _node(database, variable, label, activity[label], attributes, place)
    lines.append("    <!-- edges -->")
    for source, target, weight in _edges(network, rows, columns):
        ends = f'source="n{_number(database, ACTOR, source)}" target="n{_number(database, modes[-1], target)}"'
        lines += [
            f"    <edge {ends}>",
            f'      <data key="weight">{weight}</data>',
            '      <data key="e0">',
            "        <visone:polyLineEdge>",
            "          <y:PolyLineEdge>",
            f'            <y:LineStyle color="{_edge_colour(aggregation, weight)}" type="line" width="2.0" />',
            "          </y:PolyLineEdge>",
            "        </visone:polyLineEdge>",
            "      </data>",
            "    </edge>",
        ]
    lines += ["  </graph>", "</graphml>", "", ""]
    return "\r\n".join("\n".join(lines).split("\n"))


def _edges(network: Network, rows: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    for place, row in enumerate(rows):
        for column in columns or rows[place + 1 :]:
            weight = network.weight(row, column)
            if weight:
                yield row, column, weight


def _number(database: DnaDatabase, variable: str, value: str) -> int:
    return database.numbers[DNA_STATEMENT, variable, value]


def _node(
    database: DnaDatabase, variable: str, label: str, frequency: int, attributes: Sequence[str], place: int
) -> list[str]:
    number = _number(database, variable, label)
    look = database.entities.get((DNA_STATEMENT, variable, label), Entity())
    text = escape(xml_text(label))
    shape, y = ("ellipse", 100.0) if variable == ACTOR else ("roundrectangle", 400.0)
    data = [("id", str(number)), ("name", text)]
    data += [(name, escape(xml_text(look.attributes.get(name, "")))) for name in attributes]
    data += [("variable", variable), ("frequency", str(frequency))]
    return [
        f'    <node id="n{number}">',
        *(_data(name, value) for name, value in data),
        '      <data key="d0">',
        "        <visone:shapeNode>",
        "          <y:ShapeNode>",
        f'            <y:Geometry height="20.0" width="20.0" x="{40.0 + 100 * place}" y="{y}" />',
        f'            <y:Fill color="{_hexadecimal(look)}" transparent="false" />',
        '            <y:BorderStyle color="#000000" type="line" width="1.0" />',
        f"            <y:NodeLabel {_LABEL}>{text}</y:NodeLabel>",
        f'            <y:Shape type="{shape}" />',
        "          </y:ShapeNode>",
        "        </visone:shapeNode>",
        "      </data>",
        "    </node>",
    ]


def _data(name: str, value: str) -> str:
    key = quoteattr(name)
    return f"      <data key={key}>{value}</data>" if value else f"      <data key={key} />"


def _hexadecimal(look: Entity) -> str:
    return "#{:02X}{:02X}{:02X}".format(*look.colour)


def _edge_colour(aggregation: str, weight: float) -> str:
    by_weight: Mapping[str, Mapping[float, str]] = {"combine": {1.0: "#00ff00", 2.0: "#ff0000", 3.0: "#0000ff"}}
    if aggregation == "subtract":
        return "#ff0000" if weight < 0 else "#00ff00"
    fixed = {"congruence": "#00ff00", "conflict": "#ff0000"}
    return by_weight.get(aggregation, {}).get(weight) or fixed.get(aggregation, "#000000")
