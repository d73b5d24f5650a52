-- Lines of a fan's thread whose message was deleted on Fanvue. They show that, and their text at most struck.
CREATE TABLE struck_lines (
    line_id TEXT PRIMARY KEY,         -- the effect that posts the line
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    deleted_at BIGINT NOT NULL,
    by_fan BIGINT NOT NULL,           -- 0: on the creator's side
    was_shown BIGINT NOT NULL         -- 0: its text had not reached Discord, and does not any more
);
CREATE INDEX struck_lines_fan ON struck_lines (creator_uuid, fan_uuid);
CREATE INDEX struck_lines_deleted ON struck_lines (creator_uuid, deleted_at);
-- When Fanvue told what a fan is to the creator (fans.status), in its time, or ours where we asked. NULL: it did not.
ALTER TABLE fans ADD COLUMN status_at BIGINT;
