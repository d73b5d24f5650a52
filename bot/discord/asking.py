"""Every handler asks first: `@asks` names its action and whom it is about.

There is no other way in: a handler without it is not registered, and what a handler needs to know about the
creator it can only take from the permit that the asking left on the interaction.
"""

import functools
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from inspect import signature
from typing import Any, TypeVar, cast

import discord
from discord import app_commands

from bot.access.permits import Access, Actor, Permit
from bot.access.policy import POLICY, Action, ActionNeed
from bot.access.subjects import ActionSubject, ActionSubjectFinder
from bot.discord import confirming, denials
from bot.discord.answers import ONLY_ON_A_SERVER, SHOWS, tell
from bot.discord.autocomplete import creators_among
from bot.discord.bridge import Asked, service
from bot.model.language import msgid, tr
from storage.records import CreatorId, DiscordId, Link

# One sentence for what is not there and for what is not allowed, so that nobody learns which it was.
NOT_HERE = msgid(
    "You don't have access to this here. Ask the owner; /team explain shows what your role can do."
)
NOT_IN_A_THREAD = msgid(
    "This works only in a fan's thread: open the fan's post in the creator's forum and use it there."
)
_NOT_MANAGING = msgid("You need the permission “Manage Server” for this. Ask someone who has it.")
_NOT_CONNECTED = msgid("This creator is not connected to Fanvue right now. The owner reconnects with /link.")
_PERMITS, _CREATOR = "permits", "creator"
_WHICH_CREATOR = "Which creator, if there are several."

Given = tuple[Any, ...]
Options = Mapping[str, Any]
# Says which permits somebody has for what they ask about: none, one or, where all are listed, several.
Resolved = list[Permit] | str
Resolver = Callable[[Asked, Action, Given, Options], Awaitable[Resolved]]
Handler = TypeVar("Handler", bound=Callable[..., Coroutine[Any, Any, Any]])


class NotConnected(Exception):
    """Raised where the creator's own link is needed and there is none; str() is the sentence for people."""


def asks(
    action: Action, about: Resolver, *, offers: bool = False, confirms: bool = False
) -> Callable[[Handler], Handler]:
    """The handler runs only with a permit for `action`; its option `creator` offers those there are.

    `offers`: it suggests something while somebody types; without a permit it suggests nothing.
    `confirms`: it is the second press of what is asked about twice; nothing but a press gets in.
    """
    if confirms:
        confirming.confirmable(action)

    def decorate(handler: Handler) -> Handler:
        @functools.wraps(handler)
        async def asking(*given: Any, **options: Any) -> Any:
            asked = next(one for one in given if isinstance(one, discord.Interaction))
            found = await about(asked, action, given, options)
            if not found or isinstance(found, str):
                refusal = found if isinstance(found, str) else tr(NOT_HERE)
                if not offers:
                    await tell(asked, refusal)
                # Afterwards: how long the answer takes must not tell either.
                await denials.note(asked, actor_of(asked))
                return [] if offers else None
            if confirms and not confirming.take(asked, found, given):
                return await tell(asked, tr(confirming.NOTHING_ASKED))
            asked.extras[_PERMITS], asked.extras[SHOWS] = found, POLICY[found[0].action].visible
            return await handler(*given, **options)

        # All are read by the test that goes through all handlers, and by /help.
        asking.asks, asking.confirms, asking.about = action, confirms, about  # type: ignore[attr-defined]
        if _CREATOR in signature(handler).parameters:
            _offer_creators(asking, action)
        return cast("Handler", asking)

    return decorate


