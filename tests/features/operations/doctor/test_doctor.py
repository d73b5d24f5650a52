"""The command against both stand-ins: all well, then one fault each."""

import base64

import pytest

from bot.sandbox.discord import channels
from bot.sandbox.discord.model import StandInOverwrite
from bot.sandbox.discord.permissions import SEND_IN_THREADS, VIEW_CHANNEL
from bot.sandbox.discord.standalone import APPLICATION_ID
from bot.sandbox.program import until
from tests.features.operations.doctor.doctor_scenario import DoctorScenario
from tests.proofs.faults.live_bridge import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="package")

NOBODY = "http://127.0.0.1:1"  # no machine listens there
ELSEWHERE = "sqlite:////dev/null/bridge.sqlite3"
OTHER_KEY = "5:" + base64.b64encode(b"5" * 32).decode()


async def test_all_is_well(patient: DoctorScenario) -> None:
    found = await patient.examined()

    assert found.not_ok() == {}
    assert (found.code, found.ok) == (0, True)
    assert found.line("creator.message.received") == ("ok", "seen just now → ")
    assert found.line("bridge")[1].startswith(f"runs as process {patient.house.pid}")
    assert {"token", "keys", "damage", "disk", "PUBLIC_URL", "API", "scopes", "waiting"} <= {
        one["name"] for one in found.checks
    }


async def test_it_can_be_read_in_a_terminal(patient: DoctorScenario) -> None:
    code, text = await patient.command()

    assert code == 0
    assert "\nDiscord server Luna's studio\n  ok       server" in text
    assert text.splitlines()[-1].startswith("All is well: ")
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("name", "value", "line", "verdict", "words"),
    [
        ("DISCORD_TOKEN", "hush-hush", "token", "bad", "Discord does not accept it"),
        ("DISCORD_API_URL", NOBODY, "token", "bad", "reach Discord"),
        ("DISCORD_APPLICATION_ID", "77", "application", "bad", f"DISCORD_APPLICATION_ID={APPLICATION_ID}"),
        (
            "DISCORD_REDIRECT_URI",
            "http://localhost:1/oauth/discord/callback",
            "sign-in",
            "bad",
            "is not registered",
        ),
        (
            "DISCORD_REDIRECT_URI",
            "http://localhost:1/oauth/discord/callback",
            "DISCORD_REDIRECT_URI",
            "bad",
            "is not under PUBLIC_URL",
        ),
        ("ENCRYPTION_KEYS", OTHER_KEY, "keys", "bad", "do not open this database"),
        ("DATABASE_URL", "sqlite:////dev/null/bridge.sqlite3", "disk", "bad", "cannot write in /dev/null"),
        (
            "DATABASE_URL",
            "sqlite:////dev/null/bridge.sqlite3",
            "another bridge",
            "bad",
            "on another database",
        ),
        ("FANVUE_API_URL", NOBODY, "API", "bad", "could not be reached"),
        ("FANVUE_AUTH_URL", NOBODY, "app", "bad", "could not be reached"),
        ("FANVUE_API_VERSION", "2025-01-15", "API", "bad", "it names 2025-06-26"),
        ("FANVUE_API_VERSION", "2024-01-01", "API", "bad", "does not accept version 2024-01-01"),
        ("FANVUE_CLIENT_ID", "hush-hush", "app", "bad", "would refuse every /link"),
        ("PUBLIC_URL", NOBODY, "PUBLIC_URL", "bad", "cannot be reached"),
        ("LISTEN", NOBODY.removeprefix("http://"), "LISTEN", "bad", "does not answer"),
        ("ADMIN_LISTEN", NOBODY.removeprefix("http://"), "bridge", "bad", "does not answer at ADMIN_LISTEN"),
        ("FANVUE_SUBSCRIBE", "auto", "webhook", "warn", "not subscribed"),
    ],
)
async def test_a_wrong_setting_is_told_and_hides_nothing_else(
    patient: DoctorScenario, name: str, value: str, line: str, verdict: str, words: str
) -> None:
    found = await patient.examined(**{name: value})

    said, sentence = found.line(line)
    assert (said, words in sentence) == (verdict, True), sentence
    assert (found.code, found.ok) == (1 if verdict == "bad" else 3, False)
    assert {"program", "clock, by Fanvue", "waiting"} <= {one["name"] for one in found.checks}
    assert "hush-hush" not in found.text


