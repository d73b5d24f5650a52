"""Finds the creator of a channel, a button or a preview."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.access.policy import Action
from storage.database import Database, Transaction
from storage.engine import drafts, inbox, outbox
from storage.inbox import threads
from storage.people import creators
from storage.records import CreatorId, DiscordId, DraftId, EffectId, FactId, FanId

_PRIVACY = (Action.PRIVACY_SET, Action.FORGET, Action.EXPORT, Action.ERASE)
_PREVIEWED = (
    Action.MASS,
    Action.POST,
    Action.PRICE_LIMITS,
    Action.CREDIT_REASSIGN,
    Action.TEMPLATE_IMPORT,
    Action.GUARD_IMPORT,
    Action.LIST_BUILD,
    Action.LIST_DELETE,
    Action.REVIEW,
    Action.UNLINK,
    *_PRIVACY,
)
# What the features that propose something for a whole creator are called, and what each needs.
_TO_A_POST = ("postedit", "postdelete", "postpin", "postunpin", "repost", "postcomment")
_OF_A_LINK = ("trackcreate", "trackdelete")
_WITH_MASS = ("mass_change", "mass_end")  # what is done to a mass message that was made
PROPOSED: Mapping[str, Action] = {
    **{action.value: action for action in _PREVIEWED},
    "postask": Action.POST_ASK,
    **dict.fromkeys(_TO_A_POST, Action.POST_CHANGE),
    **dict.fromkeys(_OF_A_LINK, Action.TRACKING_CHANGE),
    **dict.fromkeys(_WITH_MASS, Action.MASS),
}


@dataclass(frozen=True)
class ActionSubject:
    """A creator, and the wanted action; None: whatever the button does."""

    creator: CreatorId
    action: Action | None = None
    fan: FanId | None = None
    thread: DiscordId | None = None  # where it takes effect, wherever the button is pressed


class ActionSubjectFinder:
    """Looks it up. None always means that there is no such thing."""

    def __init__(self, database: Database, proposed: Mapping[str, Action] = PROPOSED) -> None:
        self._database = database
        self._proposed = proposed

    async def of_channel(self, channel: DiscordId, guild: DiscordId) -> ActionSubject | None:
        """The fan's open thread that this channel is."""

        async def work(tx: Transaction) -> ActionSubject | None:
            return await _of_thread(tx, channel, guild)

        return await self._database.read(work)

    async def of_kept_reply(self, ref: str, guild: DiscordId) -> ActionSubject | None:
        """The fan's open thread that a kept reply, or the window that changes it, was written in."""

        async def work(tx: Transaction) -> ActionSubject | None:
            draft = await drafts.get(tx, DraftId(ref))
            target = json.loads(draft.target) if draft is not None else {}
            channel = target.get("channel") if isinstance(target, dict) else None
            return await _of_thread(tx, DiscordId(int(channel)), guild) if channel else None

        return await self._database.read(work)

    async def of_name(self, wanted: str) -> ActionSubject | None:
        """The creator whose link has this id, or whose account has this handle, as somebody typed it."""
        handle = wanted.strip().lstrip("@").casefold()

        async def work(tx: Transaction) -> ActionSubject | None:
            for link in await creators.open_links(tx):
                if wanted == link.id or handle == link.handle.casefold():
                    return ActionSubject(link.creator)
            return None

        return await self._database.read(work)

    async def of_ref(self, ref: str) -> ActionSubject | None:
        """The effect, or the event that was put aside, that a button names."""

        async def work(tx: Transaction) -> ActionSubject | None:
            found = await outbox.get(tx, EffectId(ref)) or await inbox.get(tx, FactId(ref))
            return ActionSubject(found.creator) if found is not None and found.creator else None

        return await self._database.read(work)

    async def of_draft(self, ref: str) -> ActionSubject | None:
        async def work(tx: Transaction) -> ActionSubject | None:
            draft = await drafts.get(tx, DraftId(ref))
            action = self._proposed.get(draft.action.removesuffix(".propose")) if draft is not None else None
            if draft is None or draft.creator is None or action is None:
                return None
            return ActionSubject(draft.creator, action)

        return await self._database.read(work)

    async def of_note(self, ref: str) -> ActionSubject | None:
        """Return the subject of a proposal that an alerts note tells of."""

        async def work(tx: Transaction) -> ActionSubject | None:
            note = await outbox.get(tx, EffectId(ref))
            done = await outbox.get(tx, EffectId(note.cause)) if note is not None else None
            action = self._proposed.get(done.kind.rpartition(".")[2]) if done is not None else None
            return ActionSubject(done.creator, action) if done is not None and action is not None else None

        return await self._database.read(work)


async def _of_thread(tx: Transaction, channel: DiscordId, guild: DiscordId) -> ActionSubject | None:
    thread = await threads.by_discord(tx, channel)
    if thread is None or thread.guild != guild or thread.state != "open":
        return None
    return ActionSubject(thread.creator, fan=thread.fan, thread=channel)