def _offer_creators(handler: Handler, action: Action) -> None:
    """Describe a command's option `creator` and what it offers; the command itself may say otherwise."""

    @asks(action, each, offers=True)
    async def offered(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
        return creators_among(permits_of(asked), typed)

    app_commands.describe(creator=_WHICH_CREATOR)(handler)
    app_commands.autocomplete(creator=offered)(handler)


def actor_of(asked: Asked) -> Actor:
    """Return the actor by Discord's own payload."""
    # The payload's ids: `Member.roles` would need the server's roles in a cache that may not be there yet.
    roles = asked.user._roles if isinstance(asked.user, discord.Member) else ()  # noqa: SLF001
    may = asked.permissions
    return Actor(
        user=DiscordId(asked.user.id),
        guild=DiscordId(asked.guild_id) if asked.guild_id is not None else None,
        roles=frozenset(DiscordId(role) for role in roles),
        manages=may.administrator or may.manage_guild,
    )


def permit_of(asked: Asked) -> Permit:
    """The one permit that the asking left."""
    (permit,) = permits_of(asked)
    return permit


def permits_of(asked: Asked) -> list[Permit]:
    """All that the asking left; KeyError where nobody asked."""
    permits: list[Permit] = asked.extras[_PERMITS]
    return permits


def creator_of(asked: Asked) -> CreatorId:
    """The creator whom the permit is about."""
    creator = permit_of(asked).creator
    assert creator is not None, "the action is about a creator"
    return creator


def role_of(asked: Asked) -> str:
    """Return the asker's role for the permit's creator; '' where it is about none."""
    standing = permit_of(asked).standing
    return standing.role.value if standing is not None else ""


def link_of(asked: Asked) -> Link:
    """The link of the permit's creator. Raises NotConnected."""
    link = permit_of(asked).link
    if link is None:
        raise NotConnected(tr(_NOT_CONNECTED))
    return link


# ── whom something is about ──


async def nobody(asked: Asked, action: Action, _given: Given, _options: Options) -> Resolved:
    if asked.guild_id is None:
        return tr(ONLY_ON_A_SERVER)
    found = _one(await service(asked, Access).authorize(actor_of(asked), action))
    # This is Discord's own to know, and tells nothing about any creator.
    return found or (tr(_NOT_MANAGING) if POLICY[action].needs is ActionNeed.MANAGE_SERVER else [])


async def each(asked: Asked, action: Action, _given: Given, _options: Options) -> Resolved:
    """About every creator for whom they may."""
    if asked.guild_id is None:
        return tr(ONLY_ON_A_SERVER)
    return list(await service(asked, Access).permitted(actor_of(asked), action))


async def chosen(asked: Asked, action: Action, _given: Given, options: Options) -> Resolved:
    """About the creator whom the option `creator` names; without it, the only one."""
    if asked.guild_id is None:
        return tr(ONLY_ON_A_SERVER)
    wanted: str | None = options.get("creator") or getattr(asked.namespace, "creator", None)
    found = await service(asked, Access).permitted(actor_of(asked), action)
    if wanted is None and len(found) > 1:
        return tr("You work with several creators – pick one in `creator:`.")
    # Discord does not force a choice from the list, so what was typed is looked up among these.
    named = [permit for permit in found if wanted is None or _is(permit, wanted)]
    if wanted is not None and not named:
        await denials.remember_name(asked, action, wanted)
    return named if len(named) == 1 else []


async def here(asked: Asked, action: Action, _given: Given, _options: Options) -> Resolved:
    """About the creator in whose fan's thread this is."""
    if asked.guild_id is None or asked.channel_id is None:
        return tr(ONLY_ON_A_SERVER)
    if not isinstance(asked.channel, discord.Thread):
        return tr(NOT_IN_A_THREAD)
    found = await service(asked, ActionSubjectFinder).of_channel(
        DiscordId(asked.channel_id), DiscordId(asked.guild_id)
    )
    return await permit_about(asked, action, found)


async def here_or_chosen(asked: Asked, action: Action, given: Given, options: Options) -> Resolved:
    """About the thread's creator if they may, unless another one is chosen."""
    if not (options.get("creator") or getattr(asked.namespace, "creator", None)):
        found = await here(asked, action, given, options)
        if found and not isinstance(found, str):
            return found
    return await chosen(asked, action, given, options)


async def by_link(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of the link that the button names."""
    found = await service(asked, Access).permitted(actor_of(asked), action)
    named = [permit for permit in found if permit.link is not None and permit.link.id == given[1]]
    if not named:
        await denials.remember_name(asked, action, str(given[1]))
    return named


async def by_ref(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of what the button names."""
    return await permit_about(asked, action, await service(asked, ActionSubjectFinder).of_ref(str(given[1])))


async def by_draft(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator, and for the action, that a preview proposes."""
    return await permit_about(
        asked, action, await service(asked, ActionSubjectFinder).of_draft(str(given[1]))
    )


async def by_note(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About what a note tells of, likewise."""
    return await permit_about(asked, action, await service(asked, ActionSubjectFinder).of_note(str(given[1])))


async def permit_about(asked: Asked, action: Action, found: ActionSubject | None) -> Resolved:
    wanted = found.action or action if found is not None else action
    if asked.guild_id is None and not POLICY[wanted].anywhere:
        return tr(ONLY_ON_A_SERVER)
    if found is None:
        return []
    permit = await service(asked, Access).authorize(actor_of(asked), wanted, found.creator)
    if permit is None:
        denials.remember(asked, wanted, found.creator)
    return _one(permit)


def _one(permit: Permit | None) -> list[Permit]:
    return [] if permit is None else [permit]


def _is(permit: Permit, wanted: str) -> bool:
    if permit.link is None:
        return False
    handle = wanted.strip().lstrip("@").casefold()
    return wanted == permit.link.id or permit.link.handle.casefold() == handle
