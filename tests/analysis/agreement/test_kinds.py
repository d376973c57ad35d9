"""The data files that ship, and what is said of one that is wrong."""

import pytest

from travaux.agenda import load_agenda
from travaux.agenda.source import parse_source
from travaux.analysis.agreement import (
    instrument_problems,
    kind_names,
    kind_of,
    nearest,
    reference_named,
    references_of,
    require_fitting,
)
from travaux.analysis.agreement.comparing import compare_codes, compared
from travaux.analysis.agreement.entries import load_entries, parse_entries
from travaux.analysis.agreement.kinds import parse_kind
from travaux.analysis.agreement.references import parse_references
from travaux.errors import AgendaError, UnknownName

KIND = """\
version: 1
kind: truce
title: Truce
sources: [somebody's book]
groups: {who: Who}
provisions:
  - id: sides
    group: who
    asks: Who?
    type: list
    values: [party ids]
    definition: Who stops.
  - id: area
    group: who
    asks: Where?
    names: [where]
    type: enum
    values: [town, region, land]
    order: [town, region, land]
    also: {size: number}
    definition: Where it holds.
"""


def test_three_kinds_ship_and_each_has_sources_and_questions():
    assert kind_names() == ("ceasefire", "collective-agreement", "security-guarantee")
    assert {name: (len(kind_of(name).provisions), len(kind_of(name).groups)) for name in kind_names()} == {
        "security-guarantee": (25, 7), "ceasefire": (17, 6), "collective-agreement": (18, 6),
    }  # fmt: skip
    for name in kind_names():
        kind = kind_of(name)
        assert len(kind.sources) >= 2
        assert {one.group for one in kind.provisions} == set(kind.groups)
        assert all(one.asks.endswith("?") and one.definition[-1] in ".?" for one in kind.provisions)
    assert kind_of("") is kind_of("security-guarantee")


