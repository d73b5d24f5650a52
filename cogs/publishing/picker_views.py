"""A picker on Discord: numbers to press, lists, windows, over what is composed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.access.permits import Access
from bot.access.policy import Action
from bot.discord.age_restriction import for_adults
from bot.discord.answers import AnswerContent, Said, in_place
from bot.discord.asking import Resolver, actor_of, asks, creator_of, link_of, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, service
from bot.discord.controls import also_in
from bot.discord.windows import open_window
from bot.features.inbox.pricing.setting import PriceLimitSetting
from bot.features.people.agency.service import AgencyService
from bot.features.publishing.picker import texts
from bot.features.publishing.picker.model import PickerStep
from bot.features.publishing.picker.ports import CompositionPort
from bot.features.publishing.picker.rules import presets
from bot.features.publishing.picker.service import MediaPickerService, PickerScreen
from cogs.inbox.price_views import price_hint
from cogs.inbox.reply_views import may_upload
from cogs.publishing.picker_windows import (
    PickerPriceWindow,
    PickerSearchWindow,
    PickerTextWindow,
    PickerUploadWindow,
)
from storage.records import DiscordId, DraftId, TemplateId

Button = Callable[[Asked, str], Awaitable[None]]
List = Callable[[Asked, str, Sequence[str]], Awaitable[None]]
_Work = Callable[[MediaPickerService, CompositionPort, PickerStep], Awaitable[PickerScreen]]


@dataclass(frozen=True)
class PickerPlace:
    """Where a picker belongs: what it composes, and about whom is asked."""

    port: Callable[[Asked], CompositionPort]
    prefix: str
    about: Resolver
    writes: bool = True  # whether its text is written here


async def step_of(asked: Asked, ref: str) -> PickerStep:
    """Who presses and where, with what they may."""
    permit, me = permit_of(asked), DiscordId(asked.user.id)
    priced = await service(asked, Access).authorize(actor_of(asked), Action.PRICE, creator_of(asked))
    limits = await service(asked, PriceLimitSetting).binding(permit)
    return PickerStep(
        ref=DraftId(ref),
        actor=me,
        guild=DiscordId(asked.guild_id or 0),
        channel=DiscordId(asked.channel_id or 0),
        permit=permit,
        link=await service(asked, AgencyService).through(link_of(asked), me, "media"),
        adult=for_adults(asked),
        prices=priced is not None,
        uploads=await may_upload(asked),
        presets=presets(limits),
    )


async def may_look(asked: Asked) -> bool:
    """Whether the asking person may look into the vault of the permit's creator."""
    access = service(asked, Access)
    return await access.authorize(actor_of(asked), Action.MEDIA, creator_of(asked)) is not None


def shown(screen: PickerScreen) -> AnswerContent:
    return AnswerContent(screen.post, pictures=screen.pictures, choice=screen.choices)


async def press(asked: Asked, place: PickerPlace, ref: str, work: _Work) -> None:
    """The message shows what came of it."""

    async def deed() -> Said:
        step = await step_of(asked, ref)
        return shown(await work(service(asked, MediaPickerService), place.port(asked), step))

    await in_place(asked, deed)


def buttons_of(place: PickerPlace) -> ButtonHandlers:
    """Its buttons, by their actions."""
    numbers = {f"{place.prefix}.{letter}": _number(place, at) for at, letter in enumerate(texts.LETTERS)}
    return {
        **numbers,
        f"{place.prefix}.open": _simple(place, lambda picker, port, step: picker.show(port, step)),
        f"{place.prefix}.back": _simple(place, lambda picker, port, step: picker.turn(port, step, -1)),
        f"{place.prefix}.on": _simple(place, lambda picker, port, step: picker.turn(port, step, 1)),
        f"{place.prefix}.bundle": _bundle(place),
        f"{place.prefix}.search": _window(place, _search_window),
        f"{place.prefix}.price": _window(place, _price_window),
        f"{place.prefix}.upload": _window(place, _upload_window),
        **({f"{place.prefix}.text": _window(place, _text_window)} if place.writes else {}),
    }


