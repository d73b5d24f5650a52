"""The texts of linking: in a command's answer, privately, in alerts."""

from bot.engine.outbox import EffectRequest, Effects, pack_post, wanted_alert
from bot.engine.streams import answer_stream, owner_stream
from bot.model.language import msgid
from bot.model.ports import Post
from storage.database import Transaction
from storage.inbox import forums
from storage.records import CreatorId

LINK_AGAIN = msgid(
    "Fanvue needs a new sign-in. The creator can do it with /link; what is waiting is sent afterwards."
)


async def answer(
    tx: Transaction,
    effects: Effects,
    *,
    command: str,
    cause: str,
    part: str,
    post: Post,
    creator: CreatorId | None = None,
) -> None:
    """Have the private answer of a `/link` show `post`."""
    await effects.add(
        tx,
        EffectRequest(
            network="discord",
            kind="answer",
            stream=answer_stream(command),
            creator=creator or CreatorId(""),
            cause=cause,
            part=part,
            body={"command": command, "post": pack_post(post)},
        ),
    )


async def alert(
    tx: Transaction, effects: Effects, *, creator: CreatorId, cause: str, part: str, post: Post
) -> None:
    """Post into the creator's alerts channel, if they have one."""
    forum = await forums.of_creator(tx, creator)
    if forum is None:
        return
    await effects.add(tx, wanted_alert(creator, cause=cause, part=part, post=post, channel=forum.alerts))


async def tell_owner(
    tx: Transaction, effects: Effects, *, creator: CreatorId, cause: str, part: str, post: Post
) -> None:
    """Write privately to the person who linked the creator, if they take private messages."""
    await effects.add(
        tx,
        EffectRequest(
            network="discord",
            kind="owner.tell",
            stream=owner_stream(creator),
            creator=creator,
            cause=cause,
            part=part,
            body={"post": pack_post(post)},
        ),
    )