def test_nineteen_references_ship_with_article_and_confidence():
    references = references_of(kind_of(""))
    cells = [cell for one in references for _, cell in one.cells]
    assert (len(references), len(cells)) == (19, 282)
    assert [sum(1 for cell in cells if cell.confidence == word) for word in ("V1", "V2", "K")] == [173, 70, 39]
    assert sum(1 for cell in cells if not cell.is_verified) == 39
    assert all(one.sources for one in references)
    assert references_of(kind_of("ceasefire")) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("    asks: Who?\n", "", 7, "`provisions.0.asks` is missing (add it)"),
        ("    type: list", "    type: sort", 10, "`provisions.0.type`"),
        ("title: Truce", "title: Truce\ncolour: red", 4, "there is no key `colour`"),
        ("    group: who\n    asks: Where?", "    group: whom\n    asks: Where?", 14, "unknown group `whom`"),
        (
            "[town, region, land]\n    also",
            "[town, regoin]\n    also",
            19,
            "`regoin`, which is none of its values (did you",
        ),
        ("    names: [where]", "    names: [sides]", 13, "the name `sides` is taken by `sides`"),
        ("    names: [where]", "    stronger: more", 16, "`stronger` does not fit its type"),
        ("also: {size: number}", "also: {size: big}", 20, "aspect `size` has values `big`"),
        ("version: 1", "version: [1", 2, "broken YAML"),
    ],
)
def test_a_bad_kind_is_told_with_file_line_and_remedy(tmp_path, old, new, line, told):
    assert KIND.count(old) == 1
    path = tmp_path / "truce.yaml"
    path.write_text(KIND.replace(old, new))
    with pytest.raises(AgendaError) as error:
        kind_of("truce", tmp_path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert told in str(error.value)


def test_a_kind_of_ones_own_lies_beside_the_agenda(tmp_path):
    (tmp_path / "truce.yaml").write_text(KIND)
    kind = kind_of("truce", tmp_path)
    assert kind.provision("where")[0].id == "area"
    assert kind.provision("size") == (kind.provision("area")[0], "size")
    assert kind.provision("colour") is None
    with pytest.raises(AgendaError, match=r"no kind of instrument `truec` .*write truec.yaml beside agenda.yaml"):
        kind_of("truec", tmp_path)
    with pytest.raises(AgendaError, match="did you mean `ceasefire`"):
        kind_of("cease-fire", tmp_path)
    with pytest.raises(AgendaError, match="no kind of instrument"):
        kind_of("../agenda", tmp_path)


AGENDA = """\
title: Port
parties: [{id: board, name: The Board}]
issues: [{id: pay, title: Pay, options: [{id: rise, says: Wages rise}]}]
instrument:
  title: Port agreement
  kind: collective-agreement
  provisions:
    wages: {value: six per cent, option: rise, code: {percent: 6}}
    duration: {value: unknown}
"""


@pytest.mark.parametrize(
    ("old", "new", "severity", "line", "message", "remedy"),
    [
        ("collective-agreement", "colective-agreement", "error", 6, "no kind of instrument", "collective-agreement"),
        ("    wages:", "    wagse:", "warning", 8, "has no provision `wagse`", "`wages`"),
        ("percent: 6", "procent: 6", "error", 8, "no key `procent`", "`percent`"),
        (
            "    duration: {value: unknown}",
            "    hours: {value: 35 a week}",
            "warning",
            9,
            "no option carries",
            "terms.yaml",
        ),
        (
            "    duration: {value: unknown}",
            "    coverage: {value: all, option: rise, code: secter}",
            "error",
            9,
            "`secter` is no code of it",
            "`sector`",
        ),
    ],
)
def test_an_instrument_that_does_not_fit_its_kind(tmp_path, old, new, severity, line, message, remedy):
    assert AGENDA.count(old) == 1
    path = tmp_path / "agenda.yaml"
    path.write_text(AGENDA.replace(old, new))
    (problem,) = instrument_problems(load_agenda(path), path)
    assert (str(problem.severity), problem.line) == (severity, line)
    assert message in problem.message
    assert remedy in problem.remedy
    if severity == "error":
        with pytest.raises(AgendaError, match=rf"agenda.yaml:{line}: "):
            require_fitting(load_agenda(path), path)


def test_a_good_instrument_has_no_problems(tmp_path):
    path = tmp_path / "agenda.yaml"
    path.write_text(AGENDA)
    assert instrument_problems(load_agenda(path), path) == []


ENTRIES = """\
terms:
  - {provision: duration, value: two years, code: {months: 24}, parties: [board], by: A. Reader, on: 2025-03-01,
     report: a.txt, quote: for two years}
  - {provision: duration, value: two years, status: withdrawn, by: A. Reader, on: 2025-04-01}
conditions:
  - {party: board, option: rise, needs: [], by: A. Reader, on: 2025-03-01}
weights:
  - {party: board, by: A. Reader, on: 2025-03-01, options: {rise: 2.5}}
"""


@pytest.fixture
def port(tmp_path):
    (tmp_path / "agenda.yaml").write_text(AGENDA)
    return load_agenda(tmp_path / "agenda.yaml")


def test_entries_of_an_analyst_the_later_one_counts(tmp_path, port):
    kind = kind_of("collective-agreement")
    (tmp_path / "terms.yaml").write_text(ENTRIES)
    entries = load_entries(tmp_path, port, kind, {"a.txt": "It holds for two years."})
    (term,) = entries.terms
    assert (term.status, term.signature) == ("withdrawn", "entered by A. Reader on 2025-04-01")
    assert entries.weights == {("board", "rise"): 2.5}
    assert entries.weighed_by == "A. Reader on 2025-03-01"
    assert [one.option for one in entries.linkings] == ["rise"]
    assert load_entries(tmp_path / "nowhere", port, kind, {}).terms == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("quote: for two years", "quote: for ten years", 3, "these words do not stand in a.txt"),
        ("report: a.txt, ", "", 3, "no report ``"),
        ("parties: [board]", "parties: [bord]", 2, "unknown party `bord` (did you mean `board`?)"),
        ("needs: []", "needs: [raise]", 6, "unknown option `raise` (did you mean `rise`?)"),
        ("{rise: 2.5}", "{rise: -1}", 8, "greater than or equal to 0"),
        ("{rise: 2.5}", "{raise: 1}", 8, "unknown option `raise`"),
        ("status: withdrawn", "status: gone", 4, "`terms.1.status`"),
        ("by: A. Reader, on: 2025-04-01", "on: 2025-04-01", 4, "`terms.1.by` is missing"),
        ("on: 2025-04-01", "on: soon", 4, "`soon` is no date"),
        ("conditions:", "condition:", 5, "there is no key `condition`"),
        ("provision: duration, value: two years, status", "provision: length, value: two years, status", 4, "`length`"),
    ],
)
def test_a_bad_entry_is_told_with_file_and_line(port, old, new, line, told):
    assert ENTRIES.count(old) == 1
    source = parse_source(ENTRIES.replace(old, new))
    with pytest.raises(AgendaError) as error:
        parse_entries(source, port, kind_of("collective-agreement"), {"a.txt": "It holds for two years."}, "terms.yaml")
    assert str(error.value).startswith(f"terms.yaml:{line}: ")
    assert told in str(error.value)


