-- The streams that a policy could not cope with; their events are in the journal.
create table parked_stream (
    policy    text        not null,
    stream_id uuid        not null,
    since     bigint      not null,
    until     bigint      not null,
    reason    text        not null,
    parked_at timestamptz not null,
    constraint stream_is_parked primary key (policy, stream_id)
);
