"""A digest in words: its first line names no figure, for lock screens (pure)."""

from bot.access.roles import MoneyView
from bot.features.money.digests.comparison_rules import changes
from bot.features.money.digests.length_rules import BREAK, fitted
from bot.features.money.digests.model import DigestContent, DigestNeeds
from bot.features.money.digests.period_rules import named
from bot.features.money.periods.bands import EXACT, Show, shown_to
from bot.features.money.periods.subscription_moves import SubscriptionNumbers
from bot.features.money.periods.texts import block, name_of, notes, nothing
from bot.model.ports import Button, Post
from storage.money.digest_counts import EndingSubscriptions
from storage.records import DiscordId, Link

PREVIEW = "Preview – only you see this. The scheduled digest will still be sent."
QUIET = "Nothing to report, so this digest would be skipped."
NO_PICTURE = "The chart is missing: allow the bot to attach files here."
_LACKING = "Subscription data may be incomplete – see `/money subscribers show`."
_HIDDEN = "No figures are shown here."
_CLOSED = (
    "<@{owner}> doesn't accept private messages from the bot, so digests of {name} don't reach "
    "them.\nThey can allow them in this server's privacy settings and run `/money digest set` again, or "
    "choose a channel there."
)


def digest(
    content: DigestContent,
    *,
    link: Link,
    level: MoneyView,
    buttons: tuple[Button, ...] = (),
    also: tuple[str, ...] = (),
) -> Post:
    """Events, changes, and needs for a person. `also`: further small print."""
    asks = needs(content.needs)
    small = [*also, *_notes(content, level)]
    title = f"{named(content.days, content.sort)}, {name_of(link)}: {_headline(len(asks))}"
    blocks = [_part("What changed", [] if level is MoneyView.HIDDEN else changes(content, level))]
    blocks.append(_part("Needs your attention", asks))
    after = [one for one in blocks if one]
    used = len(title) + sum(map(len, after)) + sum(len(line) + BREAK for line in small)
    happened = fitted(_happened(content, level), used)
    return Post(
        title=title,
        body=tuple(filter(None, (happened, *after))),
        small="\n".join(small),
        buttons=buttons,
    )


def needs(found: DigestNeeds) -> list[str]:
    """A line for each thing that somebody has to do, and how."""
    lines = []
    if found.waiting:
        wrote = f", the first wrote <t:{found.oldest // 1000}:R>" if found.oldest is not None else ""
        lines.append(f"**{_many(found.waiting, 'fan')}** without an answer{wrote}: `/inbox waiting`")
    if found.problems:
        unsent = (
            f" ({_many(found.unsent, 'reply', 'replies')} not sent or unconfirmed)" if found.unsent else ""
        )
        lines.append(f"**{_many(found.problems, 'problem')}** to settle{unsent}: `/inbox problems`")
    if found.held:
        lines.append(f"**{_many(found.held, 'reply', 'replies')}** to review: `/inbox review`")
    if found.owed:
        lines.append(f"**{_many(found.owed, 'promise')}** due within a day: `/fan promise list`")
    return lines


def closed(owner: DiscordId, link: Link) -> Post:
    """Told once in the alerts channel: a private digest does not arrive."""
    return Post(title="Private digests don't arrive", body=(_CLOSED.format(owner=owner, name=name_of(link)),))


def _headline(asks: int) -> str:
    if not asks:
        return "all clear"
    return f"{asks} thing{'' if asks == 1 else 's'} need{'s' if asks == 1 else ''} your attention"


def _happened(content: DigestContent, level: MoneyView) -> list[str]:
    """Lines, of which the last ones may be left out."""
    if level is MoneyView.HIDDEN:
        return []
    show = shown_to(level)
    blocks = [block(one, show) for one in content.told.sums] or [nothing(show)]
    first, *rest = [line for one in blocks for line in one.splitlines()]
    people = [_moved(content.moves.numbers, show), _ending(content.needs.ending, show)]
    return [first, *filter(None, people), *rest]


def _ending(found: EndingSubscriptions, show: Show) -> str:
    if not found.number:
        return ""
    first = f", the first ends <t:{found.first // 1000}:R>" if found.first else ""
    return f"Renewal off: {show.many(found.number, 'subscriber')}{first}"


def _moved(found: SubscriptionNumbers, show: Show) -> str:
    told = (
        (found.began, "new"),
        (found.renewed, "renewed"),
        (found.ended, "ended"),
        (found.off, "switched renewal off"),
        (found.on, "switched it back on" if found.off else "switched renewal back on"),
    )
    parts = [f"{show.number(number)} {words}" for number, words in told if number]
    return f"Subscribers: {', '.join(parts)}" if parts else ""


def _notes(content: DigestContent, level: MoneyView) -> list[str]:
    if level is MoneyView.HIDDEN:
        checked = content.told.checked
        return [*notes(content.told, content.days, EXACT)[:1], _HIDDEN, *([checked] if checked else [])]
    lacks = [_LACKING] if content.moves.lacking else []
    return [*notes(content.told, content.days, shown_to(level)), *lacks]


def _part(heading: str, lines: list[str]) -> str:
    """It begins with an empty line, for an ordinary message puts nothing else between its parts."""
    return "\n".join(["", f"**{heading}**", *lines]) if lines else ""


def _many(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