CODES = [
    ("legal_form", "treaty", "memorandum", "stronger"),
    ("legal_form", "political_declaration", "treaty", "weaker"),
    ("legal_form", "treaty", "treaty", "equal"),
    ("legal_form", "treaty", "statute", "differs"),
    ("legal_form", "treaty", "a handshake", "not-coded"),
    ("legal_form", None, "treaty", "not-coded"),
    ("response_obligation", "5_as_deems_necessary", "1_consult", "stronger"),
    ("response_means", ["armed_force", "sanctions"], ["sanctions"], "stronger"),
    ("response_means", ["sanctions"], ["armed_force"], "differs"),
    ("preconditions", ["ceasefire", "withdrawal"], ["ceasefire"], "weaker"),
    ("beneficiary_constraints", ["none"], ["no_nato"], "stronger"),
    ("duration", {"years": "15"}, {"years": "10"}, "stronger"),
    ("duration", {"years": "15"}, "indefinite", "weaker"),
    ("duration", {"years": "15", "renewable": "false"}, {"years": "10", "renewable": "true"}, "differs"),
    ("response_time", {"consult_within_h": "24"}, {"consult_within_h": "72"}, "stronger"),
    ("response_time", {"act_within_h": "24"}, {"consult_within_h": "72"}, "not-coded"),
]


@pytest.mark.parametrize(("provision", "ours", "theirs", "strength"), CODES)
def test_stronger_and_weaker_follow_the_order_of_the_kind(provision, ours, theirs, strength):
    from travaux.agenda.schema import code_pairs

    kind, _ = kind_of("").provision(provision)
    found, reason = compare_codes(kind, "", code_pairs(ours), code_pairs(theirs))
    assert found == strength
    if provision == "response_obligation":
        assert "says nothing of credibility" in reason


def test_a_reference_is_named_by_the_beginning_of_its_id():
    references = references_of(kind_of(""))
    assert reference_named("North Atlantic", references).id == "north_atlantic_treaty_1949"
    with pytest.raises(UnknownName, match="one of us_israel_moa_1975, us_israel_moa_1979"):
        reference_named("us_israel", references)
    with pytest.raises(UnknownName, match="no reference instrument 'versailles'"):
        reference_named("versailles", references)


REFERENCES = """\
version: 1
kind: ceasefire
instruments:
  - id: draft_of_may
    title: Draft of May
    date: '2025-05'
    parties: both
    sources: [a copy]
    provisions:
      line: {v: present_positions, art: '1', c: V1}
      monitoring: {v: un_mission, art: '2', c: K}
"""


def test_references_of_ones_own_come_first_and_a_bad_one_is_told(tmp_path, river, state, sheet):
    kind = kind_of("ceasefire")
    (tmp_path / "references.yaml").write_text(REFERENCES)
    (draft,) = references_of(kind, tmp_path)
    assert references_of(kind_of(""), tmp_path)[0].id != draft.id
    table = sheet(river, [state("upland", "gauges", "for")])
    rows = {one.term.provision.id: one.strength for one in compared(table, draft)}
    assert rows == {"line": "silent-here", "monitoring": "weaker"}
    (near,) = nearest(table, [draft])
    assert (near.same, near.compared) == ((), ("monitoring",))
    for old, new, told in [
        ("      line:", "      lien:", ":10: `draft_of_may` codes an unknown provision `lien` (did you mean `line`?)"),
        ("c: K", "c: sure", ":11: `draft_of_may`, `monitoring`: expected `v` and a confidence `c`"),
    ]:
        with pytest.raises(AgendaError) as error:
            parse_references(parse_source(REFERENCES.replace(old, new)), kind, "references.yaml")
        assert told in str(error.value)


def test_a_kind_parses_from_its_own_data():
    assert parse_kind(parse_source(KIND), "truce.yaml").kind == "truce"