@pytest.mark.parametrize(
    ("statement", "line", "verdict", "words"),
    [
        ("UPDATE links SET scopes = replace(scopes, 'read:creator', '')", "read:creator", "warn", "payments"),
        (
            "UPDATE links SET scopes = replace(scopes, 'read:creator', '')",
            "creator.payment.succeeded",
            "warn",
            "scope missing: read:creator",
        ),
        ("UPDATE links SET scopes = replace(scopes, 'write:chat', '')", "write:chat", "bad", "no replies"),
        ("DELETE FROM heard", "creator.message.received", "warn", "never seen → See"),
        (
            "UPDATE watermarks SET unread_since = 0",
            "list of chats",
            "bad",
            "Fanvue refuses it since 1970-01-01 00:00 UTC; what no live event reports is not found",
        ),
        ("DELETE FROM heard", "live events", "warn", "none was ever seen → Tick it"),
        ("UPDATE heard SET last_at = 0", "creator.message.received", "ok", "days ago"),
        (
            "INSERT INTO gaps SELECT 'g', creator_uuid, 'silent', 0, NULL, 0 FROM links",
            "live events",
            "bad",
            "silent since 1970-01-01 00:00 UTC",
        ),
        ("UPDATE links SET state = 'relink_required'", "Fanvue sign-in", "bad", "runs /link"),
        ("UPDATE links SET state = 'unlinking'", "Fanvue sign-in", "warn", "taken back"),
        ("UPDATE tokens SET expires_at = 0", "Fanvue sign-in", "ok", "will be refreshed"),
        ("DELETE FROM tokens", "Fanvue sign-in", "bad", "no tokens"),
        ("UPDATE links SET state = 'closed'", "creators", "warn", "nobody is linked"),
        ("UPDATE forums SET creator_uuid = NULL", "forum", "bad", "runs /setup"),
        ("UPDATE forums SET forum_id = 1", "forum", "bad", "the channel was deleted"),
        ("UPDATE forums SET guild_id = 1", "server", "bad", "not on this server"),
        ("UPDATE servers SET application_id = 72", "servers", "bad", "run --take-over-from"),
        (
            "UPDATE outbox SET attention = 'why' WHERE kind = 'post'",
            "waiting",
            "warn",
            "waiting for a person to decide: 1",
        ),
        ("INSERT INTO migrations VALUES (9999, 'x', 'x', 0)", "database", "bad", "knows only up to"),
        ("UPDATE migrations SET checksum = 'x'", "database", "bad", "was edited"),
        ("DROP TABLE migrations", "database", "bad", "is no database of this bridge"),
        ("INSERT INTO kept VALUES ('restored', '1')", "origin", "bad", "fanvue-bridge restored"),
        ("UPDATE instance SET epoch = 'x'", "origin", "warn", "did not run here last"),
        ("UPDATE inbox SET body_ct = x'01013901'", "keys", "bad", "made with key 9"),
    ],
)
async def test_what_the_database_tells(
    patient: DoctorScenario, statement: str, line: str, verdict: str, words: str
) -> None:
    found = await patient.examined(**patient.copied(statement))

    lines = [one for one in found.checks if one["name"] == line and one["verdict"] == verdict]
    assert [words in f"{one['says']} → {one['do']}" for one in lines][:1] == [True], found.not_ok()
    assert found.code == (1 if "bad" in found.not_ok().values() else 3)


async def test_a_message_that_only_looking_found_is_told(patient: DoctorScenario) -> None:
    found = await patient.examined(
        **patient.copied(
            "DELETE FROM heard WHERE event = 'message.received'",
            "INSERT INTO heard SELECT creator_uuid, 'payment', 1 FROM links",
            "UPDATE inbox SET source = 'sweep', dup_count = 0",
        )
    )

    assert found.line("creator.message.received")[0] == "warn"
    assert "never seen, although checking found messages:" in found.line("creator.message.received")[1]
    assert found.line("creator.message.sent") == ("ok", "never seen so far; others come → ")


async def test_with_auto_an_event_that_is_subscribed_may_never_have_come(patient: DoctorScenario) -> None:
    house = patient.house
    url = f"{house.stage.public_url}/webhooks/fanvue"
    columns = "'s', creator_uuid, id, '{}', '{}', x'01', 'active', 0, NULL"
    subscribed = "INSERT INTO subscriptions SELECT " + columns + " FROM links"  # noqa: S608 - a copy
    statement = subscribed.format(url, "creator.payment.succeeded")

    found = await patient.examined(FANVUE_SUBSCRIBE="auto", **patient.copied("DELETE FROM heard", statement))

    assert found.line("creator.payment.succeeded") == ("ok", "never seen so far; subscribed → ")
    assert found.line("creator.message.sent")[0] == "warn"


