"""A program makes, lists and removes its own webhooks with its key."""

import pytest

from tests.features.operations.program_webhooks.webhook_scenario import WebhookScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")
URL = "https://n8n.example.com/webhook/fans"


async def test_the_same_address_is_made_once(program: WebhookScenario) -> None:
    await program.has_key()

    status, made = await program.ask("POST", body={"url": URL, "events": ["message.received"]})
    again, same = await program.ask("POST", body={"url": f"{URL}#a", "events": ["message.sent"]})
    _, listed = await program.ask("GET")
    ended, _ = await program.ask("DELETE", f"/{made['id']}")
    _, empty = await program.ask("GET")

    assert (status, again, ended) == (201, 200, 200)
    assert made["secret"].startswith("whsec_")
    assert (same["id"], same["secret"]) == (made["id"], made["secret"])
    assert (same["events"], made["events"]) == (["message.sent"], ["message.received"])
    (one,) = listed["webhooks"]
    assert (one["id"], one["url"], "secret" in one) == (made["id"], URL, False)
    assert empty == {"webhooks": []}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("n8n.example.com/webhook", "This is no address"),
        ("ftp://n8n.example.com/", "This is no address"),
        ("https://", "This is no address"),
        ("https://a b.example.com/", "This is no address"),
        ("https://[::1/", "This is no address"),
        ("https://n8n.example.com:99999/", "This is no address"),
        ("https://n8n.example.com/" + "x" * 2_000, "url: String should have at most 2000 characters"),
        ("http://n8n.example.com/webhook", "Events are secret"),
        ("https://localhost/webhook", "public internet"),
        ("https://printer.local/", "public internet"),
        ("https://127.0.0.1:9090/operator", "public internet"),
        ("https://10.0.0.7/", "public internet"),
        ("https://169.254.169.254/latest/meta-data", "public internet"),
        ("https://[::1]/", "public internet"),
        ("https://[::ffff:10.0.0.7]/", "public internet"),
        ("https://[64:ff9b::a00:7]/", "public internet"),
        ("https://[fe80::1%25eth0]/", "public internet"),
        ("https://[2002:7f00:1::]/", "public internet"),
        ("https://[64:ff9b:1::7f00:1]/", "public internet"),
        ("https://[::127.0.0.1]/", "public internet"),
        ("https://①27.0.0.1:9090/operator", "plain letters"),
        ("https://127。0。0。1/", "plain letters"),
    ],
)
async def test_an_address_that_will_not_do_is_refused_in_words(
    program: WebhookScenario, url: str, says: str
) -> None:
    await program.has_key()

    status, answer = await program.ask("POST", body={"url": url})

    assert (status, set(answer)) == (400, {"error"})
    assert says in answer["error"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (None, "Send JSON"),
        ({}, "url: Field required."),
        ({"url": URL, "secret": "mine"}, "secret: Extra inputs are not permitted."),
        (
            {"url": URL, "events": ["all"]},
            "'all' is no event that this key may hear of. Choose: message.received",
        ),
        ({"url": URL, "events": "message.sent"}, "events: Input should be a valid array."),
        ({"url": URL, "events": ["draft.settled"]}, "'draft.settled' is no event"),
    ],
)
async def test_wrong_words_are_answered_with_the_right_ones(
    program: WebhookScenario, body: object, says: str
) -> None:
    await program.has_key()

    status, answer = await program.ask("POST", body=body)

    assert (status, set(answer)) == (400, {"error"})
    assert says in answer["error"]


async def test_a_program_sees_no_other_one_s_webhooks(program: WebhookScenario) -> None:
    webhook = await program.listens()
    other = await program.program.made()

    listed = await program.ask("GET", key=other)
    ended = await program.ask("DELETE", f"/{webhook}", key=other)
    elsewhere = await program.ask("GET", key=other, creator="nobody")
    without = await program.ask("GET", key="fbk.no.key")

    assert listed == (200, {"webhooks": []})
    assert ended == (404, {"error": "There is no webhook with that id."})
    assert elsewhere == (404, {"error": "There is no creator 'nobody' here."})
    assert without[0] == 401
    assert webhook in (await program.shell("list")).out


async def test_twenty_are_enough(program: WebhookScenario) -> None:
    key = await program.has_key()
    made = [
        await program.shell("add", "--url", f"http://127.0.0.1:1/{number}", "--key", key)
        for number in range(21)
    ]
    program.webhook = made[0].said.split()[1]

    assert [one.code for one in made] == [0] * 20 + [1]
    assert made[-1].said == "This creator has 20 webhooks. Remove one first."
    await program.program.keys("revoke", key)
    assert (await program.shell("list")).said == "This creator has no webhooks."


async def test_the_shell_says_what_is_not_here(program: WebhookScenario) -> None:
    key = await program.has_key()

    outcomes = [
        await program.shell("list", creator="@nobody"),
        await program.shell("add", "--url", program.receiver.url, "--key", "nokey"),
        await program.shell("add", "--url", "file:///etc/passwd", "--key", key),
        await program.shell("remove", "w/../x"),
        await program.shell("replay", "nothing"),
        await program.shell("replay", "nothing", "--hours", "9" * 5000),
    ]

    assert [one.code for one in outcomes] == [1, 1, 2, 1, 1, 2]
    assert [one.said.split(".")[0] for one in outcomes] == [
        "There is no creator 'nobody' here",
        "This creator has no valid key 'nokey'",
        "This is no address",
        "There is no webhook with that id",
        "There is no webhook with that id",
        "Hours are a number from 1 to 2160",
    ]


async def test_an_address_and_its_secret_are_in_no_file_and_each_step_is_in_the_audit_log(
    program: WebhookScenario,
) -> None:
    webhook = await program.listens()
    await program.hears("webhook.added")
    await program.shell("replay", webhook, "--hours", "1")
    await program.shell("remove", webhook)

    kept = b"".join(file.read_bytes() for file in program.house.folder.rglob("*") if file.is_file())
    lines = program.house.rows("SELECT action, outcome FROM audit WHERE target LIKE ?", f"{webhook}%")

    assert webhook.encode() in kept
    assert program.receiver.secret.encode() not in kept
    assert program.receiver.url.encode() not in kept
    assert [(row["action"], row["outcome"]) for row in lines] == [
        ("webhook.made", "done"),
        ("webhook.replayed", "done"),
        ("webhook.ended", "done"),
    ]
