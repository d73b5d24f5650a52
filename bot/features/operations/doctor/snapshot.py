"""The bridge's data, as the doctor needs it: one snapshot, only read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.engine.streams import webhook_stream
from bot.engine.told_commands import told_for_team
from bot.features.operations.keys import takeover
from bot.features.operations.keys.signer import RightsSigner
from bot.features.operations.keys.takeover import DatabaseTakeover
from bot.features.people.accounts.keyring import Keyring, SealNotOpened
from storage.database import Transaction
from storage.engine import audit_log, guild_assignments, inbox, instance, move_marks, restore_review
from storage.engine.dialect import POSTGRES, SQLITE
from storage.engine.migrate import applied, load, made_at
from storage.engine.site import Site
from storage.inbox import forums, watermarks
from storage.operations import attention, fanvue_drift, gaps, signed_rows, unread_chats
from storage.operations.fanvue_drift import FanvueDrift
from storage.operations.gaps import EventGap
from storage.operations.signed_rows import RefusedRow
from storage.people import api_keys, creators, program_webhooks, tokens, webhook_subscriptions
from storage.people.program_webhooks import ProgramWebhookRecord, WebhookBacklog
from storage.people.tokens import StoredPair
from storage.people.webhook_subscriptions import WebhookSubscriptionRecord
from storage.records import CreatorId, DiscordId, Forum, Link, Millis


@dataclass(frozen=True)
class LinkSnapshot:
    """One link and what belongs to its creator."""

    link: Link
    pair: StoredPair | None
    forum: Forum | None
    heard: Mapping[str, Millis]  # our word for a live event → when it last came
    silence: EventGap | None
    only_swept: int  # messages of which no live event told
    hooks: Sequence[WebhookSubscriptionRecord]  # active ones
    unread: Millis | None = None  # since when Fanvue refuses the list of chats


@dataclass(frozen=True)
class RightsSnapshot:
    """Rows that say who may do what: those that are refused, and what an update took over."""

    refused: Sequence[RefusedRow]
    taken: DatabaseTakeover | None


@dataclass(frozen=True)
class WebhookSnapshot:
    """A program's address and what it was to be told."""

    id: str
    creator: CreatorId
    backlog: WebhookBacklog
    key_until: Millis | None  # when its program's key ends, or ended; None: there is no such key


@dataclass(frozen=True)
class DoctorSnapshot:
    """The whole. A database that is not there yet remembers nothing and has version 0."""

    version: int = 0
    begun: Millis | None = None  # when the database was made
    canary: bytes | None = None
    epoch: str | None = None
    restored: Millis | None = None
    moved: str | None = None  # where to
    unfinished: bool = False  # a copy that did not come to its end
    links: Sequence[LinkSnapshot] = ()
    forums: Sequence[Forum] = ()
    waiting: int = 0
    link_failed: tuple[str, Millis] | None = None  # the last /link that Fanvue ended: why, and when
    bots: Mapping[DiscordId, int] = field(default_factory=dict)  # server → the bot that it belongs to
    rights: RightsSnapshot | None = None  # None: they are not signed yet
    drift: Sequence[FanvueDrift] = ()  # what was new in Fanvue's answers, the newest first
    webhooks: Sequence[WebhookSnapshot] = ()  # of programs
    for_team: bool | None = None  # whether the team alone is offered its commands; None: not known yet

    def forums_of(self, bot: int) -> Sequence[Forum]:
        """Those that another bot does not see to."""
        return [forum for forum in self.forums if self.bots.get(forum.guild, bot) == bot]


def remember(site: Site, ring: Keyring) -> DoctorSnapshot:
    """Read it all. Raises StorageError, or sqlite3.Error for a file that is another one's database."""
    kind = POSTGRES if site.file is None else SQLITE
    return site.read(partial(_memory, kind=kind, ring=ring)) if site.exists() else DoctorSnapshot()


async def _memory(tx: Transaction, kind: str, ring: Keyring) -> DoctorSnapshot:
    steps = load(kind)
    version = await applied(tx, steps)
    newest = version == steps[-1].version
    rights = await _rights(tx, ring)
    return DoctorSnapshot(
        rights=rights,
        version=version,
        begun=await made_at(tx),
        canary=await instance.canary(tx),
        epoch=await instance.epoch(tx),
        restored=await restore_review.since(tx),
        moved=await move_marks.left_for(tx),
        unfinished=await move_marks.begun(tx),
        links=[await _remembered(tx, link, newest=newest) for link in await creators.open_links(tx)],
        forums=await forums.every(tx),
        waiting=await attention.how_many(tx),
        for_team=await told_for_team(tx),
        link_failed=await last_failed_link(tx),
        # Before the update is applied there is one bot, and no such table.
        bots=await guild_assignments.every(tx) if newest else {},
        drift=await fanvue_drift.every(tx) if newest else (),
        webhooks=[await _told(tx, one) for one in await program_webhooks.every_open(tx)] if newest else (),
    )


async def _told(tx: Transaction, one: ProgramWebhookRecord) -> WebhookSnapshot:
    backlog = await program_webhooks.backlog(tx, webhook_stream(one.creator, one.id), since=0)
    key = await api_keys.get(tx, one.key)
    until = None if key is None else key.expires_at if key.ended_at is None else key.ended_at
    return WebhookSnapshot(one.id, one.creator, backlog, until)


async def _rights(tx: Transaction, ring: Keyring) -> RightsSnapshot | None:
    """The rights' snapshot; from here on a refused row counts as not there."""
    try:
        if not await takeover.is_signed(tx, ring):
            return None
    except SealNotOpened:
        return None  # the line “keys” says it
    tx.signer = RightsSigner(ring)
    return RightsSnapshot(await signed_rows.refused(tx), await takeover.taken(tx))


async def last_failed_link(tx: Transaction) -> tuple[str, Millis] | None:
    """None where somebody has connected an account since."""
    failed, made = await audit_log.newest(tx, "link.failed"), await audit_log.newest(tx, "link.connected")
    if failed is None or (made is not None and made.at >= failed.at):
        return None
    return failed.outcome, failed.at


async def _remembered(tx: Transaction, link: Link, *, newest: bool) -> LinkSnapshot:
    creator = link.creator
    unread = await unread_chats.get(tx, creator) if newest else None
    return LinkSnapshot(
        link=link,
        pair=await tokens.get(tx, link.id),
        forum=await forums.of_creator(tx, creator),
        heard=await watermarks.heard_of(tx, creator),
        silence=await gaps.silence(tx, creator),
        only_swept=await inbox.found_by_sweep(tx, creator, since=0),
        hooks=[hook for hook in await webhook_subscriptions.all_of(tx, creator) if hook.state == "active"],
        unread=unread.since if unread is not None else None,
    )
