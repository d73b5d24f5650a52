"""The JSON of people, servers, roles and channels, as Discord writes it."""

from typing import Any

from bot.sandbox.discord.model import (
    CATEGORY,
    DM,
    FORUM,
    PRIVATE_THREAD,
    StandInApplication,
    StandInChannel,
    StandInGuild,
    StandInMember,
    StandInRole,
    StandInTag,
    StandInUser,
    ThreadState,
)
from bot.sandbox.discord.snowflakes import iso


def user_json(user: StandInUser) -> dict[str, Any]:
    """A user, as others see it."""
    answer: dict[str, Any] = {"id": str(user.id), "username": user.name, "avatar": None, "discriminator": "0"}
    answer |= {"public_flags": 0, "flags": 0, "global_name": user.global_name, "primary_guild": None}
    return answer | ({"bot": True} if user.bot else {})


def own_user_json(user: StandInUser) -> dict[str, Any]:
    """A user, as it sees itself."""
    return {**user_json(user), "mfa_enabled": False, "locale": "en-US", "premium_type": 0, "verified": True}


def application_json(application: StandInApplication, owner: StandInUser, guilds: int) -> dict[str, Any]:
    """The application, as its own bot sees it."""
    bits = {"presences": 1 << 13, "members": 1 << 15, "message_content": 1 << 19}
    flags = sum(bits[name] for name in application.intents_enabled)
    answer: dict[str, Any] = {
        "id": str(application.id),
        "name": application.name,
        "icon": None,
        "description": "",
    }
    answer |= {"type": None, "bot": user_json(application.user), "bot_public": application.public}
    answer |= {
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
    }
    answer |= {
        "redirect_uris": list(application.redirect_uris),
        "interactions_endpoint_url": application.interactions_url,
    }
    answer |= {"role_connections_verification_url": None, "owner": user_json(owner), "team": None}
    answer |= {"approximate_guild_count": guilds, "approximate_user_install_count": 0}
    answer |= {"approximate_user_authorization_count": 0, "explicit_content_filter": 0}
    return answer | {"eligible_oauth2_scopes": []}


def role_json(role: StandInRole) -> dict[str, Any]:
    answer: dict[str, Any] = {"id": str(role.id), "name": role.name, "permissions": str(role.permissions)}
    answer |= {
        "position": role.position,
        "color": role.color,
        "hoist": role.hoist,
        "managed": role.managed_by is not None,
    }
    answer |= {"colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None}}
    answer |= {"mentionable": role.mentionable, "icon": None, "unicode_emoji": None, "flags": 0}
    return answer | ({"tags": {"bot_id": str(role.managed_by)}} if role.managed_by else {})


def member_json(member: StandInMember) -> dict[str, Any]:
    """A member with its user."""
    answer: dict[str, Any] = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
    }
    answer |= {
        "joined_at": iso(member.joined_at),
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
    }
    answer |= {"roles": [str(role) for role in member.roles], "mute": False, "deaf": False}
    return answer | {"user": user_json(member.user)}


def tag_json(tag: StandInTag) -> dict[str, Any]:
    emoji_id = None if tag.emoji_id is None else str(tag.emoji_id)
    answer: dict[str, Any] = {"id": str(tag.id), "name": tag.name, "moderated": tag.moderated}
    return answer | {"emoji_id": emoji_id, "emoji_name": tag.emoji_name}


def _opt(value: int | None) -> str | None:
    return None if value is None else str(value)


