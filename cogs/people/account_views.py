"""Buttons of a link: its last question, and its end, also in private messages."""

from collections.abc import Sequence

from bot.access.policy import Action
from bot.access.subjects import ActionSubject, ActionSubjectFinder
from bot.discord.answers import Said, in_place, private
from bot.discord.asking import (
    Given,
    Options,
    Resolved,
    actor_of,
    asks,
    by_link,
    link_of,
    nobody,
    permit_about,
)
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.accounts.unlink_service import EndedLink
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR
from bot.text.safe_text import safe
from storage.records import DiscordId, DraftId, Link

_ROOM = 1_500  # characters of a list: two of them and the rest fit into one message


@asks(Action.LINK, nobody, confirms=True)
async def yes(asked: Asked, _ref: str) -> None:
    """The owner says yes to the question of their link."""
    linking = service(asked, AccountLinkService)
    await in_place(asked, lambda: linking.answer(confirmed(asked)))


@asks(Action.LINK_ANSWER, nobody)
async def no(asked: Asked, ref: str) -> None:
    linking = service(asked, AccountLinkService)
    await in_place(asked, lambda: linking.refuse(ref, _me(asked)))


@asks(Action.LINK, nobody, confirms=True)
async def instead(asked: Asked, _ref: str) -> None:
    """The owner says yes, and that the account takes the place of the one that was named."""

    async def deed() -> Said:
        said, ended = await service(asked, AccountLinkService).instead(confirmed(asked))
        return said if ended is None else Post(body=(said, *_ended(ended)), accent=QUIET_COLOUR)

    await in_place(asked, deed)


@asks(Action.UNLINK, by_link)
async def ask_unlink(asked: Asked, _ref: str) -> None:
    """Asks once more before a link of one's own ends; from a receipt, so also in private messages."""
    await private(asked, lambda: ask_end(asked), anywhere=True)


async def by_end(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of the link whose end was asked about; also in private messages."""
    found = await service(asked, ActionSubjectFinder).of_draft(str(given[1]))
    return await permit_about(asked, action, ActionSubject(found.creator) if found is not None else None)


@asks(Action.UNLINK, by_end, confirms=True)
async def unlink(asked: Asked, _ref: str) -> None:
    """End a link of one's own."""

    async def deed() -> Said:
        ended = await service(asked, AccountLinkService).unlink(confirmed(asked))
        if ended is None:  # the question was answered, or its link is another by now
            return tr("This has expired or was already answered. Disconnect an account with /account unlink.")
        return Post(body=tuple(_ended(ended)), accent=QUIET_COLOUR)

    await in_place(asked, deed, anywhere=True)


@asks(Action.UNLINK, by_end)
async def keep(asked: Asked, ref: str) -> None:
    async def deed() -> Said:
        await service(asked, AccountLinkService).keep(DraftId(ref), _me(asked))
        return tr("No changes made.")

    await in_place(asked, deed, anywhere=True)


async def ask_end(asked: Asked) -> Said:
    """The question before the permit's link ends."""
    link = link_of(asked)
    return _sure(link, await service(asked, AccountLinkService).ask_end(link, actor_of(asked)))


def _sure(link: Link, ref: DraftId) -> Post:
    return Post(
        title=tr("Disconnect @{handle}?", handle=safe(link.handle)),
        body=(
            tr("New messages no longer arrive here, and waiting replies are not sent."),
            tr("The threads stay, but they are frozen. Connect again at any time with /link."),
        ),
        buttons=(
            Button("unlink.yes", ref, tr("Yes, disconnect"), "danger"),
            Button("unlink.no", ref, tr("No, keep it")),
        ),
    )


def _me(asked: Asked) -> DiscordId:
    return DiscordId(asked.user.id)


def _ended(ended: EndedLink) -> list[str]:
    name = f"**@{safe(ended.handle)}**"
    over = tr("We are revoking the bridge's access and erasing its keys.")
    said = [
        tr(
            "{name} is disconnected. {over} You can also remove the app on Fanvue itself. "
            "Connect again with /link.",
            name=name,
            over=over,
        ),
        tr(
            "Its threads stay, but they are frozen: they belong to {name}, and replies in them are refused.",
            name=name,
        ),
    ]
    if ended.not_sent:
        said.append(_listed(tr("No longer sent:"), ended.not_sent))
    if ended.unclear:
        said.append(_listed(tr("Still on the way; check on Fanvue whether it arrived:"), ended.unclear))
    return said


def _listed(heading: str, lines: Sequence[str]) -> str:
    said, room = [heading], _ROOM
    for number, line in enumerate(lines):
        room -= len(line) + len("\n- ")
        if room < 0:
            said.append(tr("… and {number} more; their threads show which.", number=len(lines) - number))
            break
        said.append(f"- {line}")
    return "\n".join(said)


BUTTONS: ButtonHandlers = {
    "link.yes": yes,
    "link.instead": instead,
    "link.no": no,
    "unlink.ask": ask_unlink,
    "unlink.yes": unlink,
    "unlink.no": keep,
}
