"""The steps of a picker: each changes what is composed, and shows it again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.features.publishing.media.fanvue import FanvueVault, VaultUnavailable
from bot.features.publishing.media.texts import sendable
from bot.features.publishing.picker import rules, texts
from bot.features.publishing.picker.item_memory import PurchasedItems
from bot.features.publishing.picker.model import Change, PickedMessage, PickerStep
from bot.features.publishing.picker.ports import CompositionPort
from bot.features.publishing.picker.rules import PickRefused
from bot.features.publishing.picker.shelf_reader import PickerShelfReader
from bot.features.publishing.picker.texts import PickerScene
from bot.features.publishing.picker.thumbnails import VaultThumbnails
from bot.model.choices import Choice
from bot.model.errors import DeliveryFailed
from bot.model.language import tr
from bot.model.ports import Ids, MessageToFan, Picture, Post
from bot.text.reply_rules import NOT_CHANGED, NOT_SENT, ReplyRefused, compose
from storage.records import Cents, CommandId, MediaId, TemplateId


@dataclass(frozen=True)
class PickerScreen:
    """What somebody sees of it."""

    post: Post
    choices: tuple[Choice, ...] = ()
    pictures: tuple[Picture, ...] = ()


class MediaPickerService:
    """Whether somebody may look into the vault, and change what is composed, was asked before each call."""

    def __init__(
        self,
        *,
        vault: FanvueVault,
        reading: PickerShelfReader,
        thumbnails: VaultThumbnails,
        memory: PurchasedItems,
        ids: Ids,
    ) -> None:
        self._vault = vault
        self._reading = reading
        self._thumbnails = thumbnails
        self._memory = memory
        self._ids = ids

    def changed(self) -> None:
        """Something new is in a vault."""
        self._reading.forget()

    async def show(self, port: CompositionPort, step: PickerStep, notice: str = "") -> PickerScreen:
        """The picker as it is now; `notice`: what its person is told first."""
        return await self._step(port, step, lambda now: now, notice)

    async def toggle(self, port: CompositionPort, step: PickerStep, page: str, number: int) -> PickerScreen:
        """A number of a page: its item is chosen, or is not any more."""

        def change(now: PickedMessage) -> PickedMessage:
            if now.shelf.ref != page or number >= len(now.shelf.items):
                raise PickRefused(tr(texts.STALE))
            return replace(now, message=rules.toggled(now.message, now.shelf.items[number]))

        return await self._step(port, step, change)

    async def turn(self, port: CompositionPort, step: PickerStep, by: int) -> PickerScreen:
        return await self._step(port, step, lambda now: replace(now, shelf=rules.turned(now.shelf, by)))

    async def look_in(
        self, port: CompositionPort, step: PickerStep, *, folder: str | None = None, words: str = ""
    ) -> PickerScreen:
        """The first page of a folder, or of what has these words in its name."""

        def change(now: PickedMessage) -> PickedMessage:
            at_first = rules.turned(now.shelf, -now.shelf.page)
            return replace(now, shelf=replace(at_first, folder=folder, words=" ".join(words.split())))

        return await self._step(port, step, change)

    async def take(self, port: CompositionPort, step: PickerStep, template: TemplateId) -> PickerScreen:
        """A saved set with one press: its items, its price, and its text where there is none yet."""
        found = [one for one in await port.bundles(step) if one.template == template]
        if not found:
            return await self.show(port, step, tr(texts.NO_BUNDLE))
        notice = tr(texts.NOT_PRICED) if found[0].message.price and not step.prices else ""
        return await self._step(
            port, step, lambda now: rules.taken(now, found[0], prices=step.prices), notice
        )

    async def price(self, port: CompositionPort, step: PickerStep, cents: Cents | None) -> PickerScreen:
        if cents is not None and not step.prices:
            return await self.show(port, step, tr(texts.NOT_PRICED))
        return await self._message(port, step, lambda message: replace(message, price=cents))

    async def write(
        self, port: CompositionPort, step: PickerStep, text: str, notice: str = ""
    ) -> PickerScreen:
        """Raises PickRefused, so that a text that is not taken comes back to its writer."""
        now = await port.change(step, lambda now: rules.written(now, text))
        return await self._screen(port, replace(step, ref=now.ref), now, notice)

    async def attach(
        self, port: CompositionPort, step: PickerStep, files: CommandId, text: str | None = None
    ) -> None:
        """Have it wait for the files of this command, beside a new text. It keeps its reference.

        Raises PickRefused as `write` does, and where it was changed elsewhere.
        """

        def change(now: PickedMessage) -> PickedMessage:
            wrote = now if text is None else rules.written(now, text)
            return replace(wrote, files=now.files.adding(files))

        now = await port.change(step, change)
        if files not in now.files.commands:
            raise PickRefused(now.note or tr(texts.STALE))

    async def preview(self, port: CompositionPort, step: PickerStep, place: int | None) -> PickerScreen:
        """Which item is seen before it is bought."""
        return await self._message(port, step, lambda message: rules.previewed(message, place))

    async def clear(self, port: CompositionPort, step: PickerStep) -> PickerScreen:
        return await self._message(port, step, lambda message: replace(message, media=(), preview=None))

    async def trouble(self, port: CompositionPort, step: PickerStep, send: str) -> PickerScreen | None:
        """Why it cannot be sent as it is; None: it can, as far as can be told. `send`: the button's words."""
        now = await port.change(step, lambda now: now)
        message = now.message
        if now.waits:
            said = texts.files_wait(now.waits, send)
            return await self.show(port, step, said)
        undone = NOT_SENT if port.noun == "reply" else NOT_CHANGED
        try:
            compose(message.text, message.price, message.media, message.preview, undone)
        except ReplyRefused as refused:
            return await self.show(port, step, refused.sentence)
        try:
            rows = await self._vault.items(step.link, message.media) if message.media else {}
        except (VaultUnavailable, DeliveryFailed):
            return None  # what carries it out hears from Fanvue what is wrong
        if gone := rules.missing(message.media, list(rows)):
            said = tr(texts.GONE, places=_places(gone), send=send)
            return await self._message(port, step, lambda message: _without(message, list(rows)), said)
        ready = [item for item, row in rows.items() if sendable(row)]
        if waits := rules.missing(message.media, ready):
            return await self.show(port, step, tr(texts.PROCESSING, places=_places(waits)))
        return None

    # ── one step ──

    async def _message(
        self,
        port: CompositionPort,
        step: PickerStep,
        change: Callable[[MessageToFan], MessageToFan],
        notice: str = "",
    ) -> PickerScreen:
        return await self._step(port, step, lambda now: replace(now, message=change(now.message)), notice)

    async def _step(
        self, port: CompositionPort, step: PickerStep, change: Change, notice: str = ""
    ) -> PickerScreen:
        try:
            now = await port.change(step, change)
        except PickRefused as refused:
            now, notice = await port.change(step, lambda now: now), str(refused)
        return await self._screen(port, replace(step, ref=now.ref), now, notice)

    async def _screen(
        self, port: CompositionPort, step: PickerStep, now: PickedMessage, notice: str
    ) -> PickerScreen:
        if now.fresh:
            self._reading.forget()
        page = await self._reading.page(step.link, now)
        items = tuple(row.uuid for row in page.rows)
        if items != now.shelf.items or page.number != now.shelf.page or not now.shelf.ref:
            shelf = replace(now.shelf, items=items, page=page.number, ref=self._ids.new())
            now = await port.change(step, lambda now: replace(now, shelf=shelf))
        tiles = await self._thumbnails.of(step.link, page.rows)
        scene = PickerScene(
            now=now,
            rows=page.rows,
            more=page.more,
            tiles=tiles,
            known=await self._known(step, now, items),
            folders=await self._reading.folders(step.link),
            bundles=await port.bundles(step),
            presets=step.presets,
            prices=step.prices,
            adult=step.adult,
            uploads=step.uploads,
            notice=notice or now.note or page.notice,
        )
        post, lists = texts.shown(scene, port.prefix, port.title, port.ends(now.ref))
        pictures = _pictures(items, scene) if step.adult else ()
        return PickerScreen(post, tuple(lists), pictures)

    async def _known(
        self, step: PickerStep, now: PickedMessage, items: Sequence[MediaId]
    ) -> Mapping[MediaId, str]:
        creator = step.link.creator
        if now.fan is not None:
            return await self._memory.known(creator, now.fan)
        return await self._memory.over_all(creator, items, step.permit.money)


def _pictures(items: Sequence[MediaId], scene: PickerScene) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            f"SPOILER_item-{number}.jpg",
            scene.tiles[item].content,
            tr("Item {number}, covered", number=number),
            spoiler=True,
        )
        for number, item in enumerate(items, start=1)
        if item in scene.tiles
    )


def _without(message: MessageToFan, there: Sequence[MediaId]) -> MessageToFan:
    media = tuple(item for item in message.media if item in there)
    return replace(message, media=media, preview=message.preview if message.preview in media else None)


def _places(places: Sequence[int]) -> str:
    return ", ".join(map(str, places))
