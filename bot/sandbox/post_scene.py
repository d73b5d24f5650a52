"""The owner publishes a post: types it, looks at the preview, presses once."""

from bot.sandbox import patience
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.evening import EveningPost
from bot.sandbox.stage import DemoStage


async def preview(stage: DemoStage, post: EveningPost) -> InteractionAnswer:
    """The preview, before anything happens."""
    values = {"text": post.text, "audience": post.audience, "price": post.price, "when": post.when}
    if post.price is not None:
        values["media"] = " ".join(stage.media[:2])
    typed = {name: value for name, value in values.items() if value is not None}
    answer = await stage.owner.slash(stage.guild, stage.lobby, "post new", **typed)
    return await answer.done(patience.SECONDS)


async def publish(stage: DemoStage, post: EveningPost, shown: InteractionAnswer) -> str:
    """Press it; return the text of the same message when it is done."""
    assert isinstance(shown.message, StandInMessage)
    await stage.owner.click(shown.message, post.button)
    ends = ("Post published", "Post scheduled", "Post: not", "Nothing was")
    await shown.until(lambda now: any(end in now.text for end in ends), patience.SECONDS)
    return shown.text
