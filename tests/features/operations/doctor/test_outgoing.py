"""The doctor asks whether somebody is there to be told, and tells them nothing."""

import pytest

from bot.sandbox.free_ports import free_port
from tests.fanvue.peer_stand_in import PeerStandIn, reply
from tests.features.operations.doctor.doctor_scenario import DoctorScenario
from tests.features.operations.telemetry.collector_stand_in import CollectorStandIn

pytestmark = pytest.mark.asyncio(loop_scope="package")

OPERATOR = ("OPERATOR_WEBHOOK_URL", "OPERATOR_NTFY_URL", "OPERATOR_PING_URL")
TRACES, ASSISTANT = "OTEL_EXPORTER_OTLP_ENDPOINT", "ASSISTANT_URL"


async def test_without_such_a_setting_there_is_no_such_line(patient: DoctorScenario) -> None:
    found = await patient.examined()

    assert {one["name"] for one in found.checks} & {*OPERATOR, TRACES, ASSISTANT} == set()


async def test_whoever_answers_is_told_of_nothing(patient: DoctorScenario) -> None:
    async with PeerStandIn() as far, CollectorStandIn() as collector:
        far.does(reply(405))
        named = dict.fromkeys(OPERATOR, f"{far.url}/a-secret-path")
        found = await patient.examined(
            **named, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url, OTEL_EXPORTER_OTLP_HEADERS="key=s3cr3t%20word"
        )

        assert [found.line(name)[0] for name in (*OPERATOR, TRACES)] == ["ok"] * 4
        assert found.not_ok() == {}
        assert "405 to an empty request" in found.line(OPERATOR[0])[1]
        assert {(one.method, one.body) for one in far.seen} == {("OPTIONS", b"")}
        # A call of the whole address would count as a good minute.
        assert sorted(one.path for one in far.seen) == ["/", "/a-secret-path", "/a-secret-path"]
        assert collector.bodies == [b""]
        assert collector.last.headers["key"] == "s3cr3t word"
    assert "a-secret" not in found.text
    assert "s3cr3t" not in found.text


@pytest.mark.parametrize(
    ("status", "names"),
    [
        pytest.param(404, {"OPERATOR_WEBHOOK_URL", "OPERATOR_NTFY_URL", TRACES}, id="not there"),
        pytest.param(503, {*OPERATOR, TRACES}, id="does not work"),
        pytest.param(None, {*OPERATOR, TRACES}, id="nobody"),
    ],
)
async def test_what_speaks_against_an_address_is_told_with_what_to_do(
    patient: DoctorScenario, status: int | None, names: set[str]
) -> None:
    async with PeerStandIn() as far:
        far.does(reply(status or 200))
        url = far.url if status else f"http://127.0.0.1:{free_port()}"
        named = dict.fromkeys(OPERATOR, f"{url}/a-secret-path")
        found = await patient.examined(**named, OTEL_EXPORTER_OTLP_ENDPOINT=url)

    assert found.not_ok() == dict.fromkeys(names, "warn")
    assert found.code == 3
    for name in names:
        assert ("cannot be reached" if status is None else str(status)) in found.line(name)[1]
        assert not found.line(name)[1].endswith("→ ")
    assert "a-secret" not in found.text


@pytest.mark.parametrize(
    ("status", "body", "level", "words"),
    [
        pytest.param(200, b'{"data": [{"id": "qwen3:8b"}]}', "ok", "has the model", id="there"),
        pytest.param(200, b'{"data": [{"id": "other"}]}', "warn", "does not list the model", id="no model"),
        pytest.param(401, b"", "warn", "refuses the key", id="wrong key"),
        pytest.param(404, b"", "warn", "answers 404", id="wrong address"),
        pytest.param(None, b"", "warn", "cannot be reached", id="nobody"),
    ],
)
async def test_the_assistants_server_is_asked_for_its_models_alone(
    patient: DoctorScenario, status: int | None, body: bytes, level: str, words: str
) -> None:
    async with PeerStandIn() as far:
        far.does(reply(status or 200, body))
        url = far.url if status else f"http://127.0.0.1:{free_port()}"
        found = await patient.examined(
            ASSISTANT_URL=f"{url}/v1", ASSISTANT_MODEL="qwen3:8b", ASSISTANT_KEY="s3cr3t"
        )

    assert found.line(ASSISTANT)[0] == level
    assert words in found.line(ASSISTANT)[1]
    assert {(one.method, one.path, one.body) for one in far.seen} <= {("GET", "/v1/models", b"")}
    assert "s3cr3t" not in found.text
