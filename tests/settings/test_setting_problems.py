"""A wrong setting is told as a sentence, in which no secret is repeated."""

import os
from pathlib import Path

import pytest

from bot.settings.model import Settings
from tests.architecture.source_tree import TOP
from tests.settings.test_settings import KEY_7, WHOLE, problems
from tests.warm_commands import run_program

PASTED = "mfa.VkO_2G4Qv3T"  # a secret in the wrong place, and a short one
WRONG = {
    "DISCORD_APPLICATION_ID": ("me", "must be a whole number, 1 or more"),
    "DISCORD_SHARDS": ("many", "must be a whole number, 1 or more; it is “many”"),
    "FANVUE_WEBHOOK_SECRETS": (",", "must have at least one entry"),
    "FANVUE_SUBSCRIBE": ("perhaps", "must be manual or auto; it is “perhaps”"),
    "FANVUE_SCOPES": (",", "must have at least one entry"),
    "ENCRYPTION_KEYS": (
        f"{KEY_7},8:AAAA",
        "must have 32 bytes in base64 for key 8; see number 2 of the list",
    ),
    "PUBLIC_URL": ("bridge.example", "must be a whole address such as https://bridge.example.org"),
    "LISTEN": ("8080", "must be host:port, such as 127.0.0.1:8080"),
    "FANVUE_API_PREFIX": ("v1", "must be a path of one part, such as /v1, or empty"),
    "FANVUE_API_VERSION": ("newest", "must be a date such as 2025-06-26"),
    "MESSAGE_CONTENT": ("maybe", "must be true (on) or false (off); it is “maybe”"),
    "ALLOWED_PRIVATE_HOSTS": (
        "one:1,two",
        "must be host:port, such as 127.0.0.1:8080; see number 2 of the list",
    ),
    "LOG_LEVEL": ("loud", "must be DEBUG, INFO, WARNING or ERROR; it is “loud”"),
    "SETTLE_SECONDS": ("5,soon", "must be a growing list of seconds, such as 5,15,30,60"),
    "HOLD_SECONDS": ("soon", "must be a number, 0 or more; it is “soon”"),
    "HISTORY_LINES": ("21", "must be a whole number from 0 to 20; it is “21”"),
    "BURST_SECONDS": ("1.5", "must be a whole number from 0 to 30; it is “1.5”"),
    "CREDIT_HOURS": (PASTED, "must be a whole number from 1 to 720"),
    "WINDOW_DIVISOR": ("0", "must be a number above 0; it is “0”"),
}


def test_the_program_says_of_each_what_it_must_be_and_ends_with_78(tmp_path: Path) -> None:
    environ = WHOLE | {name: value for name, (value, _) in WRONG.items()}

    ended = run_program(
        *("bot", "run", "--env-file", str(tmp_path / "none")),
        cwd=TOP,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP)} | environ,
    )

    said = {line.split()[0]: line for line in ended.stderr.splitlines() if line.startswith("  ")}
    where = {name: Settings.model_fields[name.lower()].description for name in WRONG}
    assert said == {name: f"  {name} {reason} ({where[name]})" for name, (_, reason) in WRONG.items()}
    assert (ended.returncode, ended.stdout) == (78, "")


@pytest.mark.parametrize("name", sorted(name.upper() for name in Settings.model_fields))
def test_no_setting_is_told_in_the_words_of_a_library(name: str) -> None:
    for value in (PASTED, "x", ",", "-1", "nan", "1e999", "9" * 5000, "\udcff"):
        said = " ".join(problems(**{name: value}).values())

        assert PASTED not in said
        assert not [word for word in ("Input", "Value", "String", "valid") if word in said]
