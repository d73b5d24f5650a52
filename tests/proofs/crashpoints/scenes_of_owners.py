"""Scenes of owners: linking, digests, posts, mass messages."""

from collections.abc import Mapping

from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import (
    PATIENCE,
    CrashpointScene,
    begin_again,
    died_at,
    nothing,
    until_taken,
)
from tests.proofs.soak.creator_setup import labels
from tests.proofs.soak.ledger_comparison import DIGESTS, digests
from tests.proofs.soak.owner_actions import SEND, publish, say_what_is_there, write_to_all
from tests.proofs.soak.soak_scenario import SoakCreator

# ── linking ──


async def _links(bench: CrashpointScenario) -> None:
    await bench.open(await bench.new_house())


async def _finish_linking(bench: CrashpointScenario) -> None:
    """The owner whose browser met a dead bridge begins again."""
    house = bench.town.houses[-1]
    await begin_again(bench, lambda bench: bench.open(house))
    fan = house.fans[0]
    await fan.write(bench.words())


async def _unlinks(bench: CrashpointScenario) -> None:
    await _unlink(bench, bench.town.houses[-1])


async def _unlink(bench: CrashpointScenario, house: SoakCreator) -> None:
    asked = await house.owner.slash(house.guild, house.lobby, "account unlink")
    await asked.done(PATIENCE)
    if "Yes, disconnect" in labels(asked.message):
        answer = await house.owner.click(asked.message, "Yes, disconnect")
        await answer.until(lambda now: "is disconnected" in now.text, PATIENCE)


async def _unlinked(bench: CrashpointScenario) -> None:
    """Whoever dies over this owes it to Fanvue; the next process pays."""
    await _links(bench)
    await _unlink(bench, bench.town.houses[-1])


# ── the daily digest ──


async def _owner_of_digests(bench: CrashpointScenario) -> None:
    """A creator of her own: a digest comes once a day, however often the scene is played."""
    await _links(bench)
    bench.town.discord.world.add_channel(bench.town.houses[-1].guild, DIGESTS)


async def _digest(bench: CrashpointScenario) -> None:
    """Between these two zones lies a day, whatever the time is: the digest of that day is due at once."""
    house, world = bench.town.houses[-1], bench.town.discord.world
    channel = next(which for which in house.guild.channel_ids if world.channels[which].name == DIGESTS)
    wishes = (
        ("money digest set", {"channel": channel, "hour": 0, "zone": "Pacific/Midway"}),
        ("settings zone", {"zone": "Pacific/Kiritimati"}),
    )
    for command, options in wishes:
        answer = await house.owner.slash(house.guild, house.lobby, command, **options)
        await answer.done(PATIENCE)
    await world.until(lambda: digests(bench.town, house), PATIENCE)


