-- Since when a fan subscribes, and whether and when it renews or ends; NULL: nobody told.
ALTER TABLE subscribers ADD COLUMN since BIGINT;
ALTER TABLE subscribers ADD COLUMN ends_at BIGINT;
ALTER TABLE subscribers ADD COLUMN renews BIGINT;
ALTER TABLE subscribers ADD COLUMN terms_at BIGINT;  -- when the newest of these was told, in Fanvue's time
