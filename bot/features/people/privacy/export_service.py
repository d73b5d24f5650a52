"""Hands somebody a file with all that is kept: asked first, private, small enough.

The file passes through Discord and lies on its servers as long as the private answer does. So a creator who
has ever had Discord kept free of texts (`private`) gets none there either: the operator's command is
their way, and the same for a file that is too large for an answer.
"""

from dataclasses import dataclass
from functools import partial

from bot.access.policy import Action
from bot.features.people.privacy import texts
from bot.features.people.privacy.answer_service import PrivacyAnswer, PrivacyChangeBlocked
from bot.features.people.privacy.exporter import Exporter
from bot.features.people.privacy.question_service import PrivacyQuestion, PrivacyQuestionService
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.fan_labels import choices_of
from bot.relay.impostors import label_of
from storage.database import Transaction
from storage.engine import drafts
from storage.inbox import fans, threads
from storage.people import data_export, privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import CreatorId, DiscordId, Fan, FanId, Link

EXPORT = "export"
MOST = 10 * 1024 * 1024 - 65_536  # bytes: what every server takes, less what goes along with it
_NAME = "bridge-export.json"  # says nothing of anybody: files lie about
_CHOICES, _CHOICE = 25, 100  # of suggestions, and characters of one: Discord shows no more


@dataclass(frozen=True)
class PrivacyExportFile:
    """A file, and how many rows are in it."""

    content: bytes
    rows: int


class _PrivacyExportTooLarge(Exception):
    """Raised while a file is written that no answer could hold."""


class PrivacyExportService:
    """Permission is checked before each call."""

    def __init__(self, ctx: Context, *, asking: PrivacyQuestionService, most: int = MOST) -> None:
        """`most`: bytes of the largest file."""
        self._ctx = ctx
        self._trail = ctx.effects.trail
        self._asking = asking
        self._most = most

    async def ask(self, link: Link, by: DiscordId, *, fan: str | None, thread: DiscordId | None) -> Post:
        """Ask whether the file is wanted: of one fan, of the fan of a thread, or of the whole creator.

        `fan`: their id or handle, as somebody typed it; None: the fan of `thread`, if it is one of theirs.
        """

        async def work(tx: Transaction) -> tuple[FanId | None, str | None, str | None]:
            found, why_not = await _meant(tx, link.creator, fan, thread)
            if why_not is None and await _kept_off(tx, link.creator):
                why_not = texts.export_kept_off(link.creator, found.id if found else None)
            return (None, None, why_not) if found is None else (found.id, await label_of(tx, found), why_not)

        found, named, why_not = await self._ctx.database.read(work)
        if why_not is not None:
            return Post(body=(why_not,))
        given = {"fan": found}
        buttons = await self._asking.ask(link.creator, by, Action.EXPORT, EXPORT, given)
        return texts.ask_export(link.handle, named, buttons)

    async def fans(self, link: Link, typed: str) -> list[tuple[str, str]]:
        """Fans to offer while one is typed: the text shown, and their id."""
        prefix = typed.strip().lstrip("@")

        async def work(tx: Transaction) -> list[tuple[str, str]]:
            found = await fans.search(tx, link.creator, prefix, _CHOICES)
            words = await choices_of(tx, found, longest=_CHOICE)
            return [(said, one.id) for said, one in zip(words, found, strict=True)]

        return await self._ctx.database.read(work)

    async def prepare(self, question: PrivacyQuestion) -> PrivacyExportFile:
        """Write the file. Raises PrivacyChangeBlocked when no answer could hold it."""
        pieces, size = list[bytes](), 0

        def write(text: str) -> None:
            nonlocal size
            pieces.append(text.encode(errors="replace"))
            size += len(pieces[-1])
            if size > self._most:
                raise _PrivacyExportTooLarge

        exporter = Exporter(sealer=self._ctx.sealer, names=self._trail.pseudonyms, write=write)
        creator, fan = question.creator, _fan(question)

        async def work(tx: Transaction) -> int | None:
            if await _kept_off(tx, creator):
                return None
            return await exporter.export(tx, creator, fan, now=self._ctx.clock.now())

        try:
            rows = await self._ctx.database.read(work)
        except _PrivacyExportTooLarge:
            raise PrivacyChangeBlocked(texts.export_too_large(creator, fan)) from None
        if rows is None:
            raise PrivacyChangeBlocked(texts.export_kept_off(creator, fan))
        return PrivacyExportFile(b"".join(pieces), rows)

    async def carry(
        self, tx: Transaction, question: PrivacyQuestion, prepared: PrivacyExportFile
    ) -> PrivacyAnswer:
        """Hand it over; the record says that somebody has it."""
        if await _kept_off(tx, question.creator):  # chosen in this very moment
            raise PrivacyChangeBlocked(texts.export_kept_off(question.creator, _fan(question)))
        await self._trail.write(
            tx,
            "privacy.export",
            "done",
            actor=question.owner,
            creator=question.creator,
            fan=_fan(question),
            cause=question.draft,
        )
        await drafts.blank(tx, question.draft)  # it names a fan, who may be forgotten later
        return PrivacyAnswer(texts.exported(prepared.rows), _NAME, prepared.content)


def _fan(question: PrivacyQuestion) -> FanId | None:
    fan = question.given["fan"]
    return None if fan is None else FanId(fan)


async def _kept_off(tx: Transaction, creator: CreatorId) -> bool:
    """Whether there may be texts here of a time in which none was to be on Discord."""
    return await privacy_modes.strictest(tx, creator, since=0) is PrivacyMode.PRIVATE


async def _meant(
    tx: Transaction, creator: CreatorId, named: str | None, thread: DiscordId | None
) -> tuple[Fan | None, str | None]:
    """The fan that is meant, None for all; or why nobody can be."""
    get = partial(fans.get, tx, creator)
    if named is not None:
        found = await data_export.fans_named(tx, creator, named.strip().lstrip("@"))
        if len(found) != 1:
            return None, tr(texts.NO_SUCH_FAN)
        return await get(found[0]), None
    there = await threads.by_discord(tx, thread) if thread is not None else None
    if there is None or there.creator != creator:
        return None, None
    return await get(there.fan), None
