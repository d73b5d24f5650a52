"""Builds what shows a fan to whoever presses More."""

from bot.features.inbox.notes.feature import NotesFeature as Notebook
from bot.features.inbox.profiles.figure_texts import ProfileFigureTexts
from bot.features.inbox.profiles.loader import ProfileLoader
from bot.features.inbox.profiles.service import ProfileFansPort, ProfileService, Told
from bot.relay.context import Context


def open_profiles(
    on: Context, there: ProfileFansPort, notebook: Notebook, words: ProfileFigureTexts, told: Told
) -> ProfileService:
    """`there`: fans on Fanvue; `notebook`: what the team wrote down; `told`: what Fanvue says a fan is."""
    knowing = ProfileLoader(clock=on.clock, pseudonyms=on.effects.trail.pseudonyms, notebook=notebook)
    return ProfileService(database=on.database, knowing=knowing, there=there, words=words, told=told)