def lists_of(place: PickerPlace) -> ListHandlers:
    """Its lists, by their actions."""
    return {
        f"{place.prefix}.price": _price_list(place),
        f"{place.prefix}.chosen": _chosen_list(place),
        f"{place.prefix}.folder": _folder_list(place),
        f"{place.prefix}.bundles": _bundle_list(place),
    }


# ── buttons ──


def _simple(place: PickerPlace, work: _Work) -> Button:
    @asks(Action.MEDIA, place.about)
    async def pressed(asked: Asked, ref: str) -> None:
        await press(asked, place, ref, work)

    return pressed


def _number(place: PickerPlace, at: int) -> Button:
    @asks(Action.MEDIA, place.about)
    async def pressed(asked: Asked, ref: str) -> None:
        page = _also(asked)
        await press(asked, place, ref, lambda picker, port, step: picker.toggle(port, step, page, at))

    return pressed


def _bundle(place: PickerPlace) -> Button:
    @asks(Action.MEDIA, place.about)
    async def pressed(asked: Asked, ref: str) -> None:
        wanted = TemplateId(_also(asked))
        await press(asked, place, ref, lambda picker, port, step: picker.take(port, step, wanted))

    return pressed


def _window(place: PickerPlace, opens: Callable[[Asked, PickerPlace, str], Awaitable[None]]) -> Button:
    @asks(Action.MEDIA, place.about)
    async def pressed(asked: Asked, ref: str) -> None:
        await opens(asked, place, ref)

    return pressed


async def _search_window(asked: Asked, place: PickerPlace, ref: str) -> None:
    await open_window(asked, PickerSearchWindow(place.prefix, ref))


async def _price_window(asked: Asked, place: PickerPlace, ref: str) -> None:
    await open_window(asked, PickerPriceWindow(place.prefix, ref, await price_hint(asked)))


async def _text_window(asked: Asked, place: PickerPlace, ref: str) -> None:
    step = await step_of(asked, ref)
    now = await place.port(asked).change(step, lambda now: now)
    window = PickerTextWindow(place.prefix, now.ref, now.message.text or "", files=step.uploads)
    await open_window(asked, window)


async def _upload_window(asked: Asked, place: PickerPlace, ref: str) -> None:
    await open_window(asked, PickerUploadWindow(place.prefix, ref))


def _also(asked: Asked) -> str:
    data: Mapping[str, Any] = asked.data or {}
    return next(iter(also_in(data.get("custom_id"))), "")


# ── lists ──


def _price_list(place: PickerPlace) -> List:
    @asks(Action.MEDIA, place.about)
    async def chose(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
        value = next(iter(chosen), texts.NONE)
        if value == texts.OTHER:
            await _price_window(asked, place, ref)
            return
        cents = int(value) if value.isdecimal() else None
        await press(asked, place, ref, lambda picker, port, step: picker.price(port, step, cents))

    return chose


def _chosen_list(place: PickerPlace) -> List:
    @asks(Action.MEDIA, place.about)
    async def chose(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
        value = next(iter(chosen), texts.FREE)
        if value == texts.CLEAR:
            await press(asked, place, ref, lambda picker, port, step: picker.clear(port, step))
            return
        at = int(value) if value.isdecimal() else None
        await press(asked, place, ref, lambda picker, port, step: picker.preview(port, step, at))

    return chose


def _folder_list(place: PickerPlace) -> List:
    @asks(Action.MEDIA, place.about)
    async def chose(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
        value = next(iter(chosen), texts.ALL)
        folder = value.removeprefix("in:") if value != texts.ALL else None
        await press(asked, place, ref, lambda picker, port, step: picker.look_in(port, step, folder=folder))

    return chose


def _bundle_list(place: PickerPlace) -> List:
    @asks(Action.MEDIA, place.about)
    async def chose(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
        wanted = TemplateId(next(iter(chosen), ""))
        await press(asked, place, ref, lambda picker, port, step: picker.take(port, step, wanted))

    return chose
