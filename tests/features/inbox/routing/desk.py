"""`Routing` of a desk: says what it was told."""

from bot.features.inbox.routing.service import RoutingPanel, RoutingService
from bot.model.ports import Post
from tests.discord.desk_answers import answering


def _said(words: str) -> RoutingPanel:
    return RoutingPanel(Post(body=(words,)), ())


STAND_INS = answering(
    RoutingService,
    show=_said("The rules."),
    add=lambda typed: _said(f"Rule: {typed.when} for {typed.target_kind}."),
    values=lambda typed: [(typed or "vip", typed or "vip")],
    remove=_said("Removed."),
    move_up=_said("Moved."),
    switch=lambda is_on: _said(f"On: {is_on}."),
)
