"""A key is made on the shell, opens one creator for a program, and is revoked."""

import asyncio

import pytest

from bot.features.operations.api_keys.key_pace import A_MINUTE
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_key_opens_what_its_role_may_see_until_it_is_revoked(program: ApiKeyScenario) -> None:
    outcome = await program.keys("new", "--name", "n8n at home", "--role", "manager", "--days", "7")
    text = outcome.out
    key = text.split(".")[1]
    unused = (await program.keys("list")).out
    status, told, headers = await program.reads(text, "")
    used = (await program.keys("list")).out
    revoked = await program.keys("revoke", key)
    after, error, _ = await program.reads(text)
    again = await program.keys("revoke", key)
    listed = (await program.keys("list")).out

    assert text.startswith("fbk.")
    assert f"Key {key} reads lists and figures as manager until " in outcome.said
    assert "only time that it is shown" in outcome.said
    assert "never used  n8n at home" in unused
    assert (status, headers["Cache-Control"], told["figures"]) == (200, "no-store", "banded")
    assert (told["missing"], [fan["name"] for fan in told["waiting"]["fans"]]) == ({}, ["Annabelle"])
    assert "last used " in used
    assert (revoked.code, revoked.said) == (0, f"Key {key} (n8n at home) is revoked.")
    assert (after, set(error)) == (401, {"error"})
    assert again == revoked
    assert f"{key}  manager   data    revoked " in listed


async def test_a_role_without_figures_is_told_none(program: ApiKeyScenario) -> None:
    status, told, _ = await program.reads(await program.made("--role", "viewer"), "")

    assert (status, told["figures"]) == (200, "hidden")
    money = {"subscribers", "top_spenders", "earnings"}
    assert set(told["missing"]) == {"media", "campaigns", "calendar", *money}


async def test_what_is_no_valid_key_opens_nothing(program: ApiKeyScenario) -> None:
    good = await program.made()
    prefix, key, secret = good.split(".")
    bad = [
        None,
        "",
        "fbk",
        f"{prefix}.{key}",
        f"{prefix}.{key}.",
        f"{prefix}.{key}.{secret[:-1]}",
        f"{prefix}.{key}.{secret}x",
        f"{prefix}.{key[:-1]}.{secret}",
        f"other.{key}.{secret}",
        f"{prefix}..{secret}",
        f"{prefix}.{key}.{'x' * 5000}",
        f"{prefix}.' OR 1=1 --.{secret}",
    ]

    for text in bad:
        status, error, headers = await program.reads(text)
        assert (status, set(error)) == (401, {"error"}), text
        assert headers["WWW-Authenticate"].startswith("Bearer")
    assert (await program.reads(good))[0] == 200


@pytest.mark.parametrize("text", [b"\xff.\xff", b"a\xff.s", b"a.s\xff", b"a\x00.s", "a\u00e9.s".encode()])
async def test_bytes_that_are_no_letters_open_nothing_either(program: ApiKeyScenario, text: bytes) -> None:
    listen = program.house.stage.bridge._settings["LISTEN"]
    reader, writer = await asyncio.open_connection(*listen.rsplit(":", 1))
    path = f"/api/v1/creators/{program.handle[1:]}/context"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n".encode())
    writer.write(b"Authorization: Bearer fbk." + text + b"\r\n\r\n")
    status = (await reader.readline()).split()[1]
    writer.close()

    assert status in {b"400", b"401"}


async def test_of_other_creators_a_key_learns_not_even_that_they_are_here(program: ApiKeyScenario) -> None:
    text = await program.made()

    other = await program.reads(text, creator="nobody")
    own = await program.reads(text, creator=program.house.stage.creator.uuid)

    odd = await program.reads(text, creator="%00nobody")
    assert odd[0] == 404
    assert (other[0], other[1]) == (404, {"error": "There is no creator 'nobody' here."})
    assert own[0] == 200


async def test_a_program_may_not_choose_its_role(program: ApiKeyScenario) -> None:
    status, error, _ = await program.reads(await program.made("--role", "viewer"), "role=owner")

    assert (status, error["error"][:24]) == (400, "'role' is no option. Use")


async def test_a_key_that_asks_too_often_is_told_when_to_come_again(program: ApiKeyScenario) -> None:
    text, other = await program.made(), await program.made()
    taken = 0
    while (answer := await program.reads(text))[0] == 200 and taken < 10 * A_MINUTE:
        taken += 1  # on a slow machine more than a minute's

    assert taken >= A_MINUTE
    assert (answer[0], 1 <= int(answer[2]["Retry-After"]) <= 60) == (429, True)
    assert (await program.reads(other))[0] == 200


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--name", " \u200b "), "Give the key a name"),
        (("--name", "x", "--role", "none"), "'none' is no role. Choose: trainee"),
        (("--name", "x", "--days", "0"), "from 1 to 365 days"),
        (("--name", "x", "--days", "366"), "from 1 to 365 days"),
        (("--name", "x", "--days", "9" * 5000), "from 1 to 365 days"),
        (("--name", "x", "--days", "a week"), "from 1 to 365 days"),
    ],
)
async def test_wrong_words_are_answered_with_the_right_ones(
    program: ApiKeyScenario, options: tuple[str, ...], says: str
) -> None:
    outcome = await program.keys("new", *options)

    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.said


async def test_what_is_not_here_is_named(program: ApiKeyScenario) -> None:
    creator = await program.keys("list", creator="@nobody")
    key = await program.keys("revoke", "a/../b")

    assert (creator.code, creator.said) == (1, "There is no creator 'nobody' here.")
    assert (key.code, key.said) == (1, "This creator has no key 'a/../b'.")


async def test_the_shell_without_the_keys_of_the_bridge_makes_none(program: ApiKeyScenario) -> None:
    settings = program.house.stage.bridge._settings
    before = settings["ENCRYPTION_KEYS"]
    settings["ENCRYPTION_KEYS"] = "9:" + "A" * 43 + "="
    try:
        outcome = await program.keys("new", "--name", "x")
    finally:
        settings["ENCRYPTION_KEYS"] = before

    assert outcome.code == 1
    assert "not signed with the bridge's keys" in outcome.said


async def test_a_key_is_kept_nowhere_and_each_step_is_in_the_audit_log(program: ApiKeyScenario) -> None:
    text = await program.made("--role", "chatter")
    _, key, secret = text.split(".")
    await program.reads(text)
    await program.keys("revoke", key)

    kept = b"".join(file.read_bytes() for file in program.house.folder.rglob("*") if file.is_file())
    lines = program.house.rows("SELECT action, target FROM audit WHERE target LIKE ?", f"%{key}%")

    assert key.encode() in kept
    assert secret.encode() not in kept
    assert [(row["action"], row["target"]) for row in lines] == [
        ("api_key.made", f"{key} chatter"),
        ("context.read", f"waiting · {key}"),
        ("api_key.ended", f"{key} chatter"),
    ]
