-- Of which fans it was told that they came online, and to whom: it is not told again for some hours.
CREATE TABLE online_told (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    member_id BIGINT NOT NULL,        -- who was told privately; 0: the channel
    told_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, fan_uuid, member_id)
);
-- What one fan has spent is asked each time that one comes online.
CREATE INDEX earnings_told_fan ON earnings_told (creator_uuid, fan);
