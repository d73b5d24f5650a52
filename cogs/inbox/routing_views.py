"""/inbox routing: who is offered a fan first, shown and changed by leads."""

from collections.abc import Awaitable, Callable, Sequence

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import asks, by_link, here_or_chosen, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, service
from bot.discord.membership import GuildMembership
from bot.features.inbox.routing import texts
from bot.features.inbox.routing.input_rules import TypedRoutingRule
from bot.features.inbox.routing.rules import RoutingRefused
from bot.features.inbox.routing.service import RoutingPanel, RoutingService
from storage.records import DiscordId

Whom = discord.User | discord.Member | discord.Role


async def route(
    asked: Asked, when: str | None, value: str | None, offer_to: Whom | None, minutes: int | None
) -> None:
    """Add the rule that was typed; without anything, show the rules."""
    kind = "role" if isinstance(offer_to, discord.Role) else "member"
    target = DiscordId(offer_to.id) if offer_to is not None else None
    typed = TypedRoutingRule(when, value, kind if offer_to is not None else None, target, minutes)
    permit, routing = permit_of(asked), service(asked, RoutingService)
    if typed.is_empty:
        await show_panel(asked, lambda: routing.show(permit))
    else:
        members = GuildMembership(asked.client.direct)
        await show_panel(asked, lambda: routing.add(permit, typed, members))


@asks(Action.ROUTING, here_or_chosen, offers=True)
async def offer_values(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """What fits the condition that was chosen: lists on Fanvue, languages, days, amounts."""
    when = getattr(asked.namespace, "when", None)
    found = await service(asked, RoutingService).values(permit_of(asked), when, typed)
    return [app_commands.Choice(name=words, value=value) for words, value in found]


@asks(Action.ROUTING, by_link)
async def move_up(asked: Asked, _ref: str, chosen: Sequence[str]) -> None:
    """A rule was chosen that goes up."""
    permit, routing = permit_of(asked), service(asked, RoutingService)
    await show_panel(asked, lambda: routing.move_up(permit, next(iter(chosen), "")), in_place=True)


@asks(Action.ROUTING, by_link)
async def remove_rule(asked: Asked, _ref: str, chosen: Sequence[str]) -> None:
    permit, routing = permit_of(asked), service(asked, RoutingService)
    await show_panel(asked, lambda: routing.remove(permit, next(iter(chosen), "")), in_place=True)


@asks(Action.ROUTING, by_link)
async def turn_off(asked: Asked, _ref: str) -> None:
    """The button [Turn off]."""
    permit, routing = permit_of(asked), service(asked, RoutingService)
    await show_panel(asked, lambda: routing.switch(permit, is_on=False), in_place=True)


@asks(Action.ROUTING, by_link)
async def turn_on(asked: Asked, _ref: str) -> None:
    permit, routing = permit_of(asked), service(asked, RoutingService)
    await show_panel(asked, lambda: routing.switch(permit, is_on=True), in_place=True)


async def show_panel(
    asked: Asked, deed: Callable[[], Awaitable[RoutingPanel]], *, in_place: bool = False
) -> None:
    """Show what is set then. The permit is for ROUTING. `in_place`: a panel stays, and says why not."""

    async def shown() -> Said:
        try:
            panel = await deed()
        except RoutingRefused as refused:
            if not in_place:
                raise
            panel = await service(asked, RoutingService).show(permit_of(asked), str(refused))
        return AnswerContent(panel.post, choice=panel.choices or None)

    await private(asked, shown, in_place=in_place)


BUTTONS: ButtonHandlers = {
    texts.OFF: turn_off,
    texts.ON: turn_on,
}
LISTS: ListHandlers = {
    texts.UP: move_up,
    texts.REMOVE: remove_rule,
}
