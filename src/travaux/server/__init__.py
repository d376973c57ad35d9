"""A record in the browser: a local web app over the same view models and templates as the one-file page.

`at_hand` keeps the record in memory, `guards` says who may ask, `pages` looks, `working` works, `application` puts them
together and `running` starts it. For a team, `people` says who may do what, `team` knows who asks, `gate` stands before
all pages, `entrance` lets in, `sessions`, `limits` and `trail` remember.
"""

from travaux.server.application import application
from travaux.server.guards import Guard
from travaux.server.running import serve
from travaux.server.team import Team

__all__ = ["Guard", "Team", "application", "serve"]
