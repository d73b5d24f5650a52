"""The team's texts about another forum for a creator's fans (pure)."""

from bot.model.ports import Button, Post
from storage.records import DiscordId


def another(full: DiscordId, made: DiscordId, ref: str) -> Post:
    """A line in the alerts channel. `ref`: of the effect that posts it."""
    said = (
        f"<#{full}> is full, so new fans now open in <#{made}>. Existing fans stay, and every "
        "command works in both."
    )
    return Post(
        title="Another forum for new fans",
        body=(said,),
        small="The same members see it, and it is age-restricted too. Move it in the list as you like.",
        buttons=(Button("team.doctor", ref, "Who sees it"),),
    )
