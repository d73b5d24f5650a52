"""Redaction of a line on Discord: text, covered text, or who and when.

The mode is looked up when a line is posted or edited, not when it is decided: a line that waits while a
creator's owner changes the mode is posted in the new one. A line never shows more than it was allowed to
when it was made, no matter what is chosen later.
"""

from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.engine.slots import Slot
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.colours import FAN_COLOUR
from bot.text.deleted_posts import struck_part, struck_post
from storage.database import Transaction
from storage.inbox import deleted_messages, threads
from storage.inbox.deleted_messages import DeletedMessage
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import CreatorId, DiscordId, Effect, EffectId, FanThread

SHOW = "private.show"
_NO_LIMIT = msgid("This forum is no longer age-restricted, so texts are shown privately. Fix it with /setup.")

Restricted = Callable[[DiscordId], Awaitable[bool]]


@dataclass(frozen=True)
class LineButton:
    """A button under each line that a fan wrote. `label`: as a message of the catalogues."""

    action: str
    label: str


LineButtons = Callable[[Transaction, CreatorId], Awaitable[Sequence[LineButton]]]
FAN_LINE_BUTTONS = Slot[LineButtons]("buttons under fans' lines")


async def always(_forum: DiscordId) -> bool:
    """Every forum is for adults: the default where nobody looks."""
    return True


@dataclass(frozen=True)
class LineRedaction:
    """The conditions of lines: their thread, the mode, the deleted messages, a forum that minors may read."""

    thread: FanThread | None
    mode: PrivacyMode
    gone: Mapping[EffectId, DeletedMessage]
    offered: Sequence[LineButton]
    open_to_minors: bool = False

    @property
    def texts(self) -> bool:
        """Whether texts stand there for everybody who reads the thread."""
        return self.mode is PrivacyMode.FULL and not self.open_to_minors


class LineRedactor:
    """Dresses the lines of fans' threads."""

    def __init__(self, *, restricted: Restricted, offers: Sequence[LineButtons] = ()) -> None:
        """`restricted`: whether a forum is age-restricted now; it may raise what a delivery raises.

        `offers`: what else can be done with a text of a fan's.
        """
        self._restricted = restricted
        self._offers = offers

    async def of(self, tx: Transaction, lines: Sequence[Effect]) -> LineRedaction:
        """Read what holds now for lines of one thread, oldest first, in the transaction that reads them."""
        first = lines[0]
        return LineRedaction(
            thread=await threads.current(tx, first.creator, first.fan) if first.fan else None,
            mode=await privacy_modes.strictest(tx, first.creator, since=first.created_at),
            gone={
                line.id: one
                for line in lines
                if (one := await deleted_messages.of_line(tx, line.id)) is not None
            },
            offered=[button for offer in self._offers for button in await offer(tx, first.creator)],
        )

    async def over(self, post: Post, line: Effect, dress: LineRedaction) -> Post:
        """The post as it may be shown now, for the line that this effect posts or has posted."""
        dress = await self._asked(dress, anyway=post.outline is not None)
        gone = dress.gone.get(line.id)
        if gone is not None:
            return struck_post(post, gone, text=dress.texts)
        return _with_offers(_covered(post, dress, line.id), post, dress, line.id)

    async def over_all(
        self,
        posts: Sequence[Post],
        lines: Sequence[Effect],
        dress: LineRedaction,
        join: Callable[[Sequence[Post]], Post],
        *,
        bare: bool,
    ) -> Post:
        """The same of several lines in one post, oldest first, which `join` makes of theirs.

        None of them was ever allowed more than the first. `bare`: without the texts of deleted messages.
        """
        dress = await self._asked(dress, anyway=True)
        shown = [
            post
            if (gone := dress.gone.get(line.id)) is None
            else struck_part(post, gone, text=dress.texts and not bare)
            for post, line in zip(posts, lines, strict=True)
        ]
        first, *others = (line.id for line in lines)
        media = [line.id for post, line in zip(posts, lines, strict=True) if post.media]
        joined = join(shown)
        return _with_offers(_covered(joined, dress, first, also=others, media=media), joined, dress, first)

    async def _asked(self, dress: LineRedaction, *, anyway: bool) -> LineRedaction:
        """`anyway`: also where nothing was deleted; otherwise nobody has to be asked about the forum."""
        needed = (anyway or dress.gone) and dress.mode is not PrivacyMode.PRIVATE
        if not needed or dress.thread is None:
            return dress
        return replace(dress, open_to_minors=not await self._restricted(dress.thread.forum))


def _covered(
    post: Post,
    dress: LineRedaction,
    line: EffectId,
    also: Sequence[EffectId] = (),
    media: Sequence[EffectId] = (),
) -> Post:
    if dress.open_to_minors:
        return cover(post, PrivacyMode.PRIVATE, line, tr(_NO_LIMIT), also=also, gone=dress.gone)
    return cover(post, dress.mode, line, also=also, gone=dress.gone, media=media)


def _with_offers(shown: Post, line: Post, dress: LineRedaction, ref: EffectId) -> Post:
    """`shown`: the line as it is covered. What is not a fan's text has nothing to be done with."""
    if line.accent != FAN_COLOUR or not line.outline:
        return shown
    offered = (Button(one.action, ref, tr(one.label)) for one in dress.offered)
    return replace(shown, buttons=(*shown.buttons, *offered))


def cover(
    post: Post,
    mode: PrivacyMode,
    line: EffectId,
    why: str | None = None,
    also: Sequence[EffectId] = (),
    gone: Container[EffectId] = (),
    media: Sequence[EffectId] = (),
) -> Post:
    """The post in this mode; `why` is said in the place of a text that is kept back.

    `also`: the later lines that it shows; `gone`: those whose message was deleted, so that nobody is shown
    it; `media`: of several lines those that have media. One button shows all that a line has.
    """
    if post.outline is None:
        return post
    lines = (line, *also)
    if mode is not PrivacyMode.PRIVATE:
        shows = _shows(lines, [one for one in (media or lines * post.media) if one not in gone])
        return replace(
            post,
            spoiler=mode is PrivacyMode.COVERED and bool(post.body),
            buttons=(*post.buttons, *shows),
        )
    if why and not post.outline:
        return post  # without a text nothing of it is kept back, and media are for such a forum never
    body = (*post.outline, *((why,) if why else ()))
    shows = _shows(lines, [one for one in lines if one not in gone])
    return replace(post, body=body, outline=None, buttons=(*post.buttons, *shows))


def _shows(lines: Sequence[EffectId], wanted: Sequence[EffectId]) -> list[Button]:
    """The buttons that show these; where several lines share a post, each says which it means."""
    return [
        Button(SHOW, one, tr("Show {number}", number=number) if len(lines) > 1 else tr("Show"))
        for number, one in enumerate(lines, start=1)
        if one in wanted
    ]
