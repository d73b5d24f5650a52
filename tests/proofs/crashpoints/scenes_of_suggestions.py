"""Scenes of suggested posts: put up, edited, returned, taken back, decided."""

from collections.abc import Mapping

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from storage.database import Transaction
from tests.database_reader import opened
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again, while_down
from tests.proofs.soak.creator_setup import SetupNotSeen, labels

_ASK, _YES = "Ask for approval", "Publish now"


async def _team(bench: CrashpointScenario) -> None:
    """A creator of her own, who alone decides; one member may draft."""
    await bench.open(await bench.new_house())
    house = bench.town.houses[-1]
    who = {"to": house.members[0].user.id, "role": "trainee"}
    granted = await house.owner.slash(house.guild, house.lobby, "team grant", **who)
    await granted.done(PATIENCE)
    if "Yes, do it" in labels(granted.message):
        await house.owner.click(granted.message, "Yes, do it")
        await granted.until(lambda now: "Yes, do it" not in labels(now.message), PATIENCE)


async def _command(
    bench: CrashpointScenario, who: DiscordPerson, name: str, **typed: str
) -> InteractionAnswer:
    house = bench.town.houses[-1]
    answer = await who.slash(house.guild, house.lobby, name, **typed)
    await answer.done(PATIENCE)
    return answer


async def _press(who: DiscordPerson, answer: InteractionAnswer, label: str, end: str) -> None:
    """Press it, until the message says how that ended. Raises SetupNotSeen where there is no such button."""
    if label not in labels(answer.message):
        raise SetupNotSeen(f"there is no {label}")
    await who.click(answer.message, label)
    await answer.until(lambda now: end in now.text, PATIENCE)


async def _send(who: DiscordPerson, answer: InteractionAnswer, label: str, end: str, **fields: str) -> None:
    """The same with a window."""
    if label not in labels(answer.message):
        raise SetupNotSeen(f"there is no {label}")
    opened = await who.click(answer.message, label)
    await opened.opened(PATIENCE)
    await who.submit(opened, fields)
    await answer.until(lambda now: end in now.text, PATIENCE)


def _people(bench: CrashpointScenario) -> tuple[DiscordPerson, DiscordPerson]:
    house = bench.town.houses[-1]
    return house.owner, house.members[0]


async def _puts_up(bench: CrashpointScenario) -> None:
    """A member suggests a post."""
    _, member = _people(bench)
    asked = await _command(bench, member, "post new", text=bench.words())
    await _press(member, asked, _ASK, "submitted for approval")


async def _waits(bench: CrashpointScenario) -> None:
    """A post waits for its manager."""
    await _team(bench)
    await _puts_up(bench)


async def _reviews(bench: CrashpointScenario) -> InteractionAnswer:
    owner, _ = _people(bench)
    return await _command(bench, owner, "post review")


async def _publishes(bench: CrashpointScenario) -> None:
    owner, _ = _people(bench)
    await _press(owner, await _reviews(bench), _YES, "Post published")


async def _refuses(bench: CrashpointScenario) -> None:
    owner, _ = _people(bench)
    await _press(owner, await _reviews(bench), "Refuse", "Refused.")


async def _takes_back(bench: CrashpointScenario) -> None:
    _, member = _people(bench)
    mine = await _command(bench, member, "post suggested")
    await _press(member, mine, "Take back", "Taken back.")


async def _edits(bench: CrashpointScenario) -> None:
    """By its writer, then by her who may publish it."""
    owner, member = _people(bench)
    mine = await _command(bench, member, "post suggested")
    await _send(member, mine, "Edit", "Your change is saved", text=bench.words())
    await _send(owner, await _reviews(bench), "Edit", "Your change is saved", text=bench.words())


async def _returns(bench: CrashpointScenario) -> None:
    """And it is put up once more."""
    owner, member = _people(bench)
    await _send(owner, await _reviews(bench), "Return", "Returned.", why=bench.words())
    mine = await _command(bench, member, "post suggested")
    await _press(member, mine, _ASK, "It is waiting for a manager again")


# ── what must be so, wherever it died ──


def _made(bench: CrashpointScenario) -> int:
    return len(bench.town.fanvue.ledger.of("post", creator=bench.town.houses[-1].creator.uuid))


async def _still_decided_once(bench: CrashpointScenario) -> None:
    """What waits is published by one press more; what may have gone out is looked for, and then asked about.

    Never is there more on Fanvue than was put up.
    """
    await bench.quiet()

    async def publish(bench: CrashpointScenario) -> None:
        if _YES in labels((await _reviews(bench)).message):
            await _publishes(bench)

    await begin_again(bench, publish)
    await bench.quiet()
    made, dropped = _made(bench), _dropped(bench)
    assert (made, dropped) in {(1, 0), (0, 1)}, f"{made} posts of one suggestion, {dropped} given up"


