-- How far events have been removed, so that a reader who was away for too long can tell, by no clock but the database's own
-- order of transactions, that it has missed some.

create table chat_event_horizon (
  singleton boolean primary key default true check (singleton),
  -- Every event that is visible in this snapshot may be gone.
  purged    pg_snapshot not null
);

insert into chat_event_horizon (purged) values ('1:1:');
