-- The ledger: Fanvue's list of earnings as it was last read. It can be read anew from Fanvue at any time.
CREATE TABLE earnings (
    creator_uuid TEXT NOT NULL,
    row_key TEXT NOT NULL,            -- made of what Fanvue tells of the row; equal rows without an id are numbered
    at BIGINT NOT NULL,
    source TEXT NOT NULL,
    gross BIGINT NOT NULL,            -- negative: it went back, on its own day
    net BIGINT,
    currency TEXT,
    order_id TEXT,
    reverses TEXT,                    -- the order that this takes back
    -- A pseudonym: the row outlives the fan.
    fan TEXT,
    message_uuid TEXT,
    post_uuid TEXT,
    gone_at BIGINT,                   -- since when Fanvue lists it no more: it counts nowhere
    PRIMARY KEY (creator_uuid, row_key)
);
CREATE INDEX earnings_at ON earnings (creator_uuid, at);

-- Which days of UTC were read to their end, and when.
CREATE TABLE earnings_reads (
    creator_uuid TEXT NOT NULL,
    day BIGINT NOT NULL,              -- since 1970
    read_at BIGINT NOT NULL,
    unreadable BIGINT NOT NULL,       -- rows that could not be read: they are missing
    PRIMARY KEY (creator_uuid, day)
);

-- Sums of `earnings` by hour of the creator's days, so that years are answered at once.
CREATE TABLE earnings_sums (
    creator_uuid TEXT NOT NULL,
    day BIGINT NOT NULL,              -- of the zone, since 1970
    hour BIGINT NOT NULL,
    source TEXT NOT NULL,
    currency TEXT NOT NULL,
    gross BIGINT NOT NULL,
    net BIGINT NOT NULL,
    number BIGINT NOT NULL,
    without_net BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, day, hour, source, currency)
);

-- In which zone the sums are; where it is another than the creator's, they are made anew.
CREATE TABLE earnings_zones (
    creator_uuid TEXT PRIMARY KEY,
    zone TEXT NOT NULL
);
