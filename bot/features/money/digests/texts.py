"""A digest in words: its first line names no figure, for lock screens (pure)."""

from bot.access.roles import MoneyView
from bot.features.money.digests.comparison_rules import changes
from bot.features.money.digests.length_rules import BREAK, fitted
from bot.features.money.digests.model import DigestContent, DigestNeeds, DigestNews
from bot.features.money.digests.period_rules import named
from bot.features.money.periods.bands import EXACT, Show, shown_to
from bot.features.money.periods.date_words import day_words
from bot.features.money.periods.subscription_moves import SubscriptionNumbers
from bot.features.money.periods.texts import block, name_of, notes, nothing
from bot.model.language import msgid, msgid_many, tr, tr_many
from bot.model.ports import Button, Post
from storage.money.digest_counts import EndingSubscriptions
from storage.records import DiscordId, Link, Millis

PREVIEW = msgid("Preview – only you see this. The scheduled digest will still be sent.")
QUIET = msgid("Nothing to report, so this digest would be skipped.")
NO_PICTURE = msgid("The chart is missing: allow the bot to attach files here.")
_LACKING = msgid("Subscription data may be incomplete – see `/money subscribers show`.")
_HIDDEN = msgid("No figures are shown here.")
_CLOSED = msgid(
    "<@{owner}> doesn't accept private messages from the bot, so digests of {name} don't "
    "reach them.\nThey can allow them in this server's privacy settings and run `/money "
    "digest set` again, or choose a channel there."
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
    small = [*also, *_news(content.news), *_notes(content, level)]
    title = f"{named(content.days, content.sort)}, {name_of(link)}: {_headline(len(asks))}"
    blocks = [_part(tr("What changed"), [] if level is MoneyView.HIDDEN else changes(content, level))]
    blocks.append(_part(tr("Needs your attention"), asks))
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
        lines.append(_waiting(found.waiting, found.oldest))
    if found.problems:
        lines.append(_problems(found.problems, found.unsent))
    if found.held:
        lines.append(
            tr_many(
                "**{n} reply** to review: `/inbox review`",
                "**{n} replies** to review: `/inbox review`",
                found.held,
            )
        )
    if found.owed:
        lines.append(
            tr_many(
                "**{n} promise** due within a day: `/fan promise list`",
                "**{n} promises** due within a day: `/fan promise list`",
                found.owed,
            )
        )
    return lines


def _waiting(number: int, oldest: Millis | None) -> str:
    if oldest is None:
        return tr_many(
            "**{n} fan** without an answer: `/inbox waiting`",
            "**{n} fans** without an answer: `/inbox waiting`",
            number,
        )
    return tr_many(
        "**{n} fan** without an answer, the first wrote <t:{oldest}:R>: `/inbox waiting`",
        "**{n} fans** without an answer, the first wrote <t:{oldest}:R>: `/inbox waiting`",
        number,
        oldest=oldest // 1000,
    )


def _problems(number: int, unsent: int) -> str:
    replies = ""
    if unsent:
        replies = tr_many(
            " ({n} reply not sent or unconfirmed)", " ({n} replies not sent or unconfirmed)", unsent
        )
    return tr_many(
        "**{n} problem** to settle{replies}: `/inbox problems`",
        "**{n} problems** to settle{replies}: `/inbox problems`",
        number,
        replies=replies,
    )


def closed(owner: DiscordId, link: Link) -> Post:
    """Told once in the alerts channel: a private digest does not arrive."""
    return Post(
        title=tr("Private digests don't arrive"), body=(tr(_CLOSED, owner=owner, name=name_of(link)),)
    )


def _headline(asks: int) -> str:
    if not asks:
        return tr("all clear")
    return tr_many("{n} thing needs your attention", "{n} things need your attention", asks)


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
    first = tr(", the first ends <t:{first}:R>", first=found.first // 1000) if found.first else ""
    return tr(
        "Renewal off: {number}{first}",
        number=show.many(found.number, msgid_many("{n} subscriber", "{n} subscribers")),
        first=first,
    )


def _moved(found: SubscriptionNumbers, show: Show) -> str:
    told = (
        (found.began, msgid("{number} new")),
        (found.renewed, msgid("{number} renewed")),
        (found.ended, msgid("{number} ended")),
        (found.off, msgid("{number} switched renewal off")),
        (
            found.on,
            msgid("{number} switched it back on")
            if found.off
            else msgid("{number} switched renewal back on"),
        ),
    )
    parts = [tr(words, number=show.number(number)) for number, words in told if number]
    # Translators: {changes} are such as 5 new, 2 renewed, 1 ended.
    return tr("Subscribers: {changes}", changes=", ".join(parts)) if parts else ""


def _news(found: DigestNews | None) -> list[str]:
    if found is None:
        return []
    return [
        tr_many(
            "Fanvue answers something new: {n} thing since {day}. The bridge's operator finds it with "
            "`doctor`.",
            "Fanvue answers something new: {n} things since {day}. The bridge's operator finds them with "
            "`doctor`.",
            found.number,
            day=day_words(found.since),
        )
    ]


def _notes(content: DigestContent, level: MoneyView) -> list[str]:
    if level is MoneyView.HIDDEN:
        checked = content.told.checked
        return [*notes(content.told, content.days, EXACT)[:1], tr(_HIDDEN), *([checked] if checked else [])]
    lacks = [tr(_LACKING)] if content.moves.lacking else []
    return [*notes(content.told, content.days, shown_to(level)), *lacks]


def _part(heading: str, lines: list[str]) -> str:
    """It begins with an empty line, for an ordinary message puts nothing else between its parts."""
    return "\n".join(["", f"**{heading}**", *lines]) if lines else ""
