"""Owners' choices for digests: which, when, where, how much of it."""

from zoneinfo import ZoneInfo

from bot.access.roles import MoneyView
from bot.features.money.digests.period_rules import DigestPeriod, due, upcoming
from bot.features.money.digests.read_effects import POST, PRIVATE, READ
from bot.model.language import msgid, tr
from bot.relay.context import Context
from bot.relay.digest_wish import DigestWish
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_named, zone_of
from storage.database import Transaction
from storage.engine import outbox
from storage.money import digests
from storage.money.digests import Digest
from storage.records import CreatorId, EffectId, Link

_NONE = msgid("There is no digest of @{handle}. Create one with /money digest set. Days are in {zone} time.")
_NONE_OF_SORT = {
    DigestPeriod.DAILY: msgid(
        "There is no daily digest of @{handle}. See which exist with /money digest show."
    ),
    DigestPeriod.WEEKLY: msgid(
        "There is no weekly digest of @{handle}. See which exist with /money digest show."
    ),
    DigestPeriod.MONTHLY: msgid(
        "There is no monthly digest of @{handle}. See which exist with /money digest show."
    ),
}
_STOPPED = {  # None: every one of them
    None: msgid("There is no digest of @{handle} from now on."),
    DigestPeriod.DAILY: msgid("There is no daily digest of @{handle} from now on."),
    DigestPeriod.WEEKLY: msgid("There is no weekly digest of @{handle} from now on."),
    DigestPeriod.MONTHLY: msgid("There is no monthly digest of @{handle} from now on."),
}
_NO_ZONE = msgid(
    "We don't know the time zone “{typed}”. Choose one from the list, for example Europe/Berlin."
)
_READ_BY_ALL = msgid("Everyone who can read that channel sees them.")
_SEEN_BY_ALL = msgid("Everyone who can read that channel sees it.")
_WHEN = {  # by whether figures are hidden, and whether it comes privately
    (DigestPeriod.DAILY, True, True): msgid(
        "Every day at {hour} ({zone}) what needs your attention and the news of the day before "
        "come to you, privately, the next time <t:{following}:R>."
    ),
    (DigestPeriod.DAILY, True, False): msgid(
        "Every day at {hour} ({zone}) what needs your attention and the news of the day before "
        "come to <#{channel}>, the next time <t:{following}:R>."
    ),
    (DigestPeriod.DAILY, False, True): msgid(
        "Every day at {hour} ({zone}) the earnings and the news of the day before come to you, "
        "privately, the next time <t:{following}:R>."
    ),
    (DigestPeriod.DAILY, False, False): msgid(
        "Every day at {hour} ({zone}) the earnings and the news of the day before come to "
        "<#{channel}>, the next time <t:{following}:R>."
    ),
    (DigestPeriod.WEEKLY, True, True): msgid(
        "Every Monday at {hour} ({zone}) what needs your attention and the news of the week "
        "before come to you, privately, the next time <t:{following}:R>."
    ),
    (DigestPeriod.WEEKLY, True, False): msgid(
        "Every Monday at {hour} ({zone}) what needs your attention and the news of the week "
        "before come to <#{channel}>, the next time <t:{following}:R>."
    ),
    (DigestPeriod.WEEKLY, False, True): msgid(
        "Every Monday at {hour} ({zone}) the earnings and the news of the week before come to "
        "you, privately, the next time <t:{following}:R>."
    ),
    (DigestPeriod.WEEKLY, False, False): msgid(
        "Every Monday at {hour} ({zone}) the earnings and the news of the week before come to "
        "<#{channel}>, the next time <t:{following}:R>."
    ),
    (DigestPeriod.MONTHLY, True, True): msgid(
        "On the 1st of every month at {hour} ({zone}) what needs your attention and the news of "
        "the month before come to you, privately, the next time <t:{following}:R>."
    ),
    (DigestPeriod.MONTHLY, True, False): msgid(
        "On the 1st of every month at {hour} ({zone}) what needs your attention and the news of "
        "the month before come to <#{channel}>, the next time <t:{following}:R>."
    ),
    (DigestPeriod.MONTHLY, False, True): msgid(
        "On the 1st of every month at {hour} ({zone}) the earnings and the news of the month "
        "before come to you, privately, the next time <t:{following}:R>."
    ),
    (DigestPeriod.MONTHLY, False, False): msgid(
        "On the 1st of every month at {hour} ({zone}) the earnings and the news of the month "
        "before come to <#{channel}>, the next time <t:{following}:R>."
    ),
}
_FIGURES = {
    MoneyView.EXACT: "",
    MoneyView.BANDED: msgid(" Figures are shown in ranges."),
    MoneyView.HIDDEN: "",
}
_SHUT = msgid(
    " ⚠️ You don't accept private messages from the bot: allow them in this server's "
    "privacy settings, then run /money digest set again."
)


