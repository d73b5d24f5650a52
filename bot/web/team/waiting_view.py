"""What waits for a creator: the fans, and all that /home counts."""

from collections.abc import Sequence
from html import escape

from bot.access.policy import Action
from bot.features.inbox.board.lines import VIP_MARK, BoardLine
from bot.features.inbox.board.priority import PriorityBand
from bot.features.inbox.board.service import BoardService
from bot.features.people.home.model import HomePart
from bot.model.language import msgid, tr, tr_many
from bot.text.moments import waited
from bot.web.team.frame import card, soft
from bot.web.team.views import PageView, ViewRequest

_MOST = 100
_LINES = ("waiting", "earnings")  # parts of /home that have a page of their own


def waiting_view(board: BoardService, parts: Sequence[HomePart]) -> PageView:
    """As /inbox waiting lists them, the heaviest first."""

    async def read(asked: ViewRequest) -> str:
        permit = asked.permit
        waiting, _, _ = await board.urgent({asked.creator: permit.money}, permit.actor.user)
        others = [
            asked.html(told.text)
            for part in parts
            if part.key not in _LINES
            and (one := asked.permits.get(part.needs)) is not None
            and (told := await part.read([one])) is not None
        ]
        return _fans(asked, waiting) + _others(others)

    return PageView("waiting", msgid("Waiting"), Action.INBOX, read)


def _fans(asked: ViewRequest, waiting: Sequence[BoardLine]) -> str:
    if not waiting:
        return card(tr("Fans"), soft(tr("Nobody waits. Every fan has an answer.")))
    rows = "".join(_row(asked, line) for line in waiting[:_MOST])
    more = len(waiting) - _MOST
    rest = soft(tr_many("and {n} more fan", "and {n} more fans", more)) if more > 0 else ""
    title = tr_many("{n} fan waits", "{n} fans wait", len(waiting))
    return card(title, f'<ul class="rows">{rows}</ul>{rest}')


def _row(asked: ViewRequest, line: BoardLine) -> str:
    star = VIP_MARK if line.band is PriorityBand.VIP else ""
    said = [] if line.since is None else [waited(asked.now - line.since)]
    reader = asked.permit.actor.user
    if line.holder is not None:
        said.append(tr("you are answering") if line.holder == reader else tr("a colleague is answering"))
    elif line.offered is not None and line.offered.member == reader:
        said.append(tr("offered to you first"))
    name = f"<strong>{escape(star)}{asked.html(line.label)}</strong>"
    link = ""
    if line.guild is not None and line.thread is not None:
        where = f"https://discord.com/channels/{line.guild}/{line.thread}"
        link = f' · <a href="{where}" rel="noreferrer">{escape(tr("open in Discord"))}</a>'
    return f'<li>{name} <span class="soft">{escape(" · ".join(said))}{link}</span></li>'


def _others(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    rows = "".join(f"<li>{line}</li>" for line in lines)
    return card(tr("Also"), f'<ul class="rows">{rows}</ul>')
