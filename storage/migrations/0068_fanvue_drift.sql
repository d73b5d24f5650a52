-- What Fanvue answered that the bridge does not know, each once: names and Fanvue's own words, never a value.
CREATE TABLE fanvue_drift (
    operation TEXT NOT NULL,
    kind TEXT NOT NULL,           -- shape, row, field or word
    what TEXT NOT NULL,
    seen_at BIGINT NOT NULL,      -- for the first time
    contract TEXT NOT NULL,       -- the version of the API that was spoken then
    PRIMARY KEY (operation, kind, what)
);
