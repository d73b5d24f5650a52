"""The team's texts about another forum for a creator's fans (pure)."""

from bot.model.language import tr
from bot.model.ports import Button, Post
from storage.records import DiscordId


def another(full: DiscordId, made: DiscordId, ref: str) -> Post:
    """A line in the alerts channel. `ref`: of the effect that posts it."""
    said = tr(
        "<#{full}> is full, so new fans now open in <#{made}>. Existing fans stay, and every "
        "command works in both.",
        full=full,
        made=made,
    )
    return Post(
        title=tr("Another forum for new fans"),
        body=(said,),
        small=tr("The same members see it, and it is age-restricted too. Move it in the list as you like."),
        buttons=(Button("team.doctor", ref, tr("Who sees it")),),
    )
