"""Views of the assistant: the owner's yes, a translation, an answer, a draft."""

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.answer_views import answer

_OWN = "Reading in bed. I miss you more!"

assistant_off = answer("assistant_off", "luna", "inbox assistant")


async def assistant_asked(town: AlbumScenario) -> AlbumView:
    """The owner wants both, and reads what that means."""
    return await town.slash(town.luna, town.lobby, "inbox assistant", translate="on", draft="on")


async def assistant_allowed(town: AlbumScenario) -> AlbumView:
    """She says yes."""
    return await town.click(await assistant_asked(town), "Allow")


async def line_with_help(town: AlbumScenario) -> AlbumView:
    """A fan's line has two more buttons."""
    await town.writes("sam_k", "¿Qué haces esta noche? Te echo de menos, guapa 🌙")
    return await town.line("sam_k", "Te echo de menos, guapa")


async def line_translated(town: AlbumScenario) -> AlbumView:
    """Mara reads it in her language."""
    town.assistant.says = "What are you doing tonight? I miss you, gorgeous 🌙"
    return await town.click(await town.line("sam_k", "Te echo de menos, guapa"), "Translate")


async def answer_in_own_words(town: AlbumScenario) -> AlbumView:
    """The window for her answer."""
    _, shot = await town.form(await line_translated(town), "Answer in their language")
    return shot


async def answer_translated(town: AlbumScenario) -> AlbumView:
    """What would be sent, beside what she wrote."""
    opened, _ = await town.form(await line_translated(town), "Answer in their language")
    town.assistant.says = "Leyendo en la cama. ¡Yo te echo más de menos!"
    return await town.submit(town.mara, opened, text=_OWN)


async def answer_read_back(town: AlbumScenario) -> AlbumView:
    """She has it translated back."""
    shot = await answer_translated(town)
    town.assistant.says = _OWN
    return await town.click(shot, "What does it say?")


async def translated_answer_sent(town: AlbumScenario) -> AlbumView:
    """Its line in the thread."""
    await town.click(await answer_translated(town), "Send")
    return await town.line("sam_k", "Original: Reading in bed")


async def reply_drafted(town: AlbumScenario) -> AlbumView:
    """A draft for her alone."""
    await town.writes("sam_k", "¿y mañana?")
    town.assistant.says = "Nada especial todavía… cuéntame tú, ¿qué tal tu día? 🧡"
    return await town.click(await town.line("sam_k", "y mañana"), "Draft")


async def assistant_away(town: AlbumScenario) -> AlbumView:
    """It does not answer."""
    town.assistant.status = 500
    try:
        return await town.click(await town.line("sam_k", "y mañana"), "Translate")
    finally:
        town.assistant.status = 200


async def assistant_ended(town: AlbumScenario) -> AlbumView:
    """The owner takes it back."""
    return await town.slash(town.luna, town.lobby, "inbox assistant", translate="off", draft="off")


VIEWS = (
    assistant_off,
    assistant_asked,
    assistant_allowed,
    line_with_help,
    line_translated,
    answer_in_own_words,
    answer_translated,
    answer_read_back,
    translated_answer_sent,
    reply_drafted,
    assistant_away,
    assistant_ended,
)
