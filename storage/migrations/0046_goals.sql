-- How much a creator wants to come in, in a week or a month. One of each at most.
CREATE TABLE goals (
    creator_uuid TEXT NOT NULL,
    span TEXT NOT NULL,               -- week or month
    cents BIGINT NOT NULL,
    net BIGINT NOT NULL,              -- 1: after Fanvue's fee
    set_at BIGINT NOT NULL,           -- weeks and months that were over by then are none of its
    PRIMARY KEY (creator_uuid, span)
);

-- Which goals were told to be reached, in which week or month: each once, whatever happens afterwards.
CREATE TABLE goals_told (
    creator_uuid TEXT NOT NULL,
    span TEXT NOT NULL,
    cents BIGINT NOT NULL,
    net BIGINT NOT NULL,
    first_day TEXT NOT NULL,          -- of the week or month, YYYY-MM-DD
    told_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, span, cents, net, first_day)
);
