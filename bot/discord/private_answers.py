"""Takes a private answer away, with all its files; says in it what came late."""

from bot.discord.direct_requests import DirectRequests
from bot.discord.message_bodies import edit_of, private_of
from bot.model.ports import ORIGINAL, Post


class PrivateAnswers:
    """Deletes by the interaction's token, good for fifteen minutes. Raises one of the four failures."""

    def __init__(self, direct: DirectRequests) -> None:
        self._direct = direct

    async def remove(self, application: int, token: str, message: str = ORIGINAL) -> None:
        """Delete the answer; TargetGone when it is gone already."""
        await self._direct.call("DELETE", f"/webhooks/{application}/{token}/messages/{message}", as_bot=False)

    async def say(self, application: int, token: str, words: str) -> None:
        """Have the answer show these words; saying them twice does no harm."""
        path = f"/webhooks/{application}/{token}/messages/{ORIGINAL}"
        await self._direct.call("PATCH", path, edit_of(Post(body=(words,))), as_bot=False)

    async def say_beside(self, application: int, token: str, words: str) -> str:
        """Say them in a private message of its own, and return its id."""
        body = private_of(Post(body=(words,)))
        made = await self._direct.call("POST", f"/webhooks/{application}/{token}", body, as_bot=False)
        return str(made["id"])
