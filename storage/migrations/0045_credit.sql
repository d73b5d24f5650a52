-- Who sent what in a creator's name, as far as a sale can come of it. A fan is a pseudonym: it outlives them.
CREATE TABLE credit_sent (
    creator_uuid TEXT NOT NULL,
    item TEXT NOT NULL,               -- Fanvue's id of a message, a mass message or a post
    kind TEXT NOT NULL,               -- reply, elsewhere, mass, post
    at BIGINT NOT NULL,
    fan TEXT,                         -- NULL: to many
    member BIGINT,                    -- NULL: whoever it was, it was on Fanvue itself
    PRIMARY KEY (creator_uuid, item)
);
CREATE INDEX credit_sent_fan ON credit_sent (creator_uuid, fan, at, item, member) WHERE fan IS NOT NULL;

-- Sales that were given to somebody else than the rules say: the newest line of a sale holds.
CREATE TABLE credit_moves (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    row_key TEXT,                     -- the row of `earnings`, once there was one
    fact_id TEXT,                     -- the line of `earnings_told`, where there is one
    fan TEXT,                         -- a pseudonym
    member BIGINT,                    -- NULL: nobody's
    back BIGINT NOT NULL,             -- 1: as the rules say again
    state TEXT NOT NULL,              -- asked, done
    at BIGINT NOT NULL,
    moved_by BIGINT NOT NULL,
    body_ct BYTEA                     -- why; NULL once its fan was forgotten
);
CREATE INDEX credit_moves_creator ON credit_moves (creator_uuid, at);

-- What a row takes back is found by the id of its order, or of the payment that was told live.
CREATE INDEX earnings_told_payment ON earnings_told (creator_uuid, payment_id) WHERE payment_id IS NOT NULL;
