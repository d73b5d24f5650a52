-- What live events told of money: each is a line of its own until Fanvue's list has its row.
CREATE TABLE earnings_told (
    fact_id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    fan TEXT,                         -- a pseudonym
    source TEXT NOT NULL,
    gross BIGINT,                     -- negative: it went back
    at BIGINT NOT NULL,
    payment_id TEXT,                  -- of money that went back: the payment that it takes back
    message_uuid TEXT,
    post_uuid TEXT,
    currency TEXT,
    row_key TEXT                      -- the row of `earnings` that is this
);
CREATE INDEX earnings_told_at ON earnings_told (creator_uuid, at);
CREATE INDEX earnings_told_row ON earnings_told (creator_uuid, row_key) WHERE row_key IS NOT NULL;
INSERT INTO earnings_told (fact_id, creator_uuid, fan, source, gross, at, payment_id, message_uuid, post_uuid)
    SELECT fact_id, creator_uuid, fan, source, gross, at, payment_id, message_uuid, post_uuid
    FROM payments WHERE told_by = 'webhook';
