-- Replies that wait for a lead, or did. What was typed lies sealed in the command that brought it.
CREATE TABLE held_replies (
    draft_id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    -- The command in which a lead said why it is returned, or what is sent in its place.
    word_id TEXT,
    -- The kept reply in which its writer has the text back.
    again_id TEXT,
    -- When its thread was told how it ended; NULL: it waits, or that is still to be told.
    told_at BIGINT
);
CREATE INDEX held_replies_open ON held_replies (creator_uuid) WHERE told_at IS NULL;
