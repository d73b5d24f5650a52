"""Discord's Markdown, as our own texts use it, as HTML: escaped first (pure)."""

import re
from html import escape
from zoneinfo import ZoneInfo

from bot.model.language import msgid, tr
from bot.text.moments import local_time, named
from storage.records import DiscordId, Millis

_PARTS = re.compile(
    r"\\(?P<plain>.)|<t:(?P<at>\d{1,13})(?::(?P<how>[a-zA-Z]))?>|<@(?P<who>\d+)>"
    r"|(?P<thread>https://discord\.com/channels/\d+/\d+)|(?P<bold>\*\*)|(?P<code>`)|(?P<line>\n)",
    re.DOTALL,
)
_OPEN = msgid("open in Discord")


def as_html(text: str, *, now: Millis, zone: ZoneInfo, reader: DiscordId) -> str:
    """Bold, times, people and threads; whatever else is in it stays letter by letter."""
    made: list[str] = []
    open_tags: list[str] = []
    end = 0
    for found in _PARTS.finditer(text):
        made.append(escape(text[end : found.start()]))
        made.append(_part(found, open_tags, now, zone, reader))
        end = found.end()
    made.append(escape(text[end:]))
    made += [f"</{tag}>" for tag in reversed(open_tags)]
    return "".join(made)


def moment(at: Millis, now: Millis, zone: ZoneInfo, *, clock: bool = True) -> str:
    """A moment in a zone's words: Tue 1 Dec, 18:00."""
    local = local_time(at, zone)
    day = named(local.date(), now, zone)
    words = f"{day}, {local:%H:%M}" if clock else day
    return f'<time datetime="{local.isoformat(timespec="minutes")}">{escape(words)}</time>'


def _part(
    found: "re.Match[str]", open_tags: list[str], now: Millis, zone: ZoneInfo, reader: DiscordId
) -> str:
    if found["plain"] is not None:
        return escape(found["plain"])
    if found["at"] is not None:
        return moment(int(found["at"]) * 1000, now, zone, clock=found["how"] not in ("d", "D"))
    if found["who"] is not None:
        return escape(tr("you") if int(found["who"]) == reader else tr("a colleague"))
    if found["thread"] is not None:
        return f'<a href="{found["thread"]}" rel="noreferrer">{escape(tr(_OPEN))}</a>'
    if found["line"] is not None:
        return "<br>\n"
    return _toggled("strong" if found["bold"] is not None else "code", open_tags)


def _toggled(tag: str, open_tags: list[str]) -> str:
    if tag in open_tags:
        if open_tags[-1] != tag:
            return ""
        open_tags.pop()
        return f"</{tag}>"
    open_tags.append(tag)
    return f"<{tag}>"
