"""What a live check proved is used by the bridge, and told by `doctor`."""

from pathlib import Path

import pytest

from bot.fanvue.budget import RequestLane
from bot.fanvue.errors import RequestInvalid
from bot.fanvue.lists_api import ListSelection, NewMassMessage
from bot.fanvue.operations import LIST_FIELDS, ApiSurface
from bot.fanvue.proven import NAME, ProvenFacts, read_proven
from bot.fanvue.transport import open_http
from bot.features.operations.live_check.record import write_proven
from bot.settings.loader import load
from tests.fanvue.fanvue_scenario import LINK, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.features.operations.live_check.live_check_people import LiveCheckPeople
from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario

OTHER = LIST_FIELDS[1]


@pytest.mark.asyncio(loop_scope="package")
async def test_a_check_keeps_what_it_proved_and_doctor_tells_it(asked: LiveCheckScenario) -> None:
    asked.switches.private_webhook_urls = True
    asked.switches.list_field = OTHER
    people = LiveCheckPeople(asked, asked.house.fan("Testa Frey", handle="testfan"), no=frozenset({4}))

    await people.check()
    said = await asked.command()

    settings = load({}, asked.env_file())
    facts = read_proven(settings.state_folder())
    assert facts is not None
    assert facts.fields_for(settings.fanvue_api_version) == dict.fromkeys(ApiSurface, OTHER)
    assert f"open questions answered; lists are named by {OTHER} on v1, {OTHER} on unversioned" in said.out


async def test_a_mass_message_names_lists_as_was_proven() -> None:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.holds(evening.server.world.grant(evening.account).access_token)
        evening.server.switches.list_field = OTHER
        made = evening.server.world.add_list(evening.account, "mine", [evening.fan])
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)
        mass = NewMassMessage(ListSelection(custom=(str(made.uuid),)), text="hello")
        with pytest.raises(RequestInvalid):
            await api.lists.send_mass(mass, key="one")

        evening.fanvue.addresses.list_fields = {ApiSurface.V1: OTHER}
        sent = await api.lists.send_mass(mass, key="two")

        assert sent.recipient_count == 1


def test_only_what_this_version_tries_is_believed(tmp_path: Path) -> None:
    facts = ProvenFacts(1, "2025-06-26", 3, 25, {"v1": "everyone", "unversioned": OTHER, "v9": OTHER})
    write_proven(tmp_path, facts)

    kept = read_proven(tmp_path)

    assert kept is not None
    assert kept.fields_for("2025-06-26") == {ApiSurface.UNVERSIONED: OTHER}
    assert kept.fields_for("2027-01-01") == {}


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"at": "now", "contract": "x", "answered": 1, "asked": 2}']
)
def test_a_file_that_cannot_be_read_proves_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)

    assert read_proven(tmp_path) is None
