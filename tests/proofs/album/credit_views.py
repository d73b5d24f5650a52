"""Views of whose a sale is."""

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView


async def credit_sales(town: AlbumScenario) -> AlbumView:
    """Sales one by one, each with why."""
    return await town.slash(town.luna, town.lobby, "money credit sales", period="7")


async def credit_sales_lead(town: AlbumScenario) -> AlbumView:
    """The same, in ranges."""
    return await town.slash(town.theo, town.lobby, "money credit sales", period="7")


async def credit_statement(town: AlbumScenario) -> AlbumView:
    """The whole team's sums by both rules."""
    return await town.slash(town.luna, town.lobby, "money credit statement", period="30", as_file=True)


async def credit_statement_of(town: AlbumScenario) -> AlbumView:
    """One member's."""
    return await town.slash(
        town.luna, town.lobby, "money credit statement", period="30", member=town.mara.user.id
    )


async def credit_reassign(town: AlbumScenario) -> AlbumView:
    """A sale is to be somebody else's."""
    shown = await credit_sales(town)
    ref = shown.words.split("`")[1]
    reason = "Theo wrote it, Mara pressed Send"
    return await town.slash(
        town.luna, town.lobby, "money credit reassign", sale=ref, member=town.theo.user.id, reason=reason
    )


async def credit_reassigned(town: AlbumScenario) -> AlbumView:
    """It is."""
    shown = await credit_reassign(town)
    await town.press(shown, "Yes, reassign it")
    await town.says(shown, "Done.")
    return await credit_sales(town)


VIEWS = (
    credit_sales,
    credit_sales_lead,
    credit_statement,
    credit_statement_of,
    credit_reassign,
    credit_reassigned,
)
