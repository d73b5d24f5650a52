-- Items of a vault that went to a fan, or were to go: one row for each item of each message.
CREATE TABLE offers (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    -- A message on Fanvue, or the send that was to become one.
    carrier TEXT NOT NULL,
    media_uuid TEXT NOT NULL,
    -- The send: whether it took place, its own row says. NULL: the message was read on Fanvue.
    send_id TEXT,
    price BIGINT,
    sent_at BIGINT NOT NULL,
    bought_at BIGINT,
    PRIMARY KEY (creator_uuid, carrier, media_uuid)
);
CREATE INDEX offers_fan ON offers (creator_uuid, fan_uuid);
CREATE INDEX offers_age ON offers (creator_uuid, sent_at);

-- What mass messages had in them; whom they reached, nobody tells.
CREATE TABLE mass_offers (
    effect_id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    -- Ids with spaces between them; '': none, or nobody knows any more.
    media TEXT NOT NULL,
    price BIGINT,
    -- When it goes out: at once, or when it is planned for.
    sent_at BIGINT NOT NULL
);
CREATE INDEX mass_offers_creator ON mass_offers (creator_uuid, sent_at);