async def test_a_token_that_fanvue_ended_is_left_to_the_bridge(patient: DoctorScenario) -> None:
    fanvue = patient.house.stage.fanvue
    copy = patient.copied()
    fanvue.world.tokens.expire_access(patient.house.stage.creator.uuid)

    found = await patient.examined(**copy)

    assert found.line("Fanvue sign-in")[0] == "warn"
    assert "the bridge will refresh it" in found.line("Fanvue sign-in")[1]


async def test_a_damaged_file_is_told(patient: DoctorScenario) -> None:
    settings = patient.copied()
    path = patient.folder / "copy.sqlite3"
    raw = bytearray(path.read_bytes())
    raw[5 * 4096 : 40 * 4096] = bytes(35 * 4096)
    path.write_bytes(raw)

    found = await patient.examined(**settings)

    assert found.line("damage")[0] == "bad"
    assert found.code == 1


async def test_a_file_that_is_no_database_is_told(patient: DoctorScenario) -> None:
    (patient.folder / "text").write_text("This is a text, and long enough to be read as one." * 100)

    found = await patient.examined(DATABASE_URL=f"sqlite:///{patient.folder}/text")

    assert found.line("database")[0] == "bad"
    assert found.line("creators")[0] == "unknown"
    assert found.line("token")[0] == "ok"


async def test_before_the_first_start_there_is_no_database_and_that_is_well(patient: DoctorScenario) -> None:
    found = await patient.examined(DATABASE_URL=f"sqlite:///{patient.folder}/new/bridge.sqlite3")

    assert found.line("database") == ("ok", "there is none yet: the first start makes it → ")
    assert not (patient.folder / "new").exists()


async def test_a_lost_permission_and_an_open_forum_are_told(patient: DoctorScenario) -> None:
    stage = patient.house.stage
    (forum,) = (one for one in stage.discord.world.channels.values() if one.name == "luna-fans")
    kept, nsfw = dict(forum.overwrites), forum.nsfw
    own = kept[APPLICATION_ID]
    less = own.allow & ~SEND_IN_THREADS
    forum.overwrites[APPLICATION_ID] = StandInOverwrite(own.id, own.type, less, SEND_IN_THREADS)
    forum.overwrites[stage.guild.id] = StandInOverwrite(stage.guild.id, 0, VIEW_CHANNEL, 0)
    forum.nsfw = False

    found = await patient.examined()
    forum.overwrites.clear()
    forum.overwrites.update(kept)
    forum.nsfw = nsfw
    channels.changed(stage.discord.world, forum, stage.owner.user.id)

    verdict, sentence = found.line("#luna-fans")
    assert verdict == "bad"
    assert "lacks Send Messages in Threads and Posts; everyone" in sentence
    assert "not marked age-restricted" in sentence
    assert found.line("#luna-alerts")[0] == "ok"


async def test_what_the_portal_says_is_compared(patient: DoctorScenario) -> None:
    application = patient.house.stage.discord.world.applications[APPLICATION_ID]
    application.intents_enabled = frozenset({"message_content"})
    application.interactions_url = "https://elsewhere.example.org"

    found = await patient.examined()
    application.intents_enabled, application.interactions_url = frozenset(), None

    assert found.line("intents") == ("ok", "none is needed; turned on anyway: message_content → ")
    assert found.line("commands")[0] == "bad"


async def test_a_bot_on_many_servers_is_told_how_many_sessions_discord_advises(
    patient: DoctorScenario,
) -> None:
    gateway = patient.house.stage.discord.gateway
    gateway.shards = 3

    few, enough = await patient.examined(), await patient.examined(DISCORD_SHARDS="3")
    gateway.shards = 1

    verdict, sentence = few.line("sessions")
    assert (verdict, "advises 3 sessions" in sentence) == ("warn", True), sentence
    assert enough.line("sessions") == ("ok", "3 by DISCORD_SHARDS; Discord advises 3 → ")


async def test_shards_need_processes_and_a_file_is_for_one(patient: DoctorScenario) -> None:
    found = await patient.examined(DISCORD_SHARDS="2")

    verdict, sentence = found.line("settings")
    assert verdict == "bad"
    assert sentence == (
        "DISCORD_SHARDS=2 takes as many processes, and a SQLite file is for one → "
        "Set DISCORD_SHARDS=1, or DATABASE_URL to a PostgreSQL database (docs/scaling.md)."
    )


