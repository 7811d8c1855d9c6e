-- Stamps that an app sets on a session (contract, section 8.8). They are deleted with their session, also by nodes of the version before.

-- The number of the session's stamps, so that their limit holds however many are set at once.
alter table profile_session add column stamps integer not null default 0;

create table session_stamp (
  session_id uuid not null references profile_session on delete cascade,
  -- Counts the session's stamps from 1, in the order in which they were stored.
  number     integer not null,
  tenant_id  uuid not null,
  status     text not null check (status ~ '^[A-Z0-9_]{1,40}$'),
  -- A JSON object as the bytes that came; null without one.
  meta       bytea,
  stamped_at timestamptz(3) not null,
  primary key (session_id, number)
);
