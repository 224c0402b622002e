-- How far each projection has read each partition. Whoever writes views from a partition's events
-- holds its row here, so every view has one writer at a time.
CREATE TABLE projection_offset (
    projection text    NOT NULL,
    topic      text    NOT NULL,
    partition  integer NOT NULL,
    next       bigint  NOT NULL,
    PRIMARY KEY (projection, topic, partition)
) WITH (fillfactor = 20);

-- The aggregates whose next event cannot be applied.
CREATE TABLE parked_aggregate (
    projection   text        NOT NULL,
    stream_id    uuid        NOT NULL,
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    first_offset bigint      NOT NULL,
    reason       text        NOT NULL,
    queued       bigint      NOT NULL,
    parked_at    timestamptz NOT NULL,
    PRIMARY KEY (projection, stream_id)
);

-- The records that could not be applied, and those that wait behind them, as they came from Kafka.
-- Names of headers are bytes too: a broken record may hold what no text column takes.
CREATE TABLE dead_event (
    projection     text        NOT NULL,
    topic          text        NOT NULL,
    partition      integer     NOT NULL,
    record_offset  bigint      NOT NULL,
    stream_id      uuid,
    stream_version bigint      NOT NULL,
    reason         text        NOT NULL,
    record_key     bytea,
    header_names   bytea[]     NOT NULL,
    header_values  bytea[]     NOT NULL,
    payload        bytea,
    received_at    timestamptz NOT NULL,
    PRIMARY KEY (projection, topic, partition, record_offset)
);

CREATE INDEX dead_event_queue
    ON dead_event (projection, stream_id, stream_version, partition, record_offset);
