-- Where what a member types in a fan's thread goes to the fan. No row: nowhere.
CREATE TABLE typed_modes (
    creator_uuid TEXT PRIMARY KEY,
    inside TEXT NOT NULL,             -- what begins with this stays inside
    since BIGINT NOT NULL,            -- what was typed before stays inside
    changed_by BIGINT NOT NULL
);
-- What a member has been told of it. goes: it goes to the fan, and they said yes. barred: theirs does not.
CREATE TABLE typed_members (
    creator_uuid TEXT NOT NULL,
    member_id BIGINT NOT NULL,
    knows TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, member_id)
);
-- Every message that somebody typed there, and what became of it. Its text is Discord's, or in its command.
CREATE TABLE typed_messages (
    message_id BIGINT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    channel_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    why TEXT,                         -- what its member was asked about
    line TEXT,                        -- the effect whose message asks, or says that it was not sent
    command_id TEXT,
    seen_at BIGINT NOT NULL
);
CREATE INDEX typed_messages_line ON typed_messages (line) WHERE line IS NOT NULL;
CREATE INDEX typed_messages_asked ON typed_messages (channel_id, member_id) WHERE state = 'asked';
CREATE INDEX typed_messages_fan ON typed_messages (creator_uuid, fan_uuid);