def _dropped(bench: CrashpointScenario) -> int:
    """How many of her posts were looked for in vain, asked about, and given up."""
    creator = bench.town.houses[-1].creator.uuid
    sql = """SELECT 1 FROM outbox WHERE kind = 'proposed.post' AND state = 'cancelled'
               AND attempt_started IS NOT NULL AND creator_uuid = :creator"""
    with opened(bench.town.database) as db:
        return len(db.rows(sql, creator=creator))


async def _put_up_again(bench: CrashpointScenario) -> None:
    """Whose press met a dead bridge suggests it again, which is another one."""
    await bench.quiet()

    async def put_up(bench: CrashpointScenario) -> None:
        if _YES not in labels((await _reviews(bench)).message):
            await _puts_up(bench)

    await begin_again(bench, put_up)
    await begin_again(bench, _publishes)
    await bench.quiet()
    assert _made(bench) == 1, f"{_made(bench)} posts of one suggestion"


async def _never_published(bench: CrashpointScenario) -> None:
    """Whoever met a dead bridge takes it back once more, if it still waits."""
    await bench.quiet()

    async def end(bench: CrashpointScenario) -> None:
        if _YES in labels((await _reviews(bench)).message):
            await _takes_back(bench)

    await begin_again(bench, end)
    await bench.quiet()
    assert _made(bench) == 0, "a post is there that was refused, or taken back"


async def _returned_or_waits(bench: CrashpointScenario) -> None:
    """It waits for one of the two, and goes on from there."""
    await bench.quiet()
    _, member = _people(bench)

    async def again(bench: CrashpointScenario) -> None:
        mine = await _command(bench, member, "post suggested")
        if _ASK in labels(mine.message):
            await _press(member, mine, _ASK, "It is waiting for a manager again")

    await begin_again(bench, again)
    await _still_decided_once(bench)


async def _three_days_over(bench: CrashpointScenario) -> None:
    """It was put up, and nobody decided; no process is there."""
    await _waits(bench)
    await while_down(bench, _over)


async def _over(tx: Transaction) -> None:
    await tx.execute(
        """UPDATE drafts SET expires_at = created_at
           WHERE state = 'open' AND id IN (SELECT draft_id FROM suggested_posts)"""
    )


async def _lapses(bench: CrashpointScenario) -> None:
    """By itself: its line says so, and another one tells its writer."""
    await bench.town.discord.world.until(lambda: len(_lapsed(bench)) > 1, PATIENCE)


async def _lapsed_once(bench: CrashpointScenario) -> None:
    await _lapses(bench)
    await bench.quiet()
    assert sorted("The post that" in words for words in _lapsed(bench)) == [False, True]


def _lapsed(bench: CrashpointScenario) -> list[str]:
    """What the alerts channel says of it."""
    world, house = bench.town.discord.world, bench.town.houses[-1]
    lines = [line for one in house.guild.channel_ids for line in list(world.messages.get(one, {}).values())]
    return [line.text for line in lines if "expired" in line.text and not line.deleted]


SUGGESTIONS: Mapping[str, CrashpointScene] = {
    "suggestion, put up": CrashpointScene(
        _puts_up, before=_team, mend=_put_up_again, reaches=("deed.proposed.postask/do/",)
    ),
    "suggestion, published": CrashpointScene(
        _publishes,
        before=_waits,
        mend=_still_decided_once,
        reaches=(
            "suggestions/first/",
            "suggestions/approve/",
            "commit/decision_service.SuggestionDecisionService._approve/",
            "commit/decision_service.SuggestionDecisionService.approve/",
            "deed.proposed.post/do/",
        ),
    ),
    "suggestion, refused": CrashpointScene(
        _refuses,
        before=_waits,
        mend=_never_published,
        reaches=("suggestions/refuse/", "commit/decision_service.SuggestionDecisionService.refuse/"),
    ),
    "suggestion, taken back": CrashpointScene(
        _takes_back,
        before=_waits,
        mend=_never_published,
        reaches=(
            "suggestions/mine/",
            "suggestions/take_back/",
            "commit/decision_service.SuggestionDecisionService.take_back/",
        ),
    ),
    "suggestion, edited": CrashpointScene(
        _edits,
        before=_waits,
        mend=_still_decided_once,
        reaches=(
            "suggestions/window/",
            "suggestions/stage/",
            "suggestions/edit/",
            "commit/edit_service.SuggestionEditService.remake/",
        ),
    ),
    "suggestion, undecided for three days": CrashpointScene(
        _lapses,
        before=_three_days_over,
        mend=_lapsed_once,
        leaves=True,
        reaches=("commit/expiry.ExpiryTask.look/",),
    ),
    "suggestion, returned": CrashpointScene(
        _returns,
        before=_waits,
        mend=_returned_or_waits,
        reaches=(
            "suggestions/give_back/",
            "suggestions/again/",
            "commit/decision_service.SuggestionDecisionService.give_back/",
            "commit/edit_service.SuggestionEditService.again/",
        ),
    ),
}
