"""/mass new without lists: a private draft, one message changed at each press."""

from collections.abc import Mapping, Sequence

from bot.access.policy import Action
from bot.discord.answers import Said, private, server_wish_of, two_phase
from bot.discord.asking import asks, link_of, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.engine.commands import Commands
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.drafts.texts import DraftScreen
from bot.features.publishing.proposals.service import ProposalService
from bot.model.errors import DeliveryFailed
from cogs.inbox.reply_views import may_upload
from cogs.publishing.draft_screens import (
    by_composition,
    earlier,
    press,
    shown,
    step_of,
    vault_of,
    window,
    with_more,
)
from cogs.publishing.draft_windows import DraftTextWindow, DraftTimeWindow, ListSearchWindow
from storage.records import CommandId


async def compose(asked: Asked, typed: Mapping[str, str | None]) -> None:
    """/mass new without lists. The permit is for MASS."""
    came = {name: value for name, value in typed.items() if value}

    async def deed() -> Said:
        return shown(await service(asked, DraftService).open(step_of(asked, ""), came))

    await private(asked, deed)


# ── buttons ──


@asks(Action.COMPOSE, by_composition)
async def go_on(asked: Asked, ref: str) -> None:
    """The buttons [Go on], [Back to the draft] and [Change it]."""
    await press(asked, lambda drafts: drafts.go_on(step_of(asked, ref)))


@asks(Action.COMPOSE, by_composition)
async def begin_anew(asked: Asked, ref: str) -> None:
    await press(asked, lambda drafts: drafts.anew(step_of(asked, ref)))


@asks(Action.COMPOSE, by_composition)
async def throw_away(asked: Asked, ref: str) -> None:
    """The button [Discard]."""
    await press(asked, lambda drafts: drafts.drop(step_of(asked, ref)))


@asks(Action.COMPOSE, by_composition)
async def text_window(asked: Asked, ref: str) -> None:
    """The button [Write]."""
    files = await may_upload(asked)
    await window(asked, ref, lambda now: DraftTextWindow(ref, now.text, files=files))


@asks(Action.COMPOSE, by_composition)
async def time_window(asked: Asked, ref: str) -> None:
    """The button [When]."""
    await window(asked, ref, lambda now: DraftTimeWindow(ref, now.when))


@asks(Action.COMPOSE, by_composition)
async def find_window(asked: Asked, ref: str) -> None:
    """The button [Find a list]."""
    await window(asked, ref, lambda now: ListSearchWindow(ref, now.sought_to, now.sought_without))


@asks(Action.COMPOSE, by_composition)
async def offer_leaving(asked: Asked, ref: str) -> None:
    """The button [Leave out]."""
    await press(asked, lambda drafts: drafts.leaving(step_of(asked, ref)))


@asks(Action.TEMPLATE_USE, by_composition)
async def offer_templates(asked: Asked, ref: str) -> None:
    """The button [Template]."""
    await press(asked, lambda drafts: drafts.templates(step_of(asked, ref), permit_of(asked)))


@asks(Action.MASS, by_composition)
async def preview(asked: Asked, ref: str) -> None:
    """The button [Preview]: the proposal from here on goes the way of every proposal."""
    step, drafts, wish = step_of(asked, ref), service(asked, DraftService), server_wish_of(asked)
    content = await drafts.ready(step)
    if content is None:
        await press(asked, lambda _: drafts.go_on(step))
        return
    link, proposals = link_of(asked), service(asked, ProposalService)
    refusals: tuple[type[Exception], ...] = (DeliveryFailed, *asked.client.context.refusals)

    async def show(command: CommandId) -> Said:
        stopped = await drafts.look(step, link, wish.interaction)
        if stopped is not None:
            await service(asked, Commands).cancel(command)
            return shown(stopped)
        try:
            post = await proposals.show(command)
        except refusals as refused:
            return shown(await drafts.say(step, f"⚠️ {refused}"))
        return with_more(post, await earlier(asked, content))

    await two_phase(
        asked,
        stage=lambda: proposals.stage(wish, link, "mass", content),
        accept=show,
        in_place=True,
    )


# ── lists ──


@asks(Action.COMPOSE, by_composition)
async def choose_to(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    await press(asked, lambda drafts: drafts.choose(step_of(asked, ref), chosen, without=False))


@asks(Action.COMPOSE, by_composition)
async def choose_without(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    await press(asked, lambda drafts: drafts.choose(step_of(asked, ref), chosen, without=True))


@asks(Action.COMPOSE, by_composition)
async def choose_leaving(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    """Choose who is left out, whatever list they are on."""
    await press(asked, lambda drafts: drafts.leave(step_of(asked, ref), chosen))


@asks(Action.COMPOSE, by_composition)
async def choose_time(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    """One of the usual times; the button [When] takes any other."""
    typed = next(iter(chosen), "")
    await press(asked, lambda drafts: drafts.time(step_of(asked, ref), typed))


@asks(Action.TEMPLATE_USE, by_composition)
async def pick_template(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    wanted = next(iter(chosen), "")
    await press(asked, lambda drafts: drafts.fill(step_of(asked, ref), permit_of(asked), wanted))


@asks(Action.MEDIA, by_composition)
async def pick_items(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    await _items(asked, ref, chosen, cover=False)


@asks(Action.MEDIA, by_composition)
async def pick_cover(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    """The item that everybody sees."""
    await _items(asked, ref, chosen, cover=True)


# ── windows ──


@asks(Action.COMPOSE, by_composition)
async def submitted_time(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    await press(asked, lambda drafts: drafts.time(step_of(asked, ref), fields.get("when", "")))


@asks(Action.COMPOSE, by_composition)
async def submitted_lists(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    to, without = fields.get("to", ""), fields.get("without", "")
    await press(asked, lambda drafts: drafts.find(step_of(asked, ref), to, without))


BUTTONS: ButtonHandlers = {
    "compose.go": go_on,
    "compose.anew": begin_anew,
    "compose.drop": throw_away,
    "compose.write": text_window,
    "compose.when": time_window,
    "compose.find": find_window,
    "compose.leave": offer_leaving,
    "compose.template": offer_templates,
    "compose.preview": preview,
}
LISTS: ListHandlers = {
    "compose.to": choose_to,
    "compose.without": choose_without,
    "compose.leaves": choose_leaving,
    "compose.soon": choose_time,
    "compose.pick": pick_template,
    "compose.items": pick_items,
    "compose.cover": pick_cover,
}
WINDOWS: WindowHandlers = {
    "compose.when": submitted_time,
    "compose.find": submitted_lists,
}


async def _items(asked: Asked, ref: str, chosen: Sequence[str], *, cover: bool) -> None:
    async def work(drafts: DraftService) -> DraftScreen:
        return await drafts.items(step_of(asked, ref), await vault_of(asked), chosen, cover=cover)

    await press(asked, work)
