"""A window as earlier versions opened it: with fields for ids of media."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.components import INPUT
from bot.sandbox.discord.window_components import LABEL


def with_ids(opened: InteractionAnswer) -> InteractionAnswer:
    """The same window, which also takes media and a preview; what it is sent with still counts."""
    assert opened.modal is not None
    for name in ("media", "preview"):
        field = {"type": INPUT, "custom_id": name, "style": 1, "required": False, "max_length": 1000}
        opened.modal["components"].append({"type": LABEL, "label": name, "component": field})
    return opened