async def test_the_intent_that_the_settings_ask_for_is_looked_for(patient: DoctorScenario) -> None:
    application = patient.house.stage.discord.world.applications[APPLICATION_ID]

    lacking = await patient.examined(MESSAGE_CONTENT="on")
    application.intents_enabled = frozenset({"message_content"})
    found = await patient.examined(MESSAGE_CONTENT="on")
    application.intents_enabled = frozenset()

    assert lacking.line("intents")[0] == "bad"
    assert "MESSAGE_CONTENT=off" in lacking.line("intents")[1]
    assert found.line("intents") == ("ok", "turned on as needed: message_content → ")


async def test_a_fanvue_that_cuts_every_connection_is_told(patient: DoctorScenario) -> None:
    patient.house.stage.fanvue.faults.down = True

    found = await patient.examined()

    assert (found.line("API")[0], found.line("app")[0]) == ("unknown", "unknown")
    assert found.line("clock, by Fanvue")[0] == "unknown"
    assert found.line("token")[0] == "ok"
    assert found.code == 3


async def test_files_that_others_may_read_are_told(patient: DoctorScenario) -> None:
    copy = patient.copied()
    (patient.folder / "copy.sqlite3").chmod(0o644)

    found = await patient.examined(**copy)

    assert found.line("files")[0] == "warn"
    assert f"chmod 600 {patient.folder}/copy.sqlite3" in found.line("files")[1]


async def test_a_bridge_that_does_not_run_is_told_and_its_address_is_not_judged(
    patient: DoctorScenario,
) -> None:
    await patient.house.stage.bridge.stop()

    found = await patient.examined(**patient.copied("UPDATE tokens SET expires_at = 0"))

    assert found.not_ok() == {"bridge": "unknown", "PUBLIC_URL": "unknown"}
    assert "Start it" in found.line("PUBLIC_URL")[1]
    assert found.line("LISTEN")[0] == found.line("ADMIN_LISTEN")[0] == "ok"
    assert found.code == 3


async def test_a_port_that_another_program_has_is_told(patient: DoctorScenario) -> None:
    await patient.house.stage.bridge.stop()
    taken = patient.house.stage.discord.url.removeprefix("http://")

    found = await patient.examined(LISTEN=taken)

    assert found.line("LISTEN")[1].startswith(f"another program answers at {taken}")


async def test_webhooks_that_another_secret_signed_are_told(patient: DoctorScenario) -> None:
    house = patient.house
    await house.restart()
    body = b"{}"
    assert await house.post(body, house.sealed(body, secret="another")) == 401

    found = await patient.examined()

    assert found.line("signatures")[0] == "bad"
    assert "FANVUE_WEBHOOK_SECRETS" in found.line("signatures")[1]


async def test_a_bridge_that_is_not_ready_says_why(patient: DoctorScenario) -> None:
    house = patient.house
    (application,) = house.stage.discord.world.applications.values()
    good, application.token = application.token, "another.token"
    house.stage.discord.faults.drop_gateway(4004)
    await until(lambda: house.unready("token"), PATIENCE)
    application.token = good

    found = await patient.examined()
    await house.restart()

    assert found.line("bridge")[0] == "ok"
    assert found.line("bridge: discord")[0] == "bad"
    assert "DISCORD_TOKEN" in found.line("bridge: discord")[1]


async def test_looking_changes_nothing_and_tells_no_secret(patient: DoctorScenario) -> None:
    stage = patient.house.stage
    await stage.bridge.stop()  # so that whatever is asked, the doctor asks it
    copy = patient.copied()
    path = patient.folder / "copy.sqlite3"
    whole, asked = path.read_bytes(), len(stage.discord.ledger)
    told = len(stage.fanvue.ledger.of("request"))

    found = [await patient.examined(**copy), await patient.examined(**copy, DISCORD_TOKEN="x" * 70)]

    deeds = stage.discord.ledger.of("request", since=asked)
    calls = [entry["method"] for entry in stage.fanvue.ledger.of("request")][told:]
    assert path.read_bytes() == whole
    assert {entry.data["method"] for entry in deeds} | set(calls) == {"GET"}
    assert stage.discord.ledger.count("gateway_identified", since=asked) == 0
    secret = ("TOKEN", "SECRET", "SECRETS", "KEYS")
    hidden = [value for name, value in patient.settings().items() if name.endswith(secret)]
    assert len(hidden) >= 4
    assert [value for value in [*hidden, "x" * 70] for one in found if value in one.text] == []