class DigestService:
    """Callers check whose creator it is. Each method returns the answer to the owner."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def put(self, link: Link, wish: DigestWish) -> str:
        """Let it come so from now on."""
        name = zone_named(wish.zone) if wish.zone is not None else None
        if wish.zone is not None and name is None:
            return _no_zone(wish.zone)

        async def work(tx: Transaction) -> str:
            if name is not None:
                await self._choose_zone(tx, link.creator, name)
            zone, sort = await _zone(tx, link.creator), DigestPeriod(wish.sort)
            before = await digests.get(tx, link.creator, sort)
            # A new one begins with its next hour; one that is only changed still owes what it owed.
            since = before.since if before else due(sort, self._ctx.clock.now(), zone, wish.hour).isoformat()
            wanted = Digest(
                creator=link.creator,
                sort=sort,
                owner=link.discord_user,
                channel=wish.channel,
                hour=wish.hour,
                figures=wish.figures,
                quiet=wish.quiet,
                since=since,
            )
            await digests.put(tx, wanted)
            await self._note(tx, link, "digest.set", f"{sort} {wish.channel or 'private'}")
            return self._told(wanted, zone)

        told = await self._ctx.database.write(work)
        if wish.channel is None:
            return told
        return f"{told} {tr(_SEEN_BY_ALL) if wish.figures is MoneyView.HIDDEN else tr(_READ_BY_ALL)}"

    async def off(self, link: Link, sort: str | None) -> str:
        """Let one sort, or every one, come no longer. One that is on its way does not come either."""

        async def work(tx: Transaction) -> list[DigestPeriod]:
            gone = [
                one
                for one in DigestPeriod
                if sort in (None, one) and await digests.remove(tx, link.creator, one)
            ]
            for one in gone:
                await self._note(tx, link, "digest.off", one)
            return gone

        gone, handle = await self._ctx.database.write(work), safe(link.handle)
        if sort is not None and not gone:
            return tr(_NONE_OF_SORT[DigestPeriod(sort)], handle=handle)
        return tr(_STOPPED[None if sort is None else DigestPeriod(sort)], handle=handle)

    async def show(self, link: Link) -> str:
        """Show them, and where and when they come."""

        async def work(tx: Transaction) -> tuple[list[Digest], ZoneInfo]:
            found = {one.sort: one for one in await digests.of_creator(tx, link.creator)}
            return [found[sort] for sort in DigestPeriod if sort in found], await _zone(tx, link.creator)

        found, zone = await self._ctx.database.read(work)
        if not found:
            return tr(_NONE, handle=safe(link.handle), zone=zone.key)
        lines = [self._told(one, zone) for one in found]
        return "\n".join(
            [*lines, tr("Stop one with `/money digest off`, preview it with `/money digest now`.")]
        )

    async def live_in(self, link: Link, zone: str) -> str:
        """Let the creator's days be those of another zone."""
        name = zone_named(zone)
        if name is None:
            return _no_zone(zone)

        async def work(tx: Transaction) -> None:
            await self._choose_zone(tx, link.creator, name)
            await self._note(tx, link, "zone.set", name)

        await self._ctx.database.write(work)
        return tr(
            "The days of @{handle} now begin and end in {name} time.", handle=safe(link.handle), name=name
        )

    async def creator_of(self, digest: EffectId) -> CreatorId | None:
        """A digest's creator; None when it is none."""
        effect = await self._ctx.database.read(lambda tx: outbox.get(tx, digest))
        return effect.creator if effect is not None and effect.kind in (POST, PRIVATE) else None

    def _told(self, wanted: Digest, zone: ZoneInfo) -> str:
        sort, figures = DigestPeriod(wanted.sort), MoneyView(wanted.figures)
        following = upcoming(sort, self._ctx.clock.now(), zone, wanted.hour)
        quiet = tr(" It is skipped when there's nothing to report.") if wanted.quiet else ""
        told = tr(
            _WHEN[sort, figures is MoneyView.HIDDEN, wanted.channel is None],
            hour=f"{wanted.hour:02d}:00",
            zone=zone.key,
            channel=wanted.channel,
            following=following // 1000,
        )
        closed = tr(_SHUT) if wanted.closed_at is not None else ""
        return f"{told}{tr(_FIGURES[figures])}{quiet}{closed}"

    async def _choose_zone(self, tx: Transaction, creator: CreatorId, name: str) -> None:
        """Set the zone; look again at digests that waited by another one."""
        await digests.choose_zone(tx, creator, name)
        for waiting in await outbox.open_of_kind(tx, creator, READ):
            await self._ctx.effects.at_once(tx, waiting)

    async def _note(self, tx: Transaction, link: Link, action: str, target: str) -> None:
        await self._ctx.effects.trail.write(
            tx, action, "done", target=target, actor=link.discord_user, creator=link.creator
        )


async def _zone(tx: Transaction, creator: CreatorId) -> ZoneInfo:
    return zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)


def _no_zone(typed: str) -> str:
    return tr(_NO_ZONE, typed=safe(one_line(typed, 60)))
