"""Who lets an agent in, which browser learns of it, and where nobody is sent."""

import pytest

from tests.features.operations.agent_sign_in.sign_in_scenario import BACK, WEB, SignInScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_page_says_what_to_type_and_goes_on_once(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client))
        waits = (await browser.visits("/oauth/consent/state")).text
        said = await signing.connects(await signing.types(browser.code(page).lower().replace("-", " ")))
        over = (await browser.visits("/oauth/consent/state")).text
        gone = await browser.looks()
        again = await browser.looks()

    assert (page.status, waits, over) == (200, "waiting", "over")
    assert "**Helper** reads lists and figures" in said
    assert gone.where.startswith(f"{BACK}?code=")
    assert (gone.told["state"], gone.told["iss"]) == ("its own state", signing.url)
    assert (again.status, "Location" in again.headers) == (404, False)


async def test_a_no_is_told_to_the_agent(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client))
        question = await signing.types(browser.code(page))
        said = await signing.refuses(question)
        gone = await browser.looks()
        late = await signing.types(browser.code(page))

    assert "is not connected" in said
    assert (gone.told["error"], gone.told["state"], "code" in gone.told) == (
        "access_denied",
        "its own state",
        False,
    )
    assert "No page waits with this code" in late.text


async def test_another_browser_learns_nothing(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as mine, signing.browser() as other:
        page = await mine.opens(signing.asked(client))
        await signing.connects(await signing.types(mine.code(page)))
        without = await other.looks()
        await other.opens(signing.asked(client))
        with_another = await other.looks()
        (held,) = [one.value for one in mine.session.cookie_jar]
        two = {"Cookie": f"agent={'A' * 43}; agent={held}"}
        twice = await signing.get("/oauth/consent", headers=two)
        right = await mine.looks()

    assert (without.status, twice.status) == (404, 404)
    assert (with_another.status, "Location" in with_another.headers) == (200, False)
    assert "code" in right.told


async def test_a_prefetch_does_not_use_the_answer_up(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client))
        await signing.connects(await signing.types(browser.code(page)))
        early = await browser.visits("/oauth/consent", headers={"Sec-Purpose": "prefetch"})

        assert early.status == 400
        assert "code" in (await browser.looks()).told


async def test_a_colleague_lets_nobody_in(signing: SignInScenario) -> None:
    client, mara = await signing.registered(), signing.program.house.stage.members["mara"]
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client))
        typed = await signing.types(browser.code(page), by=mara)
        state = (await browser.visits("/oauth/consent/state")).text

    assert "Helper" not in typed.text
    assert state == "waiting"


async def test_only_the_newest_question_counts(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client))
        first = await signing.types(browser.code(page))
        second = await signing.types(browser.code(page))
        late = await signing.presses(first, "Connect")
        await signing.connects(second)

        assert late.modal is None
        assert "code" in (await browser.looks()).told


async def test_a_viewer_that_drafts_is_refused_and_the_question_stays(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client))
        question = await signing.types(browser.code(page))
        said = await signing.connects(question, {"role": "viewer", "scope": "drafts"})
        await signing.connects(question, {"role": "chatter", "scope": "drafts"})

        assert "A viewer answers nobody" in said
        assert "code" in (await browser.looks()).told


async def test_an_agent_gets_no_more_than_it_asks_for(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client, scope="data"))
        opened = await signing.presses(await signing.types(browser.code(page)), "Connect")

    assert opened.modal is not None
    assert "Also what fans write" not in str(opened.modal)


async def test_what_was_revoked_in_between_gives_nothing(signing: SignInScenario) -> None:
    client, stage = await signing.registered(), signing.program.house.stage
    async with signing.browser() as browser:
        code = await signing.allowed(browser, client)
        offered = await stage.owner.autocomplete(
            stage.guild, stage.lobby, "settings keys revoke", "key", "Helper"
        )
        for one in offered:
            asked = await stage.owner.slash(
                stage.guild, stage.lobby, "settings keys revoke", key=one["value"]
            )
            await asked.done(60)
        given = await signing.exchanged(client, code)

    assert offered
    assert given.body["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": BACK + "/.."},
        {"redirect_uri": "http://127.0.0.1:33418@evil.example/callback"},
        {"redirect_uri": "https://127.0.0.1:33418/callback"},
        {"redirect_uri": BACK + "?next=x"},
        {"redirect_uri": "javascript:alert(1)"},
        {"client_id": "fbc.W10"},
        {"client_id": "x" * 3_000},
        {"client_id": None},
        {"state": "x" * 1_001},
        {"state": "a\r\nSet-Cookie: x=y"},
    ],
)
async def test_no_page_leads_where_no_app_said(
    signing: SignInScenario, changes: dict[str, str | None]
) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client, **changes))

    assert (page.status, "Location" in page.headers, "evil" in page.text) == (400, False, False)
    assert "href" not in page.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"resource": "https://other.example/api/v1/mcp"}, "invalid_target"),
    ],
)
async def test_a_wrong_request_is_shown_and_leads_nowhere_by_itself(
    signing: SignInScenario, changes: dict[str, str | None], error: str
) -> None:
    client = await signing.registered(WEB)
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client, redirect_uri=WEB, **changes))

    assert (page.status, "Location" in page.headers, "Set-Cookie" in page.headers) == (400, False, False)
    assert f"{WEB}?error={error}" in page.text


async def test_an_app_on_the_persons_machine_may_take_another_port(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client, redirect_uri="http://127.0.0.1:50001/callback"))

    assert page.status == 200


async def test_an_apps_name_is_text_and_nothing_else(signing: SignInScenario) -> None:
    client = await signing.registered(client_name="<script>alert(1)</script>\n**@everyone**\u202e")
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client))
        question = await signing.types(browser.code(page))

    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text + question.text
    assert "**@everyone**" not in question.text


async def test_the_question_shows_a_host_whole_and_one_too_long_for_it_never_registers(
    signing: SignInScenario,
) -> None:
    end = ".evil.example"
    longest = f"https://{'a' * (60 - len(end))}{end}:65535/cb"
    client = await signing.registered(longest)
    async with signing.browser() as browser:
        page = await browser.opens(signing.asked(client, redirect_uri=longest))
        question = await signing.types(browser.code(page))
    longer = f"https://a{longest.removeprefix('https://')}"
    refused = await signing.post("/oauth/register", json={"redirect_uris": [longer]})

    assert end in question.text.replace("\\", "")
    assert "never sends" not in question.text
    assert refused.status == 400
    assert "at most 60 letters" in refused.text
