"""Settings from a folder: what wins, what is refused; no content is ever told."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.settings.loader import SettingsError, load
from bot.settings.model import Settings
from tests.settings.test_settings import KEY_6, KEY_7, SECRETS, WHOLE

Put = Callable[[str, str | bytes], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files lie."""
    made = tmp_path / "secrets"
    made.mkdir(mode=0o700)
    return made


@pytest.fixture
def put(folder: Path) -> Put:
    """Puts one file there, as its owner's only."""

    def write(name: str, content: str | bytes) -> Path:
        file = folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        file.chmod(0o600)
        return file

    return write


def without(*names: str, folder: Path, **more: str) -> dict[str, str]:
    """An environment that lacks these and names the folder."""
    return (
        {name: value for name, value in WHOLE.items() if name not in names}
        | more
        | {"SECRETS_DIR": str(folder)}
    )


def refused(environ: dict[str, str], env_file: Path | None = None) -> dict[str, str]:
    """What `load` complains about; never with a secret in it."""
    with pytest.raises(SettingsError) as caught:
        load(environ, env_file)
    shown = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert not [secret for secret in SECRETS if secret in shown]
    return {problem.name: problem.reason for problem in caught.value.problems}


def test_every_setting_can_be_a_file_and_a_newline_at_its_end_is_none_of_it(folder: Path, put: Put) -> None:
    for name, value in WHOLE.items():
        put(name.lower(), f"{value}\r\n" if name == "DISCORD_TOKEN" else f"{value}\n")

    assert load({"SECRETS_DIR": str(folder)}) == load(WHOLE | {"SECRETS_DIR": str(folder)})


def test_the_environment_wins_over_a_file_and_a_file_over_the_env_file(
    folder: Path, put: Put, tmp_path: Path
) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(
        f"SECRETS_DIR={folder}\nLISTEN=127.0.0.1:1\nADMIN_LISTEN=127.0.0.1:1\nFANVUE_API_PREFIX=/v1\n",
        encoding="utf-8",
    )
    env_file.chmod(0o600)
    put("listen", "127.0.0.1:2\n")
    put("admin_listen", "127.0.0.1:2\n")
    put("database_url", "postgresql://bridge@localhost/bridge\n")

    settings = load(WHOLE | {"LISTEN": "127.0.0.1:3", "ADMIN_LISTEN": "", "DATABASE_URL": " "}, env_file)

    assert (settings.listen.port, settings.admin_listen.port) == (3, 2)
    assert settings.database_url == "postgresql://bridge@localhost/bridge"


def test_a_list_may_have_a_line_for_each(folder: Path, put: Put) -> None:
    put("encryption_keys", f"{KEY_7}\n{KEY_6}\n")
    put("fanvue_webhook_secrets", "old-hook-secret\n\nnew-hook-secret\n")

    environ = without("ENCRYPTION_KEYS", "FANVUE_WEBHOOK_SECRETS", folder=folder)

    assert load(environ) == load(WHOLE | {"SECRETS_DIR": str(folder)})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("a-discord-token\na-discord-secret\n", "more than one line", id="two lines"),
        pytest.param("a-discord-token\r\na-discord-secret", "more than one line", id="two lines of Windows"),
        pytest.param(b"a-discord-token\xff\xfe", "no UTF-8 text", id="bytes"),
        pytest.param("", "its file in SECRETS_DIR is empty", id="nothing"),
        pytest.param(" \n\n", "its file in SECRETS_DIR is empty", id="blanks"),
    ],
)
def test_a_file_that_holds_no_value_is_refused_with_its_reason(
    content: str | bytes, reason: str, folder: Path, put: Put
) -> None:
    put("discord_token", content)

    found = refused(without("DISCORD_TOKEN", folder=folder))

    assert set(found) == {"DISCORD_TOKEN"}
    assert reason in found["DISCORD_TOKEN"]


