"""Settings: everything wrong is named at once, and no secret is ever shown."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings.loader import SettingsError, load
from bot.settings.model import Settings
from bot.settings.value_rules import SocketAddress, closed_to_others

KEY_7 = "7:" + base64.b64encode(b"7" * 32).decode()
KEY_6 = "6:" + base64.b64encode(b"6" * 32).decode()

WHOLE = {
    "DISCORD_TOKEN": "MTIzNDU2Nzg5MA.a-discord-token",  # its first part is the application's number
    "DISCORD_APPLICATION_ID": "1234567890",
    "DISCORD_CLIENT_SECRET": "a-discord-secret",
    "DISCORD_REDIRECT_URI": "https://bridge.example.org/oauth/discord/callback",
    "FANVUE_CLIENT_ID": "a-client",
    "FANVUE_CLIENT_SECRET": "a-fanvue-secret",
    "FANVUE_REDIRECT_URI": "https://bridge.example.org/oauth/fanvue/callback",
    "FANVUE_WEBHOOK_SECRETS": "old-hook-secret,new-hook-secret",
    "ENCRYPTION_KEYS": f"{KEY_7},{KEY_6}",
    "PUBLIC_URL": "https://bridge.example.org/",
}
SECRETS = (
    "a-discord-token",
    "a-discord-secret",
    "a-fanvue-secret",
    "old-hook-secret",
    "new-hook-secret",
    KEY_7[2:],
    KEY_6[2:],
    "7777",
)


def problems(**changes: str) -> dict[str, str]:
    """What `load` complains about when these settings are changed (an empty one is missing)."""
    try:
        load(WHOLE | changes)
    except SettingsError as error:
        return {problem.name: problem.reason for problem in error.problems}
    return {}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PUBLIC_ULR", "PUBLIC_URL"),
        ("FANVUE_WEBHOOK_SECRET", "FANVUE_WEBHOOK_SECRETS"),
        ("DISCORD_BOT_TOKEN", "DISCORD_TOKEN"),
        ("LOGLEVEL", "LOG_LEVEL"),  # which has a default: it would be kept without a word
    ],
)
def test_a_misspelt_name_in_the_file_of_settings_is_named_with_the_one_that_was_meant(
    tmp_path: Path, written: str, meant: str
) -> None:
    file = tmp_path / ".env"
    file.write_text(f"{written}=hush\nCOMPOSE_PROFILES=alone\nPGPASSWORD=x\n", encoding="utf-8")
    file.chmod(0o600)

    with pytest.raises(SettingsError) as refused:
        load({name: value for name, value in WHOLE.items() if name != meant}, file)

    said = {problem.name: problem.reason for problem in refused.value.problems}
    assert said.pop(written) == f"is no setting: did you mean {meant}?"
    assert said in ({}, {meant: "is missing"})
    assert "hush" not in str(refused.value)


def test_in_the_environment_a_near_name_is_mentioned_only_where_a_setting_is_missing() -> None:
    assert problems(PUBLIC_ULR="https://bridge.example.org", LOGLEVEL="3") == {}
    assert problems(PUBLIC_ULR="https://bridge.example.org", PUBLIC_URL="") == {
        "PUBLIC_URL": "is missing: did you mean it with PUBLIC_ULR?"
    }


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("Bot abc.def", "must be the token alone, without “Bot ” before it"),
        ("bot abc.def", "must be the token alone, without “Bot ” before it"),
        ('"abc.def"', "must be the token alone, without quotation marks or spaces"),
        ("abc .def", "must be the token alone, without quotation marks or spaces"),
    ],
)
def test_a_token_that_is_not_alone_is_refused_with_the_cure(token: str, said: str) -> None:
    assert problems(DISCORD_TOKEN=token) == {"DISCORD_TOKEN": said}


def test_a_whole_set_loads_with_typed_values_and_defaults() -> None:
    settings = load(WHOLE)

    assert settings.discord_token.get_secret_value() == WHOLE["DISCORD_TOKEN"]
    assert settings.discord_application_id == 1234567890
    assert [s.get_secret_value() for s in settings.fanvue_webhook_secrets] == [
        "old-hook-secret",
        "new-hook-secret",
    ]
    assert [(k.id, k.secret.get_secret_value()) for k in settings.encryption_keys] == [
        ("7", b"7" * 32),
        ("6", b"6" * 32),
    ]
    assert settings.public_url == "https://bridge.example.org"
    assert settings.listen == SocketAddress("127.0.0.1", 8080)
    assert settings.fanvue_scopes[:3] == ("openid", "offline_access", "offline")
    assert settings.fanvue_api_prefix == "/v1"
    assert settings.allowed_private_hosts == ()
    assert settings.database_url == "sqlite:///data/bridge.sqlite3"


def test_every_missing_setting_is_named_at_once_with_where_to_get_it() -> None:
    with pytest.raises(SettingsError) as caught:
        load({})

    required = {name.upper() for name, field in Settings.model_fields.items() if field.is_required()}
    needed = required | {"ENCRYPTION_KEYS", "FANVUE_WEBHOOK_SECRETS"}
    assert {problem.name for problem in caught.value.problems} == needed
    assert all(problem.reason == "is missing" and problem.where for problem in caught.value.problems)
    assert "Bot → Reset Token" in str(caught.value)
    assert "fanvue-bridge keys new" in str(caught.value)


def test_missing_malformed_and_contradicting_settings_are_named_together() -> None:
    found = problems(
        DISCORD_TOKEN="",
        DISCORD_APPLICATION_ID="abc",
        FANVUE_API_URL="http://api.example.org",
        FANVUE_REDIRECT_URI="https://bridge.example.org/webhooks/fanvue",
        ENCRYPTION_KEYS="7:short",
        LISTEN="8080",
    )

    assert list(found) == [
        "DISCORD_TOKEN",
        "DISCORD_APPLICATION_ID",
        "FANVUE_REDIRECT_URI",
        "ENCRYPTION_KEYS",
        "LISTEN",
        "FANVUE_API_URL",
    ]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        pytest.param("DISCORD_APPLICATION_ID", "-1", "1 or more", id="negative id"),
        pytest.param("PUBLIC_URL", "bridge.example.org", "whole address", id="no scheme"),
        pytest.param("PUBLIC_URL", "https://bridge.example.org:port", "whole address", id="port in letters"),
        pytest.param("PUBLIC_URL", "https://", "whole address", id="no host"),
        pytest.param("PUBLIC_URL", "https://me:pw@bridge.example.org", "no user name", id="password in it"),
        pytest.param("PUBLIC_URL", "https://bridge.example.org/?a=1", "query", id="query"),
        pytest.param("FANVUE_API_URL", "http://api.fanvue.example", "must use TLS", id="plain http"),
        pytest.param("FANVUE_API_URL", "wss://api.fanvue.example", "must begin with http", id="wrong kind"),
        pytest.param(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318", "must use TLS", id="plain traces"
        ),
        pytest.param("DISCORD_GATEWAY_URL", "ws://gateway.example", "must use TLS", id="plain ws"),
        pytest.param(
            "DISCORD_GATEWAY_URL", "https://gateway.example", "must begin with ws", id="http gateway"
        ),
        pytest.param(
            "DISCORD_REDIRECT_URI", "https://b.example.org/other", "must end with", id="not our callback"
        ),
        pytest.param(
            "DISCORD_REDIRECT_URI",
            "http://localhost/oauth/discord/callback",
            "PUBLIC_URL",
            id="http beside https",
        ),
        pytest.param("FANVUE_REDIRECT_URI", "https://b.example.org", "path of its own", id="no path"),
        pytest.param(
            "FANVUE_REDIRECT_URI", "https://b.example.org/link/back", "path of its own", id="below /link"
        ),
        pytest.param(
            "FANVUE_REDIRECT_URI",
            "https://b.example.org/oauth/discord/callback/",
            "path of its own",
            id="Discord's callback",
        ),
        pytest.param("FANVUE_WEBHOOK_SECRETS", " , ", "at least one entry", id="only commas"),
        pytest.param("FANVUE_API_PREFIX", "v1", "such as /v1", id="no slash"),
        pytest.param("FANVUE_API_VERSION", "latest", "such as 2025-06-26", id="no date"),
        pytest.param("ENCRYPTION_KEYS", "a:" + KEY_7[2:], "id in digits", id="id in letters"),
        pytest.param("ENCRYPTION_KEYS", KEY_7[2:], "id in digits", id="key without id"),
        pytest.param("ENCRYPTION_KEYS", "7:AAAA", "32 bytes", id="short key"),
        pytest.param("ENCRYPTION_KEYS", "7:****", "32 bytes", id="not base64"),
        pytest.param("ENCRYPTION_KEYS", f"{KEY_7},7:{KEY_6[2:]}", "two keys with one id", id="same id twice"),
        pytest.param("DATABASE_URL", "mysql://db/bridge", "sqlite:///", id="other database"),
        pytest.param("LISTEN", "0.0.0.0:70000", "host:port", id="port too high"),
        pytest.param("LISTEN", "0.0.0.0:" + "9" * 5_000, "host:port", id="port of thousands of digits"),
        pytest.param("LISTEN", "0.0.0.0:\u0663", "host:port", id="port in other digits"),
        pytest.param("DISCORD_SERVERS", "9" * 5_000, "by its ID", id="id of thousands of digits"),
        pytest.param("DISCORD_SERVERS", "\u0663", "by its ID", id="id in other digits"),
        pytest.param("ALLOWED_PRIVATE_HOSTS", "127.0.0.1", "host:port", id="host without port"),
        pytest.param("LOG_LEVEL", "loud", "DEBUG", id="unknown level"),
        pytest.param("SETTLE_SECONDS", "5,5,15", "growing list", id="not growing"),
        pytest.param("SETTLE_SECONDS", "5,soon", "growing list", id="not a number"),
        pytest.param("SETTLE_SECONDS", "5,nan,15", "growing list", id="no number at all"),
        pytest.param("SETTLE_SECONDS", "-5,15", "growing list", id="before it was asked"),
        pytest.param("HOLD_SECONDS", "-1", "0 or more; it is “-1”", id="negative wait"),
        pytest.param("DRAIN_SECONDS", "inf", "a number, 0 or more", id="endless wait"),
        pytest.param("WINDOW_DIVISOR", "0", "above 0", id="division by zero"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_reason(name: str, value: str, reason: str) -> None:
    found = problems(**{name: value})

    assert set(found) == {name}
    assert reason in found[name]


def test_loopback_and_allowed_private_hosts_may_go_without_tls() -> None:
    local = {
        "FANVUE_API_URL": "http://127.0.0.1:8081",
        "FANVUE_AUTH_URL": "http://localhost:8081",
        "DISCORD_API_URL": "http://[::1]:8082/api/v10",
        "DISCORD_GATEWAY_URL": "ws://stand-in:8082/",
        "ALLOWED_PRIVATE_HOSTS": "stand-in:8082",
    }

    assert load(WHOLE | local).fanvue_api_url == "http://127.0.0.1:8081"
    assert problems(**local | {"ALLOWED_PRIVATE_HOSTS": "stand-in:8083"}) == {
        "DISCORD_GATEWAY_URL": "must use TLS (only loopback and ALLOWED_PRIVATE_HOSTS may go without)"
    }


def test_an_empty_prefix_is_a_choice_and_not_a_gap() -> None:
    assert load(WHOLE | {"FANVUE_API_PREFIX": ""}).fanvue_api_prefix == ""


def test_the_environment_wins_over_the_file_and_a_blank_does_not(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("LISTEN=127.0.0.1:1\nADMIN_LISTEN=127.0.0.1:2\nUNKNOWN=x\n", encoding="utf-8")
    env_file.chmod(0o600)

    settings = load(WHOLE | {"LISTEN": "127.0.0.1:3", "ADMIN_LISTEN": " "}, env_file)

    assert (settings.listen.port, settings.admin_listen.port) == (3, 2)


def test_a_missing_env_file_is_no_error_and_an_unreadable_one_is(tmp_path: Path) -> None:
    unreadable = tmp_path / "latin"
    unreadable.write_bytes(b"DISCORD_TOKEN=\xff\xfe")
    unreadable.chmod(0o600)

    assert load(WHOLE, tmp_path / "absent").listen.port == 8080
    with pytest.raises(SettingsError, match="cannot be read"):
        load(WHOLE, unreadable)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_an_env_file_that_others_may_read_is_refused_with_the_command_that_cures_it(
    tmp_path: Path, mode: int
) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("DISCORD_TOKEN=hunter2\n", encoding="utf-8")
    env_file.chmod(mode)

    with pytest.raises(SettingsError) as refused:
        load(WHOLE, env_file)

    assert f"is open to other users of this machine: chmod 600 {env_file}" in str(refused.value)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "allowed", "taken"),
    [
        ("postgresql://bridge@/bridge", "", True),
        ("postgresql:///bridge?host=/var/run/postgresql", "", True),
        ("postgresql://bridge@%2Fvar%2Frun%2Fpostgresql/bridge", "", True),
        ("postgresql://bridge@localhost:6432/bridge", "", True),
        ("postgres://bridge@[::1]/bridge", "", True),
        ("postgresql://bridge@db.example.org/bridge?sslmode=verify-full", "", True),
        ("postgresql://bridge@postgres/bridge", "postgres:5432", True),
        ("postgresql://bridge@postgres:6432/bridge", "postgres:6432", True),
        ("postgresql://bridge@postgres:6432/bridge", "postgres:5432", False),
        ("postgresql://bridge@db.example.org/bridge", "", False),
        ("postgresql://bridge@db.example.org/bridge?sslmode=require", "", False),
        ("postgresql://bridge@db.example.org/bridge?sslmode=verify-full&sslmode=prefer", "", False),
        ("postgresql:///bridge?host=/var/run/postgresql,db.example.org", "", False),
        ("postgresql:///bridge?hostaddr=10.0.0.5", "", False),
        ("postgresql://bridge@localhost/bridge?host=db.example.org", "", False),
        ("postgresql://bridge@localhost:5432,db.example.org:5432/bridge", "", False),
        ("postgresql://bridge@a.example:1,b.example:2/bridge?sslmode=verify-full", "", True),
    ],
)
def test_a_database_on_another_machine_is_looked_at_or_listed(url: str, allowed: str, *, taken: bool) -> None:
    settings = WHOLE | {"DATABASE_URL": url, "ALLOWED_PRIVATE_HOSTS": allowed}
    if taken:
        assert load(settings).database_url == url
        return

    with pytest.raises(SettingsError, match=r"DATABASE_URL must end with \?sslmode=verify-full"):
        load(settings)


def test_keys_come_from_a_file_with_one_a_line(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(f"# newest first\n{KEY_7}\n\n{KEY_6}  # retire in May\n", encoding="ascii")
    keys.chmod(0o600)

    settings = load(WHOLE | {"ENCRYPTION_KEYS": "", "ENCRYPTION_KEYS_FILE": str(keys)})

    assert [key.id for key in settings.encryption_keys] == ["7", "6"]


def test_keys_in_both_places_or_in_an_absent_or_empty_file_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch(mode=0o600)

    assert "both set" in problems(ENCRYPTION_KEYS_FILE=str(empty))["ENCRYPTION_KEYS_FILE"]
    assert (
        "cannot be read"
        in problems(ENCRYPTION_KEYS="", ENCRYPTION_KEYS_FILE="/nowhere")["ENCRYPTION_KEYS_FILE"]
    )
    assert problems(ENCRYPTION_KEYS="", ENCRYPTION_KEYS_FILE=str(empty))["ENCRYPTION_KEYS"] == "is missing"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o660])
def test_a_file_of_keys_that_others_may_touch_is_refused(mode: int, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(KEY_7, encoding="ascii")
    keys.chmod(mode)

    found = problems(ENCRYPTION_KEYS="", ENCRYPTION_KEYS_FILE=str(keys))

    assert found == {"ENCRYPTION_KEYS_FILE": "is open to other users of this machine: chmod 600 it"}


@pytest.mark.parametrize(
    ("mode", "mounted", "good"),
    [
        pytest.param(0o100600, False, True, id="its owner's only"),
        pytest.param(0o100400, False, True, id="its owner's, and not to be written"),
        pytest.param(0o100644, False, False, id="everybody's"),
        pytest.param(0o100444, True, True, id="a secret of Docker, mounted read-only"),
        pytest.param(0o100644, True, True, id="a secret of Kubernetes, mounted read-only"),
    ],
)
def test_a_mounted_secret_may_have_any_mode(mode: int, mounted: bool, good: bool) -> None:  # noqa: FBT001 - a table
    assert closed_to_others(mode, read_only=mounted) is good


def test_a_webhook_secret_is_needed_unless_the_bridge_subscribes_by_itself() -> None:
    assert problems(FANVUE_WEBHOOK_SECRETS="") == {"FANVUE_WEBHOOK_SECRETS": "is missing"}
    assert load(WHOLE | {"FANVUE_WEBHOOK_SECRETS": "", "FANVUE_SUBSCRIBE": "auto"}).fanvue_subscribe == "auto"
    assert "manual" in problems(FANVUE_SUBSCRIBE="perhaps")["FANVUE_SUBSCRIBE"]


def test_waits_are_all_divided_by_one_number() -> None:
    waits = load(WHOLE | {"WINDOW_DIVISOR": "10", "SETTLE_SECONDS": "1,2"}).waits()

    assert waits.settle == (0.1, 0.2)
    assert (waits.echo, waits.sweep, waits.sweep_silent, waits.silence) == (0.2, 30.0, 6.0, 90.0)
    assert (waits.nonce_window, waits.hold, waits.backoff_max, waits.drain) == (9.0, 0.2, 6.0, 2.0)


def test_the_log_salt_stays_when_a_newer_key_is_put_in_front() -> None:
    before = load(WHOLE | {"ENCRYPTION_KEYS": KEY_6}).log_salt()

    assert load(WHOLE).log_salt() == before
    assert load(WHOLE | {"ENCRYPTION_KEYS": KEY_7}).log_salt() != before


def test_no_secret_is_in_the_repr_or_in_the_dump() -> None:
    settings = load(WHOLE)

    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.encryption_keys}"
    assert not [secret for secret in SECRETS if secret in shown]


@given(name=st.sampled_from(sorted(WHOLE)), value=st.text(alphabet="qxz/:,@[]=%", min_size=6, max_size=40))
def test_an_error_never_repeats_what_was_written(name: str, value: str) -> None:
    try:
        load(WHOLE | {name: value})
    except SettingsError as error:
        shown = f"{error} {error!r} {error.__cause__!r} {error.__context__!r}"
        assert value.strip(" ,") not in shown
        assert not [secret for secret in SECRETS if secret in shown]


def test_every_kind_of_setting_can_stand_in_the_env_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in WHOLE.items()), encoding="utf-8")
    env_file.chmod(0o600)

    assert load({}, env_file) == load(WHOLE)
