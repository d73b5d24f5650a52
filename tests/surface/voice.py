"""Measure: old words in what people read, those that our voice does without."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tests.surface.sentences import WrittenSentence, written_sentences

# What nobody says today, by the word that it stands for on the list. Each bites the phrase and not the good
# English beside it: “stands in for” is a role here, “holds three items” is plain, “leave empty” is advice.
OLD_WORDS: Final[Mapping[str, str]] = {
    "whoever": r"\bwho(?:m|)ever\b",
    "anew": r"\banew\b",
    "holds": r"\bholds? (?:at once|until|from now|for now|here|now)\b|\bwhat holds\b|\bit holds\b",
    "is told": r"\b(?:is|are|be|being|gets?) told\b|\btold (?:live|once|again|in|anew)\b"
    r"|\btells? (?:nobody|nothing)\b",
    "what becomes of": r"\bbec(?:omes?|ame) of\b",
    "came of": r"\b(?:came|comes?) of\b",
    "stands": r"\bstands (?:here|there|beside|behind|first|as|on|below|above|already)\b|\bhow \S+ stands?\b",
    "lets in": r"\blets? (?:\S+ )?in\b(?! range)|\blet in\b",
    "let go": r"\blets? (?:\S+ ){0,3}?go\b",
    "takes its word back": r"\b(?:takes?|took|taken) (?:its|their|his|the) word\b|\bword back\b",
    "mend": r"\bmend(?:s|ed|ing)?\b",
    "as it stands": r"\bas (?:it|they) stands?\b|\b(?:left|kept|stays?) as it is\b",
    "of this moment": r"\b(?:of|at) (?:this|the|that) moment\b",
    "put aside": r"\bput(?:s|ting)? (?:\S+ )?(?:aside|off)\b",
    "a person is needed": r"\ba person is needed\b|\bneeds? a person\b|\bwaits? for a person\b",
    "leaves": r"\b(?:it|this|that|reply|message|anything|nothing|something) (?:leaves|left) (?:at|in|as)\b"
    r"|\bbefore (?:it|this|anything|something) leaves\b|\bdoes not leave\b|\bdid not leave\b",
    "goes out": r"\b(?:goes?|went|going|gone) out\b",
    "looked at": r"\b(?:is|are|was|were|been|be) looked (?:at|in|into|through|for)\b",
    "what came in": r"\b(?:what|nothing|all that|money|how much is to) (?:came|comes?) in\b",
    "Nothing was": r"(?-i:\bNothing was (?!waiting))",
    "any more": r"\bany more\b",
    "all the same": r"\ball the same\b",
    "it is so": r"\b(?:it|this) is so\b",
    "somebody": r"\b(?:some|every)body\b",
}

# Sentences of before, each as the list has it; a piece that a reader would know it by.
OLD_SENTENCES: Final = (
    "There is nothing here that you may do this with",
    "This is so already",
    "everything already, and stays so",
    "You cannot give or take what you do not have yourself",
    "This preview is over",
    "has it from now on",
    "They read the forum only where Discord lets them",
    "one side took its word back",
    "is then no longer",
    "Nothing is paused here that you could",
    "This button belongs to no",
    "so only they let it",
    "You can pause only who has less",
    "It holds until /pause off",
    "what becomes of",
    "too old to go out",
    "This press did not count",
    "You may do this for several creators here",
    "This is not a draft of yours, or it is gone",
    "This is asked about first",
    "is too long for a window. What you write takes its place",
    "as the creator's clock has it",
    "It waits here as it is",
    "This was answered already, or its time is over",
    "By which it is found while somebody types",
    "Likewise. Empty: it stays",
    "Its writer alone reads this",
    "There is no such command that you may use here",
    "says all about one of them",
    "Left out: says what holds",
    "so there is nothing to let go",
    "If you answer as well, the fan hears",
    "since this was asked",
    "This belongs to no reply of yours",
    "This waited too long to go out as it is",
    "Edit changes it, and it waits anew",
    "Something new is here since",
    "What held it does not hold it",
    "this price is another one than its writer's",
    "Discord had already given up on it",
    "Why it waits:",
    "Everything is told in the alerts channel",
    "Its text is not kept here any more",
    "By the rules of now",
    "Nobody made a rule",
    "usual: the rule is gone",
    "A rule for the whole team is made by somebody",
    "it counts as told nowhere",
    "this digest is quiet then",
    "Of subscriptions something may be missing",
    "nothing needs a person",
    "With renewal off now",
    "the days before count up to",
    "from nothing",
    "what went back is taken off",
    "told live that Fanvue does not list yet",
    "to just before",
    "There is nobody whose figures you see",
    "with the ranges they would tell",
    "whose renewal came due renewed",
    "ever came for this creator",
    "renewals and ends of then",
    "Nothing changes: it is so",
    "From the change on, new lines",
    "All is erased but the account itself",
    "You are the owner: nothing binds you",
    "It holds at once",
    "This fan is owed nothing",
    "This is no message of the creator's side",
    "Fanvue tells nobody whom a mass message reached",
    "It is never reposted again by itself",
    "This server's filter let this comment not through",
    "Posts are followed no more",
    "of this fan none is known",
    "Discord lets the bot not act",
    "This belongs to nothing that waits here",
    "where there is none, it does not leave",
    "nobody waits because of it",
    "Nothing was put aside here",
    "The time it was to go out has passed",
    "so somebody else confirms it",
    "One person is enough, to however many",
    "0 things were waiting",
    "Nothing is written down that fits",
    "What is looked for before something leaves",
    "What is told when it happens",
    "Set how much is to come in",
    "Whose a sale is, and why",
    "Whether the figures are right",
    "What of fans' texts is shown and kept",
    "the fan waits no longer",
    "Stand in for a creator until its owner connects it",
    "Mend the line",
    "For whoever is woken",
)


@dataclass(frozen=True, slots=True)
class OldWord:
    """A sentence that has one, and which."""

    word: str
    sentence: WrittenSentence

    def __str__(self) -> str:
        return f"{self.word}: {self.sentence}"


def old_words_in(sentences: Iterable[WrittenSentence]) -> Iterator[OldWord]:
    """Each old word of each sentence once."""
    patterns = {word: re.compile(pattern, re.IGNORECASE) for word, pattern in OLD_WORDS.items()}
    for sentence in sentences:
        yield from (
            OldWord(word, sentence) for word, pattern in patterns.items() if pattern.search(sentence.text)
        )
        yield from (OldWord(old, sentence) for old in OLD_SENTENCES if old in sentence.text)


async def measure() -> Mapping[str, int]:
    """How many there are."""
    return {"old_words": sum(1 for _ in old_words_in(written_sentences()))}
