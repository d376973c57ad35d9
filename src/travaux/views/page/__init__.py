"""A record as one HTML file that works from a mail attachment: no server, no network, no script needed.

What it says comes from the view models; the templates only lay it out. The same record gives the same bytes.
"""

from travaux.views.page.contents import PageView
from travaux.views.page.rendering import render_fragment, render_page

__all__ = ["PageView", "render_fragment", "render_page"]
