"""From a record's view to HTML, by the templates beside this file.

Texts come from strangers: the templates escape everything, links carry only addresses of the web, the one block of data
is JSON with its markup escaped, and a content security policy lets in nothing but the page's own style and script.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from travaux.analysis.agreement.provisions import GAPS
from travaux.analysis.agreement.stands import OPPOSITION, SUPPORT, Stand
from travaux.model import Act, PartialDate, Report, ReportState, Stance, Via
from travaux.version import __version__
from travaux.views import agreement, package_table
from travaux.views.across import conflict_about
from travaux.views.changed_positions import changes_since, usual_since
from travaux.views.matrix import Cell, Matrix
from travaux.views.network import network_of
from travaux.views.page import contents
from travaux.views.page.compacting import compact_page
from travaux.views.page.contents import Contents, PageView
from travaux.views.page.escaping import content_policy, exact, script_json, shown_text, web_address
from travaux.views.page.kin import Paired, kin_of, paired
from travaux.views.page.links import FileLinks, with_query, without_done
from travaux.views.page.reading_pane import ReportText, linked_places, report_text
from travaux.views.page.segments import Span
from travaux.views.page.strings import numbered, strings
from travaux.views.timeline import Told, timeline_of
from travaux.views.words import COUNTED, LEGEND, SIGNS, counted, shown_date, shown_stance, shown_stances, shown_via


def render_page(view: PageView) -> str:
    """The whole page; the same view gives the same text."""
    held, say = Contents(view), strings()
    links = FileLinks([*held.by_id, *held.rows, *contents.linked_ids(view)])
    pairs = paired({report.id: kin_of(report.id, held.families.get(report.id), held.rows) for report in view.reports})
    places = linked_places(held, links)
    told = (Told(one.statement, one.row) for one in held.by_id.values())
    style, script = compact_style(beside("page.css")), compact_script(beside("page.js"))
    since = usual_since({row.id: row.published for row in view.rows})
    html = rendered(
        "page.html",
        view=view,
        links=links,
        agenda=view.agenda,
        matrix=view.matrix,
        agreement=view.agreement,
        shown=view.matrix.without_empty(),
        sections=held.option_sections(),
        texts=[_text_of(held, report, pairs, places) for report in view.reports],
        rows=view.rows,
        rows_by_name={row.name: row for row in view.rows},
        numbers=held.by_report,
        names=held,
        counts=contents.counts(held),
        changes=changes_since(held.standing, held.dates, since) if since else None,
        timeline=timeline_of(view.agenda.parties, told, contents.dated_beside(held)),
        network=network_of(view.matrix),
        runs=view.runs,
        version=__version__,
        style=Markup(style),
        script=Markup(script),
        policy=content_policy(style, script),
        data=script_json(contents.linked_data(view)),
        why=script_json(
            contents.reasons_data(held, links, say.positions.why, say.positions.sure, say.reports.to_statement)
        ),
    )
    return compact_page(html)


def _text_of(
    held: Contents, report: Report, pairs: Mapping[str, Paired], places: Mapping[str, list[Span]]
) -> ReportText:
    """A report's text in the one file: its passages lead to the report that has them too, and every link has its place."""
    own = pairs.get(report.id, Paired((), ()))
    return report_text(held, report, own.twins, [*own.anchors, *places.get(report.id, ())])


def render_fragment(matrix: Matrix) -> str:
    """The notice and the matrix alone, for a notebook; everything it needs is in it, and it has no ids to clash."""
    return rendered("fragment.html", shown=matrix.without_empty())


def rendered(template: str, **given: Any) -> str:
    """A template filled in; everything in ``given`` that is not markup is escaped."""
    return _environment().get_template(template).render(**given)


def beside(name: str) -> str:
    """The style sheet or the script beside this file."""
    return files("travaux.views.page").joinpath(name).read_text(encoding="utf-8")


def compact_style(text: str) -> str:
    """Our style sheet without comments and white space that nothing needs; no string in it holds a comment or two spaces."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(": ", ":").replace(";}", "}").strip()


def compact_script(text: str) -> str:
    """Our script without lines of comment and indentation; no string in it goes over several lines."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


ASSETS = ("page.css", "served.css", "page.js", "work.js")
"""What the server sends beside its pages."""


@cache
def asset(name: str) -> str:
    """The address of the style sheet or the script on the server: another one whenever the content is."""
    stem, kind = name.rsplit(".", 1)
    return f"/static/{stem}-{hashlib.sha256(beside(name).encode()).hexdigest()[:12]}.{kind}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("travaux.views.page"),
        autoescape=True,
        finalize=exact,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "shown": shown_text,
        "date": shown_date,
        "dated": _dated,
        "via": shown_via,
        "stances": shown_stances,
        "address": web_address,
        "tone": _tone,
        "tone_of": _tone_of,
        "signs_of": _signs_of,
        "word": contents.stance_word,
        "numbered": numbered,
        "in_sentence": _in_sentence,
        "plain": _plain,
        "without_done": without_done,
        "name_by": lambda identity, links: links.name(identity),
        "zip": zip,
        "conflict_about": conflict_about,
        "wording_text": agreement.shown_wording,
        "grouped_stands": agreement.grouped_stands,
        "stand_tone": _stand_tone,
        "cell_value": agreement.cell_value,
        "article": agreement.shown_article,
        "objection_says": agreement.objection_says,
        "moved_says": agreement.moved_says,
        "dissent_says": agreement.dissent_says,
        "gaps_by_reason": agreement.gaps_by_reason,
        "package_notes": agreement.package_notes,
        "space_says": agreement.space_says,
        "stance_said": shown_stance,
        "shared_of": package_table.shared_of,
        "told_beside": package_table.told_beside,
        "identity": id,
    }
    environment.globals |= {
        "say": strings(),
        "legend": LEGEND,
        "signs": SIGNS,
        "acts": tuple(Act),
        "stances": tuple(Stance),
        "vias": tuple(Via),
        "states": tuple(ReportState),
        "with_query": with_query,
        "asset": asset,
        "counted": counted,
        "counted_as": COUNTED,
        "status_says": agreement.STATUS_SAYS,
        "distance_says": agreement.DISTANCE_SAYS,
        "strength_says": agreement.STRENGTH_SAYS,
        "stand_says": agreement.STAND_SAYS,
        "gaps": GAPS,
        "extra_says": {contents.SHIFTED: strings().across.shifted, contents.FLAGGED: strings().across.flagged},
    }
    return environment


def _dated(date: PartialDate | None) -> str:
    return shown_date(date, basis=True) if date else strings().reports.no_date


def _tone(cell: Cell) -> str:
    """The class of a cell's colour; sign and word say the same."""
    return _tone_of(cell.position.stances) if cell.position else "none"


def _tone_of(stances: Iterable[Stance]) -> str:
    given = tuple(stances)
    if Stance.FOR in given and Stance.AGAINST in given:
        return "disagree"
    return str(given[0]) if given else "none"


def _signs_of(stances: Iterable[Stance]) -> str:
    return "".join(SIGNS[stance] for stance in stances)


def _stand_tone(stand: Stand) -> str:
    if stand.kind in SUPPORT:
        return "for"
    return "against" if stand.kind in OPPOSITION else "open"


def _in_sentence(phrase: str, forms: list[str], number: int) -> str:
    """A phrase in the sentence for one or for several."""
    return forms[number != 1].format(phrase)


def _plain(number: float) -> str:
    """A coordinate, no longer than it need be."""
    return f"{number:g}"
