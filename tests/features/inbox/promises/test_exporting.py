"""What is handed out of promises, in words."""

import json

from bot.features.people.privacy.exporter import Exporter
from storage.records import FanId
from tests.features.inbox.promises.promises_scenario import PromisesScenario
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH


async def exported(pledges: PromisesScenario, fan: FanId | None) -> list[dict[str, object]]:
    written: list[str] = []
    names = pledges.effects.trail.pseudonyms
    exporter = Exporter(sealer=pledges.sealer, names=names, write=written.append)
    await pledges.database.read(lambda tx: exporter.export(tx, CREATOR, fan, now=pledges.clock.now()))
    found: list[dict[str, object]] = json.loads("".join(written))["promises"]
    return found


async def test_an_export_has_what_was_promised_and_why_it_was_dropped_of_whom_it_is_about(
    pledges: PromisesScenario,
) -> None:
    await pledges.came(NOAH)
    await pledges.promise("the video")
    await pledges.drop("she has it already")
    await pledges.promise("a song", fan=NOAH)

    hers, all_of_them = await exported(pledges, EMMA.id), await exported(pledges, None)

    assert [row["body"] for row in hers] == [{"what": "the video", "reason": "she has it already"}]
    assert len(all_of_them) == 2
