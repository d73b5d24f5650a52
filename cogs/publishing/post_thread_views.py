"""/post follow, and the buttons in a followed post's thread."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.access.policy import Action
from bot.discord.answers import private, tell
from bot.discord.asking import asks, by_ref, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.windows import open_window
from bot.features.publishing.post_threads.follow_service import PostFollowService
from bot.features.publishing.post_threads.service import PostThreadService
from bot.model.language import msgid, tr
from cogs.publishing.manage_post_views import comment

_LIMIT = 4000
_NOT_KNOWN = msgid("This comment is no longer stored here. Answer below the post with /post comment.")


class CommentAnswerWindow(ui.Modal, title=msgid("Answer below the post")):
    """Asks for a text; its result is shown before anything is published."""

    text: ui.Label[Any] = ui.Label(
        text=msgid("Your comment, as the creator"),
        description=msgid("Everyone who sees the post will see it. You confirm it first."),
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=_LIMIT, required=True
        ),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:comment.reply:{ref}")
        self.stop()  # as in `cogs.inbox.reply_windows`


async def follow_posts(asked: Asked, *, on: bool) -> None:
    """/post follow."""
    permit = permit_of(asked)
    await private(asked, lambda: service(asked, PostFollowService).set(permit, on=on))


@asks(Action.POST_CHANGE, by_ref)
async def answer_window(asked: Asked, ref: str) -> None:
    """The button [Reply] under a comment."""
    await open_window(asked, CommentAnswerWindow(ref))


@asks(Action.POST_CHANGE, by_ref)
async def submitted_answer(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """The window was sent: it goes the way of /post comment, with its preview and its one press."""
    desk = service(asked, PostThreadService)
    post = await desk.post_of(ref)
    if post is None:
        await tell(asked, tr(_NOT_KNOWN))
        return
    await comment(asked, post, fields.get("text", ""), above=await desk.answered(ref))


@asks(Action.POST_FIGURES, by_ref)
async def show_figures(asked: Asked, ref: str) -> None:
    """The button [Tips and revenue]."""
    level = permit_of(asked).money

    await private(asked, lambda: service(asked, PostThreadService).figures(ref, level))


BUTTONS: ButtonHandlers = {
    "comment.reply": answer_window,
    "postcard.figures": show_figures,
}
WINDOWS: WindowHandlers = {
    "comment.reply": submitted_answer,
}