def test_a_folder_or_a_link_to_nowhere_in_the_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "discord_token").mkdir()  # what Docker makes of a file that is not there
    (folder / "discord_client_secret").symlink_to(folder / "nowhere")

    found = refused(without("DISCORD_TOKEN", "DISCORD_CLIENT_SECRET", folder=folder))

    assert found == {
        "DISCORD_TOKEN": "in SECRETS_DIR is no file",
        "DISCORD_CLIENT_SECRET": f"in SECRETS_DIR cannot be read by this user (uid {os.getuid()})",
    }


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_file_that_others_may_read_is_refused(mode: int, folder: Path, put: Put) -> None:
    put("discord_token", "a-discord-token").chmod(mode)

    found = refused(without("DISCORD_TOKEN", folder=folder))

    assert found == {"DISCORD_TOKEN": "in SECRETS_DIR is open to other users of this machine: chmod 600 it"}


def test_a_file_is_not_looked_at_where_the_environment_has_the_setting(folder: Path, put: Put) -> None:
    put("discord_token", b"\xff").chmod(0o644)

    assert load(without(folder=folder)).discord_token.get_secret_value() == WHOLE["DISCORD_TOKEN"]


def test_links_within_the_folder_are_followed_as_kubernetes_makes_them(folder: Path) -> None:
    (folder / "..2026_11_27").mkdir(mode=0o700)
    (folder / "..2026_11_27" / "discord_token").write_text(WHOLE["DISCORD_TOKEN"] + "\n", encoding="utf-8")
    (folder / "..2026_11_27" / "discord_token").chmod(0o600)
    (folder / "..data").symlink_to("..2026_11_27")
    (folder / "discord_token").symlink_to("..data/discord_token")

    assert load(without("DISCORD_TOKEN", folder=folder)).discord_token == load(WHOLE).discord_token


def test_a_folder_that_is_not_there_or_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a-discord-token", encoding="utf-8")

    assert "is not there" in refused(WHOLE | {"SECRETS_DIR": str(tmp_path / "gone")})["SECRETS_DIR"]
    assert "is no folder" in refused(WHOLE | {"SECRETS_DIR": str(file)})["SECRETS_DIR"]


def test_files_of_others_are_let_be_and_named_only_when_something_is_missing(folder: Path, put: Put) -> None:
    put("postgres_password", "a-discord-secret")
    put("DISCORD_TOKEN", "a-discord-token")  # a name in the wrong letters is another's, too
    put(".hidden", "7777")

    whole = load(without(folder=folder))
    found = refused(without("DISCORD_TOKEN", folder=folder))

    assert whole == load(WHOLE | {"SECRETS_DIR": str(folder)})
    assert list(found) == ["DISCORD_TOKEN", "SECRETS_DIR"]
    assert found["DISCORD_TOKEN"] == "is missing"
    assert "named like no setting: DISCORD_TOKEN, postgres_password" in found["SECRETS_DIR"]


def test_an_empty_file_of_a_setting_with_a_default_is_as_if_it_were_not_there(folder: Path, put: Put) -> None:
    put("log_level", "\n")
    put("secrets_dir", "/elsewhere\n")  # the folder cannot say where it is

    settings = load(without(folder=folder))

    assert (settings.log_level, settings.secrets_dir) == ("INFO", folder)


def test_a_wrong_value_in_a_file_is_refused_like_any_other(folder: Path, put: Put) -> None:
    put("discord_application_id", "a-discord-token\n")

    found = refused(without("DISCORD_APPLICATION_ID", folder=folder))

    assert "a whole number" in found["DISCORD_APPLICATION_ID"]


def test_the_command_line_says_it_and_ends_with_78(
    folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put("discord_token", "a-discord-token\na-discord-secret\n")
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in without("DISCORD_TOKEN", folder=folder).items():
        monkeypatch.setenv(name, value)

    code = main(["migrate", "--env-file", str(folder / "none")])

    said = capsys.readouterr()
    assert (code, said.out) == (78, "")
    assert "  DISCORD_TOKEN in SECRETS_DIR has more than one line (Discord Developer Portal" in said.err
    assert not [secret for secret in SECRETS if secret in said.err]
