"""Takes a private answer away, with all its files; says in it what came late."""

from bot.discord.direct_requests import DirectRequests
from bot.discord.message_bodies import edit_of
from bot.model.ports import Post


class PrivateAnswerRemover:
    """Deletes by the interaction's token, good for fifteen minutes. Raises one of the four failures."""

    def __init__(self, direct: DirectRequests) -> None:
        self._direct = direct

    async def remove(self, application: int, token: str) -> None:
        """Delete the answer; TargetGone when it is gone already."""
        await self._direct.call("DELETE", f"/webhooks/{application}/{token}/messages/@original", as_bot=False)

    async def say(self, application: int, token: str, words: str) -> None:
        """Have the answer show these words; saying them twice does no harm."""
        path = f"/webhooks/{application}/{token}/messages/@original"
        await self._direct.call("PATCH", path, edit_of(Post(body=(words,))), as_bot=False)
