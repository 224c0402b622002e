-- Up to where each partition of the topics has nothing that the journal lacks, a second behind at
-- the most. A database that is put back to an earlier moment has the marks of that moment, and what
-- lies behind them tells what it has lost.
create table log_mark (
    topic     text    not null,
    partition integer not null,
    next      bigint  not null,
    constraint log_is_marked primary key (topic, partition)
);

-- The streams that were given events back out of the topics, and above which version. Their states,
-- claims and processed commands are still to be made from these.
create table recovered_stream (
    stream_id uuid   not null,
    above     bigint not null,
    constraint stream_is_recovered primary key (stream_id)
);
