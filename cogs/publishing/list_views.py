"""/mass list on Discord: lists of fans shown, changed and filled; its buttons."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import (
    NOT_TAKEN,
    AnswerContent,
    Said,
    in_place,
    private,
    server_wish_of,
    tell,
    two_phase,
)
from bot.discord.asking import Given, Options, Resolved, asks, here_or_chosen, permit_about, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.discord.message_bodies import AnswerFile
from bot.engine.commands import PRESS, Commands
from bot.features.publishing.lists.build_service import ListBuildService
from bot.features.publishing.lists.search_service import ListSearchService
from bot.features.publishing.lists.service import ListService
from bot.model.language import msgid, tr
from cogs.people.privacy_views import by_question
from storage.records import CommandId, DiscordId

_MOST = 1_000_000  # bytes of a file
_SECONDS = 30.0  # for reading it
_TOO_BIG = msgid("This file is larger than 1 MB, so nobody was put on a list. Split it into smaller ones.")
_COMMAND = "list"
_REPORT = "matched-nobody.txt"
_NO_REPORT = msgid("Discord did not accept the file with all unmatched handles. To get it, import again.")

Deed = Callable[[Permit, CommandId], Awaitable[str | None]]


async def about_job(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator whose fans the button's job puts on a list."""
    creator = await service(asked, ListBuildService).creator_of(str(given[1]))
    return await permit_about(asked, action, ActionSubject(creator) if creator is not None else None)


async def show_lists(asked: Asked, which: str | None) -> None:
    """/mass list show."""
    permit = permit_of(asked)
    await private(asked, lambda: service(asked, ListSearchService).show(permit, which))


async def create(asked: Asked, name: str) -> None:
    """/mass list create."""
    await _do(asked, lambda permit, command: service(asked, ListService).create(permit, name, command))


async def rename(asked: Asked, which: str, name: str) -> None:
    """/mass list rename."""
    await _do(asked, lambda permit, command: service(asked, ListService).rename(permit, which, name, command))


async def add_fan(asked: Asked, which: str, fan: str | None) -> None:
    """/mass list add."""
    channel = DiscordId(asked.channel_id or 0)
    await _do(
        asked, lambda permit, command: service(asked, ListService).add(permit, which, fan, channel, command)
    )


async def remove_fan(asked: Asked, which: str, fan: str | None) -> None:
    """/mass list remove."""
    channel = DiscordId(asked.channel_id or 0)
    await _do(
        asked,
        lambda permit, command: service(asked, ListService).remove(permit, which, fan, channel, command),
    )


async def ask_delete(asked: Asked, which: str) -> None:
    """/mass list delete."""
    permit = permit_of(asked)
    await private(asked, lambda: service(asked, ListService).ask_delete(permit, which))


async def build(asked: Asked, name: str, query: Mapping[str, Any]) -> None:
    """/mass list build."""
    permit = permit_of(asked)
    await private(asked, lambda: service(asked, ListBuildService).ask(permit, name, query))


async def import_file(asked: Asked, name: str, file: discord.Attachment) -> None:
    """/mass list import."""
    if file.size > _MOST:
        await tell(asked, tr(_TOO_BIG))
        return
    permit = permit_of(asked)

    async def ask() -> Said:
        try:
            async with asyncio.timeout(_SECONDS):
                content = await file.read()
        except (discord.HTTPException, aiohttp.ClientError, TimeoutError):
            return tr("We couldn't get the file from Discord, so nobody was put on a list. Please try again.")
        post, report = await service(asked, ListBuildService).ask_file(permit, name, content)
        more = AnswerFile(_REPORT, report.encode(errors="replace")) if report else None
        return AnswerContent(
            post, file=more, without=replace(post, small=f"{post.small or ''}\n{tr(_NO_REPORT)}".strip())
        )

    await private(asked, ask)


# ── buttons ──


@asks(Action.LIST_BUILD, by_question, confirms=True)
async def build_yes(asked: Asked, _ref: str) -> None:
    """The button that puts them on the list."""
    proof = confirmed(asked)
    await _do(asked, lambda _, command: service(asked, ListBuildService).yes(proof, command), pressed=True)


@asks(Action.LIST_BUILD, by_question)
async def build_no(asked: Asked, ref: str) -> None:
    """The button [No]."""
    permit = permit_of(asked)
    await in_place(asked, lambda: service(asked, ListBuildService).no(permit, ref))


@asks(Action.LIST_DELETE, by_question, confirms=True)
async def delete_yes(asked: Asked, _ref: str) -> None:
    """The button [Delete]."""
    proof = confirmed(asked)
    await _do(asked, lambda _, command: service(asked, ListService).delete(proof, command), pressed=True)


@asks(Action.LIST_DELETE, by_question)
async def delete_no(asked: Asked, ref: str) -> None:
    """The button [Keep]."""
    permit = permit_of(asked)
    await in_place(asked, lambda: service(asked, ListService).keep(permit, ref))


@asks(Action.LIST_EDIT, about_job)
async def stop(asked: Asked, ref: str) -> None:
    """The button [Stop]."""
    await _do(
        asked,
        lambda permit, command: service(asked, ListBuildService).stop(permit, ref, command),
        pressed=True,
    )


@asks(Action.LIST_EDIT, about_job)
async def resume(asked: Asked, ref: str) -> None:
    """The button [Resume]."""
    await _do(
        asked,
        lambda permit, command: service(asked, ListBuildService).resume(permit, ref, command),
        pressed=True,
    )


@asks(Action.LIST_SHOW, here_or_chosen, offers=True)
async def offer_own_lists(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The creator's lists, while one is typed."""
    found = await service(asked, ListSearchService).suggest(permit_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


@asks(Action.LIST_EDIT, here_or_chosen, offers=True)
async def offer_list_fans(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The creator's fans, while one is typed."""
    found = await service(asked, ListSearchService).suggest_fans(permit_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


async def _do(asked: Asked, deed: Deed, *, pressed: bool = False) -> None:
    """Have it done. The answer is shown by what is decided, so that a late one never covers a newer one."""
    wish = server_wish_of(asked)
    permit = permit_of(asked)

    async def accept(command: CommandId) -> Said | None:
        if not await service(asked, Commands).accept(command):
            return tr(NOT_TAKEN)
        return await deed(permit, command)

    await two_phase(
        asked,
        stage=lambda: service(asked, Commands).stage(wish, action=_COMMAND + PRESS if pressed else _COMMAND),
        accept=accept,
        in_place=pressed,
    )


BUTTONS: ButtonHandlers = {
    "list.yes": build_yes,
    "list.no": build_no,
    "list.stop": stop,
    "list.go": resume,
    "list.delete": delete_yes,
    "list.keep": delete_no,
}
