"""A desk's keys: says what was asked for."""

from bot.features.operations.api_keys.owner_service import OwnerKeyService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    OwnerKeyService,
    new=lambda asked: f"A key for {asked['name']}, as {asked['role']}, for {asked['days']} days.",
    show=Post(body=("Keys of programs",)),
    revoke=lambda key: f"No key {key}.",
    offered=[("n8n", "key-1")],
)
