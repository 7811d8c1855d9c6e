-- Old events go by emptying a partition, not row by row: nothing is left for vacuum, and it takes a moment however many there are.
--
-- The partitions are a ring of six slots of five minutes each: an event goes where the clock of the database points when it is
-- stored. A slot that is not being written has 25 minutes in which it may be emptied before its turn comes again; one that
-- could not be emptied in time just keeps its events for another round. A ring of fixed partitions, because TRUNCATE locks one
-- partition, while creating and dropping them would lock the table that every transition writes to.

alter table chat_event rename to chat_event_before;
alter index chat_event_pkey rename to chat_event_before_pkey;
alter index chat_event_by_xid rename to chat_event_before_by_xid;
-- Held until the end: whoever is storing an event in the old table is waited for, and whoever comes finds the new one.
lock table chat_event_before in access exclusive mode;

create sequence chat_event_number as bigint;

create table chat_event (
  event_id           bigint not null default nextval('chat_event_number'),
  -- The transaction that wrote it. Sequence numbers commit out of order, so a reader asks which transactions have become
  -- visible since it last looked (docs/decisions/0009).
  xid                xid8 not null default pg_current_xact_id(),
  tenant_id          uuid not null,
  chat_id            uuid not null,
  profile_id         uuid not null,
  kind               text not null check (kind in ('chat_started', 'chat_completed', 'chat_failed', 'chat_ended', 'backlist_triggered')),
  -- The JSON array that a backlist_triggered event carries, as bytes; null for the others.
  notification_items bytea check ((kind = 'backlist_triggered') = (notification_items is not null)),
  created_at         timestamptz(3) not null,
  slot               smallint not null default (extract(epoch from clock_timestamp())::bigint / 300 % 6)::smallint
) partition by list (slot);

alter sequence chat_event_number owned by chat_event.event_id;

create table chat_event_0 partition of chat_event for values in (0);
create table chat_event_1 partition of chat_event for values in (1);
create table chat_event_2 partition of chat_event for values in (2);
create table chat_event_3 partition of chat_event for values in (3);
create table chat_event_4 partition of chat_event for values in (4);
create table chat_event_5 partition of chat_event for values in (5);

-- What has become visible since, for the readers; whether all of a slot is older than anybody needs, for the purge. By
-- transaction, not by created_at: the clocks of nodes may differ.
create index chat_event_by_xid on chat_event (xid);

-- With their numbers and transactions: a reader that has not read them yet finds them here.
insert into chat_event (event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, created_at)
select event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, created_at from chat_event_before;

select setval('chat_event_number', coalesce(pg_sequence_last_value(pg_get_serial_sequence('chat_event_before', 'event_id')::regclass), 1));

drop table chat_event_before;
