"""/team sent and /team blocked: histories for leads, page by page."""

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import asks, each, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.message_bodies import AnswerFile
from bot.features.people.reviews.model import ReviewPage
from bot.features.people.reviews.sent_service import SentRepliesService
from bot.features.people.reviews.stopped_service import StoppedRepliesService
from bot.model.language import msgid, tr
from bot.relay.review_wishes import SentRepliesWish, StoppedRepliesWish
from storage.records import CreatorId

_NO_FILE = msgid("We couldn't attach the file here. Run the command again without `as_file:`.")


def creator_chosen(asked: Asked, typed: str | None) -> CreatorId | None:
    """The creator whom the command names; None: all of them."""
    return permits_of(asked)[0].creator if typed else None


async def show_sent(asked: Asked, wish: SentRepliesWish, *, as_file: bool) -> None:
    """/team sent."""
    permits, sent = permits_of(asked), service(asked, SentRepliesService)

    async def deed() -> Said:
        return _shown(await sent.look(permits, wish, as_file=as_file), "sent.csv")

    await private(asked, deed)


async def show_blocked(asked: Asked, wish: StoppedRepliesWish, *, as_file: bool) -> None:
    """/team blocked."""
    permits, stopped = permits_of(asked), service(asked, StoppedRepliesService)

    async def deed() -> Said:
        return _shown(await stopped.look(permits, wish, as_file=as_file), "blocked.csv")

    await private(asked, deed)


@asks(Action.REVIEW_SENT, each)
async def turn_sent(asked: Asked, ref: str) -> None:
    """The buttons under a page of what was sent."""
    permits, sent = permits_of(asked), service(asked, SentRepliesService)

    async def deed() -> Said:
        return _shown(await sent.turn(permits, ref))

    await private(asked, deed, in_place=True)


@asks(Action.REVIEW_BLOCKED, each)
async def turn_blocked(asked: Asked, ref: str) -> None:
    """The buttons under a page of what was stopped."""
    permits, stopped = permits_of(asked), service(asked, StoppedRepliesService)

    async def deed() -> Said:
        return _shown(await stopped.turn(permits, ref))

    await private(asked, deed, in_place=True)


def _shown(page: ReviewPage, name: str = "") -> Said:
    if page.file is None:
        return page.post
    return AnswerContent(page.post, file=AnswerFile(name, page.file), without=tr(_NO_FILE))


BUTTONS: ButtonHandlers = {
    "review.sent": turn_sent,
    "review.blocked": turn_blocked,
}
