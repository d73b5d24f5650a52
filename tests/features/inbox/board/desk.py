"""`Waiting` of a desk: nobody waits, and each page says which one it is."""

from bot.features.inbox.board.service import BoardPage, BoardService
from bot.model.choices import Choice, ChoiceOption
from bot.model.ports import Post
from tests.discord.desk_answers import answering


def _look(what: str, *, settles: bool) -> BoardPage:
    choice = Choice("inbox.pick", "0" * 22, "Another list", (ChoiceOption("u", "Unanswered"),))
    said = "decides" if settles else "only reads"
    return BoardPage(Post(body=(f"Who waits: {what}",), small=f"Whoever asks {said}."), choice)


STAND_INS = answering(
    BoardService,
    page_of=lambda ref, settles: _look(ref or "the first page", settles=settles),
    list_of=lambda chosen, settles: _look(" ".join(chosen), settles=settles),
)
