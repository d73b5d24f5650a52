-- Whether a call that nobody saw the end of was carried out is told by how many are on the list since then.
ALTER TABLE list_jobs ADD COLUMN size_before BIGINT;  -- members when the job began; NULL: not known
