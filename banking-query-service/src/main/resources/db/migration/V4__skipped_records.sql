-- A dead record that names no aggregate stays where it is when somebody has decided to skip it.
ALTER TABLE dead_event
    ADD COLUMN because    text,
    ADD COLUMN skipped_by text,
    ADD COLUMN skipped_at timestamptz;

CREATE INDEX dead_event_nameless
    ON dead_event (projection, topic, partition, record_offset) WHERE stream_id IS NULL;
