"""The owner writes to everybody: types it, looks at the preview, presses once."""

from collections import Counter
from collections.abc import Sequence

from bot.sandbox import patience
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.evening import EveningMassMessage
from bot.sandbox.stage import DemoStage
from bot.sandbox.tally import RelayCount, labels

_ENDS = ("Mass message sent", "Mass message: ", "othing was sent")


async def preview(stage: DemoStage, blast: EveningMassMessage) -> InteractionAnswer:
    """The preview, before anything happens."""
    values = {"to": blast.to, "text": blast.text, "price": blast.price, "media": stage.media[0]}
    answer = await stage.owner.slash(stage.guild, stage.lobby, "mass new", **values)
    return await answer.done(patience.SECONDS)


def button(shown: InteractionAnswer) -> str:
    """The send button's label: to how many, as far as Fanvue tells."""
    offered = labels(shown.message) if shown.message is not None else []
    return next((label for label in offered if label.startswith("Send to")), "")


async def send(stage: DemoStage, shown: InteractionAnswer) -> str:
    """Press it; return the text of the same message when it is done."""
    await stage.owner.click(shown.message, button(shown))
    await shown.until(
        lambda now: any(end in now.text for end in _ENDS) and "on its way" not in now.text, patience.SECONDS
    )
    return shown.text


def massed(stage: DemoStage, blasts: Sequence[EveningMassMessage]) -> RelayCount:
    """Count in the ledger: to the right fans, in the right words, at the right price, once."""
    everybody = {fan.uuid for fan in stage.fans.values()}  # by the end of the evening all of them subscribe
    sums = Counter[str]()
    made = stage.fanvue.ledger.of("mass")
    for blast in blasts:
        right = [
            entry
            for entry in made
            if (entry["text"], entry["price"]) == (blast.text, blast.cents)
            and entry["media"] == stage.media[:1]
            and Counter(entry["recipients"]) == Counter(everybody)
        ]
        sums["there"] += bool(right)
        sums["lost"] += not right
        sums["duplicated"] += max(len(right) - 1, 0)
    sums["misrouted"] = len(made) - sums["there"] - sums["duplicated"]
    return RelayCount(sums["there"], sums["lost"], sums["duplicated"], sums["misrouted"])
