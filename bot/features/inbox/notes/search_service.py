"""Finds fans by name, tag, note and kept texts; opened in memory, kept nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.engine.outbox import unpack_post
from bot.features.inbox.notes.search_rules import around, bare
from bot.features.inbox.notes.service import body_place
from bot.features.inbox.notes.tag_service import tag_place
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.fan_labels import labels_of
from bot.text.moments import stamp
from bot.text.safe_text import one_line, safe
from storage.database import Transaction
from storage.engine.confusables import folded, likeness
from storage.inbox import fan_search, fan_tags, fans, notes, threads
from storage.people import creators as known_creators
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import CreatorId, DiscordId, Effect, FanId, Millis

LINES = 500  # of each creator, the newest
KNOWN = 2000  # notes, and tags, likewise
_SHOWN = 15  # fans
_SNIPPET = 90
_HANDLE = 40
_NOBODY = msgid("No fan found. Try fewer letters, or another word.")
_SEARCHED = msgid(
    "Searched names, the newest {known} notes and tags, and the newest {lines} kept texts of each creator."
)
_SEARCHED_BACK_TO = msgid(
    "Searched names, the newest {known} notes and tags, and the newest {lines} kept texts of each "
    "creator, back to {back}."
)
_IN_A_NOTE = msgid("note: {quote}"), msgid("in a note")
_IN_THE_CHAT = msgid("chat: {quote}"), msgid("in the chat")
TOO_SHORT = msgid("Please type at least three letters or digits.")


@dataclass
class _FanSearchHits:
    """The hits of a search; `back`: since when lines were looked through."""

    hits: dict[tuple[CreatorId, FanId], list[str]] = field(default_factory=dict)
    back: Millis | None = None
    unread: int = 0  # what is damaged, and may have had the words in it

    def add(self, creator: CreatorId, fan: FanId, where: str) -> None:
        said = self.hits.setdefault((creator, fan), [])
        if len(said) < 2 and where not in said:  # noqa: PLR2004 - two say enough about one fan
            said.append(where)


class FanSearchService:
    """Callers check which creators may be searched."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def find(self, creators: Sequence[CreatorId], guild: DiscordId, typed: str) -> Post:
        """Find fans with this in names, tags, notes or texts, and their threads on this server."""
        wanted, alike = bare(typed), likeness(typed)
        if alike is None or not wanted:
            return Post(body=(tr(TOO_SHORT),))

        async def work(tx: Transaction) -> Post:
            found = _FanSearchHits()
            for creator in creators:
                for fan in await fan_search.fans_named(
                    tx, creator, part=folded(typed.strip()), alike=alike, limit=_SHOWN + 1
                ):
                    found.add(creator, fan.id, tr("by name"))
                # The strictest ever chosen: no text shows more openly here than in its thread.
                mode = await privacy_modes.strictest(tx, creator, since=0)
                await self._known(tx, found, creator, wanted, mode)
                await self._texts(tx, found, creator, wanted, mode)
            return await _told(tx, found, guild, several=len(creators) > 1)

        return await self._ctx.database.read(work)

    async def _known(
        self, tx: Transaction, found: _FanSearchHits, creator: CreatorId, wanted: str, mode: PrivacyMode
    ) -> None:
        for tag in await fan_tags.newest(tx, creator, limit=KNOWN):
            word = self._opened(found, tag_place(tag.id, creator), tag.body)
            if wanted in bare(word):
                found.add(creator, tag.fan, tr("tag **{word}**", word=safe(word)))
        for note in await notes.newest(tx, creator, limit=KNOWN):
            text = self._opened(found, body_place(note.id, creator), note.body)
            if wanted in bare(text):
                found.add(creator, note.fan, _quoted(_IN_A_NOTE, text, wanted, mode))

    async def _texts(
        self, tx: Transaction, found: _FanSearchHits, creator: CreatorId, wanted: str, mode: PrivacyMode
    ) -> None:
        lines = await fan_search.lines_newest(tx, creator, limit=LINES)
        if len(lines) == LINES:
            found.back = max(found.back or 0, lines[-1].created_at)
        for line in lines:
            for text in self._texts_of(found, line):
                if line.fan is not None and wanted in bare(text):
                    found.add(creator, line.fan, _quoted(_IN_THE_CHAT, text, wanted, mode))

    def _texts_of(self, found: _FanSearchHits, line: Effect) -> Iterator[str]:
        try:
            body = self._ctx.effects.body(line)
        except TextErased:
            return
        except SealDamaged:
            found.unread += 1
            return
        if line.kind == "chat.send":
            yield body.get("text") or ""
        elif "media" in body and "post" in body:  # a message; what the bridge itself says has no such field
            yield from (part.replace("\\", "") for part in unpack_post(body["post"]).body)

    def _opened(self, found: _FanSearchHits, place: str, sealed: bytes) -> str:
        """A text; empty where it is damaged, which is counted."""
        try:
            return self._ctx.sealer.open(place, sealed).decode()
        except ValueError:
            found.unread += 1
            return ""


def _quoted(where: tuple[str, str], text: str, wanted: str, mode: PrivacyMode) -> str:
    """The words' place, with the text around them as openly as the creator's mode has it."""
    shown, closed = where
    if mode is PrivacyMode.PRIVATE:
        return tr(closed)
    said = safe(around(text, wanted, _SNIPPET))
    return tr(shown, quote=f"||{said}||" if mode is PrivacyMode.COVERED else said)


async def _told(tx: Transaction, found: _FanSearchHits, guild: DiscordId, *, several: bool) -> Post:
    """`several`: creators were searched, so who has no thread here is named with theirs."""
    shown = list(found.hits)[:_SHOWN]
    people = [one for key in shown if (one := await fans.get(tx, *key)) is not None]
    labels = await labels_of(tx, people)
    lines = []
    for key in shown:
        if key not in labels:
            continue
        thread = await threads.current(tx, *key)
        here = thread is not None and thread.state == "open" and thread.guild == guild
        place = f"<#{thread.thread}>" if thread is not None and here else labels[key]
        if several and not here:
            place += await _whose(tx, key[0])
        lines.append(f"{place} · {' · '.join(found.hits[key])}")
    said = [_searched(found.back)]
    if len(found.hits) > _SHOWN:
        said.append(
            tr(
                "Only {number} fans are shown, and there are more: type more to narrow it down.",
                number=_SHOWN,
            )
        )
    if found.unread:
        said.append(
            tr_many(
                "{n} could not be read: the stored text is damaged.",
                "{n} could not be read: the stored text is damaged.",
                found.unread,
            )
        )
    # Translators: the heading over the fans that were found.
    title = tr("Found") if lines else None
    return Post(title=title, body=tuple(lines or [tr(_NOBODY)]), small=" ".join(said))


def _searched(back: Millis | None) -> str:
    """`back`: before this moment no text was searched."""
    parts = {"known": number_text(KNOWN), "lines": LINES}
    return tr(_SEARCHED, **parts) if not back else tr(_SEARCHED_BACK_TO, **parts, back=stamp(back))


async def _whose(tx: Transaction, creator: CreatorId) -> str:
    known = await known_creators.get(tx, creator)
    # Translators: follows the fan's name.
    return tr(" of @{handle}", handle=safe(one_line(known.handle, _HANDLE))) if known is not None else ""
