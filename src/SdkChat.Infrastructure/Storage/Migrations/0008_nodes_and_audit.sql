-- What nodes ask each other, and who has looked across tenants.

-- Who is alive, and what the backoffice wants to know of all nodes (docs/decisions/0015). Unlogged: a crash of the server may
-- take it, since every node says again within seconds that it is there, and a question is over after two.
create unlogged table node (
  node_id uuid primary key,
  name    text not null,
  seen_at timestamptz not null
) with (fillfactor = 50);

create unlogged table node_inquiry (
  inquiry_id bigint generated always as identity primary key,
  -- Of which streams is to be told: this tenant's, or everybody's.
  tenant_id  uuid,
  -- Which stream is to be ended; null to be told of them.
  stream_id  uuid,
  -- How many streams a node tells of, its newest.
  newest     bigint not null,
  asked_at   timestamptz not null default now()
);

create unlogged table node_answer (
  inquiry_id bigint not null,
  node_id    uuid not null,
  -- All streams that were asked for.
  total      bigint not null,
  -- The newest of them, as a JSON array. Text: a subject may hold what jsonb refuses.
  streams    text not null,
  primary key (inquiry_id, node_id)
);

-- Every call of the backoffice that reads across tenants, or ends a stream: who, what, when, and how it was answered
-- (docs/decisions/0016). Nothing of what was read.
create table audit_entry (
  audit_id   uuid primary key,
  at         timestamptz(3) not null,
  -- As the token says; null where it does not.
  subject    text,
  action     text not null,
  -- Whose data it was about, as far as the call or its answer names one tenant.
  tenant_id  uuid,
  -- The chat, profile or stream that the call names.
  target_id  uuid,
  -- The HTTP status of the answer.
  status     smallint not null,
  request_id text not null
);

create index audit_entry_by_instant on audit_entry (at);

-- Whoever runs the service may add to the record; to take from it there is this alone, and it takes nothing that is younger
-- than a month.
create function audit_forget(before timestamptz, most integer) returns integer
language sql security definer set search_path from current as $$
  with old as (
    select audit_id from audit_entry where at < least(before, now() - interval '30 days') order by at limit most
  ), gone as (
    delete from audit_entry where audit_id in (select audit_id from old) returning audit_id
  )
  select count(*)::integer from gone
$$;

revoke execute on function audit_forget(timestamptz, integer) from public;
