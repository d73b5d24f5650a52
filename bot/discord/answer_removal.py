"""Takes a private answer away, with all its files."""

from bot.discord.direct_requests import DirectRequests


class PrivateAnswerRemover:
    """Deletes by the interaction's token, good for fifteen minutes. Raises one of the four failures."""

    def __init__(self, direct: DirectRequests) -> None:
        self._direct = direct

    async def remove(self, application: int, token: str) -> None:
        """Delete the answer; TargetGone when it is gone already."""
        await self._direct.call("DELETE", f"/webhooks/{application}/{token}/messages/@original", as_bot=False)
