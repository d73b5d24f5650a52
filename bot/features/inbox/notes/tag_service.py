"""Tags on fans: short words by which a team finds them again."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from bot.features.inbox.notes import tag_texts as wording
from bot.features.inbox.notes.thread_work import FanThreadWork
from bot.relay.context import Context
from bot.text.safe_text import one_line
from bot.text.time_zones import zones_like
from storage.database import Transaction
from storage.engine.confusables import folded
from storage.inbox import fan_tags
from storage.inbox.fan_tags import FanTag
from storage.records import CreatorId, DiscordId, FanId, FanThread

LONGEST = 24  # characters of a tag
MOST = 10  # tags of one fan
VIP = "vip"  # a fan with this tag goes before others on the board
_LOOKED = 2000  # a creator's newest tags are looked through for words to offer


def tag_place(tag: str, creator: CreatorId) -> str:
    """The place of a tag's sealed word."""
    return f"fan_tags|body|{tag}|{creator}"


class FanTagService:
    """Callers check permission; a refusal is a sentence, or ReplyRefused without a fan."""

    def __init__(self, ctx: Context, *, about: FanThreadWork) -> None:
        self._about = about
        self._ctx = ctx

    async def tags_of(self, tx: Transaction, creator: CreatorId, fan: FanId) -> Sequence[str]:
        """A fan's tags, oldest first: plain words, not yet made safe. One that does not open is none."""
        return [word for _, word in self._read(await fan_tags.of_fan(tx, creator, fan))]

    async def vips(self, tx: Transaction, creator: CreatorId) -> set[FanId]:
        """Those who wait, are answered now or are out of sight, and have the tag vip."""
        found = await fan_tags.of_standing(tx, creator, now=self._ctx.clock.now())
        return {tag.fan for tag, word in self._read(found) if word == VIP}

    # ── in a fan's thread ──

    async def add(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        """Tag the fan with a word; return the answer."""
        word = folded(" ".join(typed.split()))

        async def work(tx: Transaction, thread: FanThread) -> str:
            words = await self.tags_of(tx, thread.creator, thread.fan)
            refusal = _refusal(word, words)
            if refusal is not None:
                return refusal
            made, creator = self._ctx.ids.new(), thread.creator
            body = self._ctx.sealer.seal(tag_place(made, creator), word.encode())
            await fan_tags.add(tx, FanTag(made, creator, thread.fan, actor, self._ctx.clock.now(), body))
            await self._about.changed(tx, thread, actor, "tag.add")
            return wording.tagged([*words, word])

        return await self._about.change(channel, work)

    async def remove(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        """Take the word from the fan; return the answer."""
        word = folded(" ".join(typed.split()))

        async def work(tx: Transaction, thread: FanThread) -> str:
            held = self._read(await fan_tags.of_fan(tx, thread.creator, thread.fan))
            meant = [tag for tag, one in held if one == word]
            if not meant:
                return wording.not_there([one for _, one in held])
            for tag in meant:
                await fan_tags.remove(tx, tag.id)
            await self._about.changed(tx, thread, actor, "tag.remove")
            return wording.tagged([one for _, one in held if one != word])

        return await self._about.change(channel, work)

    async def offer_known(self, channel: DiscordId, typed: str) -> Sequence[str]:
        """Words that the creator's team uses and that this fan does not have, the newest first.

        After those the time zones that are being typed: one of them says what time it is for the fan.
        """

        async def work(tx: Transaction, thread: FanThread) -> Sequence[str]:
            known = self._read(await fan_tags.newest(tx, thread.creator, limit=_LOOKED))
            words = dict.fromkeys(word for _, word in known)
            held = set(await self.tags_of(tx, thread.creator, thread.fan))
            places = [folded(name) for name in zones_like(typed)] if "/" in typed else ()
            offers = [*words, *(name for name in places if name not in words and len(name) <= LONGEST)]
            return wording.offered([word for word in offers if word not in held], typed)

        return await self._about.look(channel, work)

    async def offer_held(self, channel: DiscordId, typed: str) -> Sequence[str]:
        """The words of the thread's fan."""

        async def work(tx: Transaction, thread: FanThread) -> Sequence[str]:
            return wording.offered(await self.tags_of(tx, thread.creator, thread.fan), typed)

        return await self._about.look(channel, work)

    # ── parts ──

    def _read(self, tags: Iterable[FanTag]) -> list[tuple[FanTag, str]]:
        """Those that open, with their words: a damaged one keeps nobody's card or list from being shown."""
        found = []
        for tag in tags:
            with suppress(ValueError):
                found.append((tag, self._ctx.sealer.open(tag_place(tag.id, tag.creator), tag.body).decode()))
        return found


def _refusal(word: str, words: Sequence[str]) -> str | None:
    """Say why this cannot be one more tag of a fan who has these."""
    if not word or one_line(word, LONGEST) != word:
        return wording.no_tag(LONGEST)
    if word in words:
        return wording.tagged(words)
    return wording.too_many(MOST) if len(words) >= MOST else None
