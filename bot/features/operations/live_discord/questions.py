"""What the bridge assumes of Discord, and the stage that can answer each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.features.operations.live_check.questions import OpenQuestion

QUESTIONS: Final[Mapping[str, OpenQuestion]] = MappingProxyType(
    {
        "permissions": OpenQuestion("Does the bot have what /setup needs?", 0, "/setup says what is missing"),
        "community": OpenQuestion(
            "Can a bot make a forum where Community is off?", 1, "yes; a refusal is said by /setup"
        ),
        "card": OpenQuestion(
            "Has a post's first message the id of the post?", 1, "yes: a fan's card is found by it"
        ),
        "box": OpenQuestion(
            "Are sections with a button, and 4,000 letters in boxes, taken?", 1, "yes, as documents say"
        ),
        "nonce": OpenQuestion(
            "Is the same nonce soon after one message?", 1, "yes, for 90 seconds; then it is searched"
        ),
        "edit": OpenQuestion(
            "Can an edit make an ordinary message a box?", 1, "yes, and never an ordinary one again"
        ),
        "found": OpenQuestion(
            "Is a closed post listed, and found by its button?", 1, "yes, among the archived ones"
        ),
        "wakes": OpenQuestion(
            "Does a closed post open when the bot writes in it?",
            1,
            "where Discord refuses, it is opened first",
        ),
        "limits": OpenQuestion(
            "Which limits do answers tell?", 1, "each route's are learned from its answers"
        ),
        "window": OpenQuestion(
            "What does a window with a list and a file bring?",
            2,
            "values, and each file's name, size and type",
        ),
        "file_host": OpenQuestion(
            "Do a window's files lie where the bridge fetches them?", 2, "yes; others are not fetched"
        ),
        "silent": OpenQuestion(
            "Does a line that names everyone notify a phone?", 3, "no: nothing in a line may mention"
        ),
        "edited": OpenQuestion("Does an edit notify a phone?", 3, "no, whatever is in it; alerts rely on it"),
        "mention": OpenQuestion("Does a mention by id notify a phone?", 3, "yes; alerts are sent so"),
        "words": OpenQuestion("Does a phone show the words of a mention?", 3, "yes, of an ordinary message"),
        "boxed": OpenQuestion(
            "What does a phone show of a mention in a box?", 3, "nothing, so alerts are ordinary messages"
        ),
        "age": OpenQuestion(
            "What does a member see whose age is not verified?", 4, "nothing of a forum (docs/policies.md)"
        ),
    }
)
