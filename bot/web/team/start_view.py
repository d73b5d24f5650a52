"""The start: of each creator what waits, and where to go on (pure)."""

from collections.abc import Sequence
from html import escape

from bot.features.people.home.model import HomeNews, HomePart
from bot.model.language import tr
from bot.web.team.frame import PageTab, soft
from bot.web.team.views import ViewRequest

FANS = "waiting"  # the part of /home that names them


def body(asked: ViewRequest, news: Sequence[tuple[HomePart, HomeNews]], tabs: Sequence[PageTab]) -> str:
    """What /home says of this creator, and the pages that there are for this reader."""
    lines = "".join(f"<li>{asked.html(_short(part, told))}</li>" for part, told in news)
    said = f'<ul class="rows">{lines}</ul>' if lines else soft(tr("Nothing needs you right now."))
    links = "".join(f'<li><a href="{escape(tab.where)}">{escape(tab.name)}</a></li>' for tab in tabs)
    name = escape(tr("Pages of this creator"))
    return f'{said}<nav aria-label="{name} {_place(asked)}"><ul>{links}</ul></nav>'


def _short(part: HomePart, told: HomeNews) -> str:
    """Of the fans only how many: Discord shows the names of their threads, and the page after this theirs."""
    return told.text.partition("\n")[0] if part.key == FANS else told.text


def _place(asked: ViewRequest) -> str:
    """Two of these on one page have two names."""
    link = asked.permit.link
    return escape(f"@{link.handle}" if link is not None else asked.creator[:8])