async def _finish_digest(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await begin_again(bench, _digest)


# ── posts ──


async def _post(bench: CrashpointScenario) -> None:
    """One preview is closed, another one is confirmed."""
    house = bench.house()
    closed = await house.owner.slash(
        house.guild, house.lobby, "post new", text=bench.words(), media=house.media[0]
    )
    await closed.done(PATIENCE)
    if closed.message is not None and "Cancel" in labels(closed.message):
        await house.owner.click(closed.message, "Cancel")
    answer = await publish(house, bench.words())
    if answer is not None:
        await answer.until(lambda now: "Post published" in now.text, PATIENCE)


async def _post_unanswered(bench: CrashpointScenario) -> None:
    bench.town.fanvue.faults.add("lose_answer", "POST", "/posts$")
    await _post(bench)


async def _post_absent(bench: CrashpointScenario) -> None:
    """Nobody knows what became of it, and its owner is asked; that takes ten minutes, divided."""
    bench.town.fanvue.faults.add("error_before", "POST", "/posts$", status=502)
    await until_taken(lambda: publish(bench.house(), bench.words()))
    await bench.asked()


async def _says_what_is_there(bench: CrashpointScenario) -> None:
    """She looks, and says that it is not there."""
    await say_what_is_there(bench.town)


async def _finish_post(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await begin_again(bench, _post)


# ── mass messages ──


async def _mass(bench: CrashpointScenario) -> None:
    answer = await write_to_all(bench.house(), bench.words())
    if answer is not None:
        await answer.until(lambda now: "Mass message sent" in now.text, PATIENCE)


async def _mass_grown(bench: CrashpointScenario) -> None:
    """So many subscribe between preview and press that it is shown again, and confirmed again."""
    house = bench.house()
    asked = await house.owner.slash(
        house.guild, house.lobby, "mass new", to="subscribers", text=bench.words()
    )
    await asked.done(PATIENCE)
    for _ in range(2):
        offered = next((label for label in labels(asked.message) if label.startswith(SEND)), None)
        if offered is None:
            return
        for _ in range(len(house.fans) // 20 + 1):  # more than one in twenty
            await bench.new_fan()
        await house.owner.click(asked.message, offered)
        await asked.until(lambda now, was=offered: was not in labels(now.message), PATIENCE)  # type: ignore[misc]


async def _mass_unanswered(bench: CrashpointScenario) -> None:
    bench.town.fanvue.faults.add("lose_answer", "POST", "/mass-messages$")
    await _mass(bench)


async def _mass_absent(bench: CrashpointScenario) -> None:
    """Nobody knows what became of it, and its owner is asked; that takes ten minutes, divided."""
    bench.town.fanvue.faults.add("error_before", "POST", "/mass-messages$", status=502)
    await until_taken(lambda: write_to_all(bench.house(), bench.words()))
    await bench.asked()


async def _finish_mass(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await begin_again(bench, _mass)


# ── lists ──


async def _lists(bench: CrashpointScenario) -> None:
    """A list is made, gets a fan, another name, and goes."""
    house, first, second = bench.house(), bench.words()[:40], bench.words()[:40]
    fan = await bench.new_fan()
    deeds: list[tuple[str, dict[str, object]]] = [
        ("create", {"name": first}),
        ("rename", {"list": first, "name": second}),
        ("import", {"name": second, "file": ("fans.csv", f"{fan.handle}\nnobody at all".encode())}),
        ("delete", {"list": second}),
    ]
    for command, values in deeds:
        answer = await house.owner.slash(house.guild, house.lobby, f"mass list {command}", **values)
        await answer.done(PATIENCE)
        yes = next((one for one in labels(answer.message) if one.startswith(("Put", "Delete"))), None)
        if yes is not None:
            await house.owner.click(answer.message, yes)
        await answer.until(
            lambda now: any(end in now.text for end in ("Done", "is renamed", "is deleted")), PATIENCE
        )


async def _finish_lists(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge begins again with other names."""
    await begin_again(bench, _lists)


OWNERS: Mapping[str, CrashpointScene] = {
    "digest": CrashpointScene(_digest, before=_owner_of_digests, mend=_finish_digest),
    "post": CrashpointScene(_post, mend=_finish_post),
    "post, unanswered": CrashpointScene(_post_unanswered, mend=_finish_post),
    "post, absent": CrashpointScene(_says_what_is_there, before=_post_absent, leaves=True),
    "mass": CrashpointScene(_mass, mend=_finish_mass),
    "mass, grown": CrashpointScene(_mass_grown, mend=_finish_mass),
    "mass, unanswered": CrashpointScene(_mass_unanswered, mend=_finish_mass),
    "mass, absent": CrashpointScene(_says_what_is_there, before=_mass_absent, leaves=True),
    "lists": CrashpointScene(
        _lists,
        mend=_finish_lists,
        reaches=(
            "deed.list.make/do/",
            "deed.list.read/do/",
            "deed.list.add/do/",
            "deed.list.change/do/",
            "lists/put_on/",
        ),
    ),
    "links": CrashpointScene(
        _links,
        mend=_finish_linking,
        reaches=("deed.owner.tell/do/", "deed.owner.tell/settled/"),
    ),
    "unlinks": CrashpointScene(_unlinks, before=_links),
    "told at start": CrashpointScene(
        nothing,
        before=died_at("deed.owner.tell/do/after", _links),
        leaves=True,
        reaches=("deed.owner.tell/look/",),
    ),
    "revokes at start": CrashpointScene(
        nothing, before=died_at("oauth/revoke/before", _unlinked), leaves=True
    ),
}
