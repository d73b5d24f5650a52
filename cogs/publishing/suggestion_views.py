"""Suggested posts on Discord: for managers, for their writers, and every button."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.access.subjects import ActionSubject, ActionSubjectFinder
from bot.discord.answers import in_place, private, server_wish_of, tell, two_phase
from bot.discord.asking import (
    Given,
    Options,
    Resolved,
    actor_of,
    asks,
    by_draft,
    each,
    permit_about,
    permits_of,
)
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.confirming import confirmed
from bot.discord.windows import open_window
from bot.features.publishing.suggestions.decision_service import SuggestionDecisionService
from bot.features.publishing.suggestions.edit_service import SuggestionEditService
from bot.features.publishing.suggestions.list_service import SuggestionListService
from bot.model.ports import Post
from bot.text.price_input import NotAPrice, cents_of
from cogs.publishing.suggestion_windows import EDIT, RETURN, SuggestionReturnWindow, SuggestionWindow
from storage.records import CommandId, DraftId

Act = Callable[[CommandId, Actor], Awaitable[Post | str]]


async def by_suggestion(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of a suggested post, for members who may draft; the action asks whose it is."""
    found = await service(asked, ActionSubjectFinder).of_draft(str(given[1]))
    return await permit_about(asked, action, ActionSubject(found.creator) if found is not None else None)


async def show_suggestions(asked: Asked) -> None:
    """Answer privately with the one that waits longest."""
    permits, listing = permits_of(asked), service(asked, SuggestionListService)
    await private(asked, lambda: listing.first(permits))


async def show_mine(asked: Asked) -> None:
    """Answer privately with the newest that this person suggested."""
    permits, listing = permits_of(asked), service(asked, SuggestionListService)
    await private(asked, lambda: listing.mine(permits))


@asks(Action.POST_ASK, each)
async def show_next(asked: Asked, ref: str) -> None:
    """The button [Next] below one's own."""
    permits, listing = permits_of(asked), service(asked, SuggestionListService)
    await in_place(asked, lambda: listing.mine(permits, DraftId(ref)))


@asks(Action.POST, by_draft, confirms=True)
async def approve(asked: Asked, ref: str) -> None:
    """The button that has it published."""
    proof = confirmed(asked)
    await _press(asked, ref, lambda command, _: _deciding(asked).approve(command, proof))


@asks(Action.POST, by_draft)
async def refuse(asked: Asked, ref: str) -> None:
    """The button [Refuse]."""
    await _press(asked, ref, _deciding(asked).refuse)


@asks(Action.POST, by_draft)
async def return_window(asked: Asked, ref: str) -> None:
    """The button [Return]."""
    await open_window(asked, SuggestionReturnWindow(ref))


@asks(Action.POST, by_draft)
async def submitted_return(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    await _press(asked, ref, _deciding(asked).give_back, {"why": fields.get("why", "")})


@asks(Action.POST_ASK, by_suggestion)
async def take_back(asked: Asked, ref: str) -> None:
    """The buttons [Take back] and [Discard], of its writer."""
    await _press(asked, ref, _deciding(asked).take_back)


@asks(Action.POST_ASK, by_suggestion)
async def again(asked: Asked, ref: str) -> None:
    """The button [Ask for approval] below one that was returned."""
    await _press(asked, ref, _rewriting(asked).again)


@asks(Action.POST_ASK, by_suggestion)
async def edit_window(asked: Asked, ref: str) -> None:
    """The button [Edit], of its writer and of managers."""
    try:
        now = await _rewriting(asked).window(actor_of(asked), DraftId(ref))
    except asked.client.context.refusals as refused:
        await tell(asked, str(refused))
        return
    await open_window(asked, SuggestionWindow(ref, now))


@asks(Action.POST_ASK, by_suggestion)
async def submitted_edit(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    try:
        cents = cents_of(fields.get("price"))
    except NotAPrice as wrong:
        await tell(asked, str(wrong))
        return
    await _press(asked, ref, _rewriting(asked).edit, {"fields": dict(fields), "price": cents})


BUTTONS: ButtonHandlers = {
    "suggest.yes": approve,
    EDIT: edit_window,
    RETURN: return_window,
    "suggest.no": refuse,
    "suggest.back": take_back,
    "suggest.again": again,
    "suggest.next": show_next,
}
WINDOWS: WindowHandlers = {
    EDIT: submitted_edit,
    RETURN: submitted_return,
}


async def _press(asked: Asked, ref: str, act: Act, body: Mapping[str, Any] | None = None) -> None:
    """Keep it, answer, and only then act; the preview becomes the answer."""
    wish, actor, rewriting = server_wish_of(asked), actor_of(asked), _rewriting(asked)
    await two_phase(
        asked,
        stage=lambda: rewriting.stage(wish, DraftId(ref), body),
        accept=lambda command: act(command, actor),
        in_place=asked.message is not None,
    )


def _deciding(asked: Asked) -> SuggestionDecisionService:
    return service(asked, SuggestionDecisionService)


def _rewriting(asked: Asked) -> SuggestionEditService:
    return service(asked, SuggestionEditService)
