-- Creators of whom everything is being erased: how far it is. The row goes with the end.
CREATE TABLE erasures (
    creator_uuid TEXT PRIMARY KEY,
    -- Who asked for it, and by which command; NULL: the operator.
    asked_by BIGINT,
    command_id TEXT,
    step TEXT NOT NULL,
    -- JSON: how many rows of which table are gone.
    counts TEXT NOT NULL,
    begun_at BIGINT NOT NULL
);

-- What of such a creator still has to go from Discord: a whole channel, or one message of it.
CREATE TABLE erasure_places (
    creator_uuid TEXT NOT NULL,
    channel_id BIGINT NOT NULL,
    -- 0: the channel itself.
    message_id BIGINT NOT NULL,
    -- The forum whose post this is; gone with it.
    forum_id BIGINT,
    rank BIGINT NOT NULL,
    -- 1: Discord does not let the bot take it away.
    refused BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (creator_uuid, channel_id, message_id)
);
