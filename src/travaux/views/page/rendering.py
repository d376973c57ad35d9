"""From a record's view to HTML, by the templates beside this file.

Texts come from strangers: the templates escape everything, links carry only addresses of the web, the one block of data
is JSON with its markup escaped, and a content security policy lets in nothing but the page's own style and script.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from travaux.analysis.agreement.provisions import GAPS
from travaux.analysis.agreement.stands import OPPOSITION, SUPPORT, Stand
from travaux.model import PartialDate
from travaux.version import __version__
from travaux.views import agreement
from travaux.views.matrix import Cell, Matrix
from travaux.views.page import contents
from travaux.views.page.contents import PageView
from travaux.views.page.escaping import content_policy, exact, script_json, shown_text, web_address
from travaux.views.words import COUNTED, LEGEND, SIGNS, counted, shown_date, shown_stances, shown_via


def render_page(view: PageView) -> str:
    """The whole page; the same view gives the same text."""
    texts = contents.report_texts(view)
    style, script = _beside("page.css"), _beside("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            agenda=view.agenda,
            matrix=view.matrix,
            agreement=view.agreement,
            shown=view.matrix.without_empty(),
            sections=contents.option_sections(view, texts),
            texts=texts,
            counts=contents.counts(view, texts),
            runs=view.runs,
            version=__version__,
            style=Markup(style),
            script=Markup(script),
            policy=content_policy(style, script),
            data=script_json(contents.linked_data(view)),
        )
    )


def render_fragment(matrix: Matrix) -> str:
    """The notice and the matrix alone, for a notebook; everything it needs is in it, and it has no ids to clash."""
    return _environment().get_template("fragment.html").render(shown=matrix.without_empty())


def _beside(name: str) -> str:
    return files("travaux.views.page").joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("travaux.views.page"),
        autoescape=True,
        finalize=exact,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": shown_text,
        "date": shown_date,
        "dated": _dated,
        "via": shown_via,
        "stances": shown_stances,
        "address": web_address,
        "tone": _tone,
        "word": contents.stance_word,
        "wording_text": agreement.shown_wording,
        "grouped_stands": agreement.grouped_stands,
        "stand_tone": _stand_tone,
        "cell_value": agreement.cell_value,
        "article": agreement.shown_article,
        "objection_says": agreement.objection_says,
        "package_notes": agreement.package_notes,
        "space_says": agreement.space_says,
        "identity": id,
    }
    environment.globals |= {"counted": counted, "legend": LEGEND, "signs": SIGNS, "counted_as": COUNTED}
    environment.globals |= {
        "status_says": agreement.STATUS_SAYS,
        "distance_says": agreement.DISTANCE_SAYS,
        "strength_says": agreement.STRENGTH_SAYS,
        "gaps": GAPS,
    }
    return environment


def _dated(date: PartialDate | None) -> str:
    return shown_date(date, basis=True) if date else "no date"


def _stand_tone(stand: Stand) -> str:
    if stand.kind in SUPPORT:
        return "for"
    return "against" if stand.kind in OPPOSITION else "open"


def _tone(cell: Cell) -> str:
    """The class of a cell's colour; sign and word say the same."""
    return {"+": "for", "−": "against", "○": "open", "±": "disagree"}.get(cell.sign[:1], "none")
