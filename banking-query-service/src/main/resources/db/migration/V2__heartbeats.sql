-- Until when a partition's records tell of the command side: when the newest event that was taken in
-- was decided, or the newest heartbeat was sent.
ALTER TABLE projection_offset ADD COLUMN told_at timestamptz NOT NULL DEFAULT 'epoch';