def channel_json(channel: StandInChannel) -> dict[str, Any]:
    """A channel of any kind; threads by their own function."""
    answer: dict[str, Any] = {"id": str(channel.id), "type": channel.type, "flags": channel.flags}
    if channel.type == DM:
        recipients = [user_json(user) for user in channel.recipients if not user.bot]
        return answer | {"last_message_id": _opt(channel.last_message_id), "recipients": recipients}
    answer |= {"guild_id": str(channel.guild_id), "name": channel.name, "position": channel.position}
    answer |= {"parent_id": _opt(channel.parent_id), "nsfw": channel.nsfw}
    answer["permission_overwrites"] = [
        {"id": str(o.id), "type": o.type, "allow": str(o.allow), "deny": str(o.deny)}
        for o in channel.overwrites.values()
    ]
    if channel.type == CATEGORY:
        return answer
    answer |= {"topic": channel.topic, "last_message_id": _opt(channel.last_message_id)}
    answer |= {"rate_limit_per_user": channel.rate_limit_per_user}
    if channel.default_auto_archive:
        answer["default_auto_archive_duration"] = channel.default_auto_archive
    if channel.type == FORUM:
        answer |= {"available_tags": [tag_json(tag) for tag in channel.tags]}
        answer |= {
            "default_sort_order": channel.default_sort_order,
            "default_reaction_emoji": channel.default_reaction_emoji,
        }
        answer |= {"default_forum_layout": channel.default_forum_layout}
        answer |= {"default_thread_rate_limit_per_user": channel.default_thread_rate_limit}
    return answer


def thread_json(channel: StandInChannel, thread: ThreadState, viewer_id: int | None = None) -> dict[str, Any]:
    """A thread; with the viewer's own membership if it has one."""
    answer: dict[str, Any] = {"id": str(channel.id), "type": channel.type, "flags": channel.flags}
    answer |= {"guild_id": str(channel.guild_id), "parent_id": _opt(channel.parent_id), "name": channel.name}
    answer |= {"owner_id": str(thread.owner_id), "last_message_id": _opt(channel.last_message_id)}
    answer |= {"rate_limit_per_user": channel.rate_limit_per_user, "message_count": thread.message_count}
    answer |= {"member_count": len(thread.members), "total_message_sent": thread.total_sent}
    answer["applied_tags"] = [str(tag) for tag in thread.applied_tags]
    answer["thread_metadata"] = {
        "archived": thread.archived,
        "archive_timestamp": iso(thread.archive_timestamp),
        "auto_archive_duration": thread.auto_archive_minutes,
        "locked": thread.locked,
        "create_timestamp": iso(thread.created_at),
    }
    if channel.type == PRIVATE_THREAD:
        answer["thread_metadata"]["invitable"] = thread.invitable
    if viewer_id in thread.members:
        answer["member"] = thread_member_json(channel.id, viewer_id, thread)
    return answer


def thread_member_json(thread_id: int, user_id: int, thread: ThreadState) -> dict[str, Any]:
    """A membership of a thread."""
    joined = iso(thread.members[user_id])
    return {"id": str(thread_id), "user_id": str(user_id), "join_timestamp": joined, "flags": 1}


def guild_json(guild: StandInGuild) -> dict[str, Any]:
    """A server, without its channels and members."""
    answer: dict[str, Any] = {"id": str(guild.id), "name": guild.name, "owner_id": str(guild.owner_id)}
    nothing: tuple[str, ...] = (
        "icon",
        "description",
        "home_header",
        "splash",
        "discovery_splash",
        "banner",
        "application_id",
    )
    nothing += (
        "afk_channel_id",
        "widget_channel_id",
        "max_presences",
        "vanity_url_code",
    )
    nothing += ("rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data")
    answer |= dict.fromkeys(nothing)
    zero: tuple[str, ...] = (
        "system_channel_flags",
        "verification_level",
        "default_message_notifications",
        "mfa_level",
    )
    zero += ("explicit_content_filter", "premium_tier", "premium_subscription_count", "nsfw_level")
    answer |= dict.fromkeys(zero, 0)
    answer |= {"features": [], "emojis": [], "stickers": []}
    answer |= {"region": "deprecated", "afk_timeout": 300, "widget_enabled": False, "nsfw": False}
    answer |= {"max_members": 500000, "max_stage_video_channel_users": 50, "max_video_channel_users": 25}
    answer |= {"preferred_locale": "en-US", "premium_progress_bar_enabled": False}
    answer["system_channel_id"] = None if guild.system_channel_id is None else str(guild.system_channel_id)
    return answer | {"roles": [role_json(role) for role in guild.roles.values()]}
