"""/account language and /settings language: who reads what in which language."""

from collections.abc import Callable, Sequence

from bot.access.permits import Permit
from bot.engine.channel_languages import opened
from bot.features.operations.settings.model import creator_of
from bot.features.people.languages import texts
from bot.model.language import LANGUAGES, closest, speak, tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.people import languages
from storage.records import CreatorId, DiscordId, Millis

_FRESH: Millis = 60_000
_MOST = 2_000  # members whose choice is remembered for that long


class LanguageService:
    """Whether somebody may was asked before."""

    def __init__(self, ctx: Context, *, changed: Callable[[CreatorId], None]) -> None:
        """`changed` hears of whose channels another language was chosen for."""
        self._ctx = ctx
        self._changed = changed
        self._chosen: dict[DiscordId, tuple[Millis, str | None]] = {}

    async def of_member(self, member: DiscordId, locale: str) -> str:
        """The language to answer a member in: the one they chose, else the closest to their Discord's."""
        return await opened(await self._of(member, locale))

    async def _of(self, member: DiscordId, locale: str) -> str:
        at, chosen = self._chosen.get(member, (0, None))
        if at + _FRESH <= self._ctx.clock.now():
            try:
                chosen = await self._ctx.database.read(lambda tx: languages.of_member(tx, member))
            except DatabaseUnreachable:
                return closest(locale)  # the command itself says what is wrong
            if len(self._chosen) >= _MOST:
                self._chosen.clear()
            self._chosen[member] = (self._ctx.clock.now(), chosen)
        return chosen if chosen in LANGUAGES else closest(locale)

    async def choose_mine(self, permits: Sequence[Permit], locale: str, wanted: str | None) -> str:
        """Answer a member in this language from now on; None changes nothing and says what is set."""
        if not permits:
            return tr(texts.NOT_IN_A_TEAM)
        member = permits[0].actor.user
        language = None if wanted == texts.AUTOMATIC else wanted

        async def work(tx: Transaction) -> str | None:
            if wanted is None:
                return await languages.of_member(tx, member)
            for permit in permits:
                creator = creator_of(permit)
                await languages.put(tx, creator, member, language, now=self._ctx.clock.now())
                await self._ctx.trail.write(tx, "language.mine", "done", actor=member, creator=creator)
            return language

        chosen = await self._ctx.database.write(work)
        if wanted is None:
            return texts.mine(chosen)
        self._chosen.pop(member, None)
        speak(await opened(language or closest(locale)))
        return texts.mine_chosen(chosen)

    async def choose_channels(self, permit: Permit, wanted: str | None) -> str:
        """Write a creator's channels in this language; None changes nothing and says what is set."""
        creator, by = creator_of(permit), permit.actor.user

        async def work(tx: Transaction) -> str:
            if wanted is None:
                return texts.channels(await languages.of_channels(tx, creator))
            await languages.put(tx, creator, languages.CHANNELS, wanted, now=self._ctx.clock.now())
            await self._ctx.trail.write(
                tx, "language.channels", "done", target=wanted, actor=by, creator=creator
            )
            return texts.channels_chosen(wanted)

        answer = await self._ctx.database.write(work)
        self._changed(creator)
        return answer
