-- Makes a copy of the database on another server recognisable (docs/decisions/0031): transaction numbers that a dump or a
-- logical replication brings mean nothing there.
--
-- Each of the two rows that store such numbers also stores the transaction that wrote the row. On the server where that happened
-- the number is the row's own xmin: after a crash, on a promoted standby and after pg_upgrade too. A dump restores the number as
-- a value, but the row gets the xmin of the transaction that restores it. Where the two differ the row comes from another server.

alter table chat_event_horizon
  add column written_by xid8 not null default pg_current_xact_id(),
  -- Replaced when a node takes over a copy, so that every node recognises a position that it has in memory from the former
  -- server.
  add column epoch uuid not null default gen_random_uuid();

alter table chat_tally add column written_by xid8 not null default pg_current_xact_id();

-- Every update of a row that this server wrote keeps the row its own, whichever version of the service sends it. A row from
-- another server stays recognisable until a statement sets written_by. On updates alone: a restore inserts.
create function keep_written_by() returns trigger language plpgsql as $$
begin
  if new.written_by = old.written_by and old.xmin = old.written_by::xid then
    new.written_by := pg_current_xact_id();
  end if;
  return new;
end
$$;

create trigger horizon_written before update on chat_event_horizon
  for each row execute function keep_written_by();

create trigger tally_written before update on chat_tally
  for each row execute function keep_written_by();

-- The columns were added to rows that earlier transactions wrote.
update chat_event_horizon set written_by = pg_current_xact_id();
update chat_tally set written_by = pg_current_xact_id();

-- As in 0007; "counted" is now false as well while the counts come from another server whose numbers this one has passed already.
create or replace function chat_list_total(of_kind "char", of_scope uuid, with_keys boolean, out counted boolean, out total bigint, out tail_at timestamptz[], out tail_id uuid[])
language plpgsql stable as $$
declare
  place chat_tally;
  is_native boolean;
  tail_chats bigint;
  own_chats bigint;
  low_at constant timestamptz := '-infinity';
  high_at constant timestamptz := 'infinity';
  low_id constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  select t.seen, t.open_xids, t.last_xid, t.xmin = t.written_by::xid into place.seen, place.open_xids, place.last_xid, is_native from chat_tally t;
  select sum(b.chats) into total from chat_tally_block b where b.kind = of_kind and b.scope = of_scope and b.level = 3;
  counted := (total is not null or of_kind <> 'p')
    and is_native
    and greatest(pg_snapshot_xmax(place.seen), place.last_xid) <= pg_snapshot_xmax(pg_current_snapshot());
  if not counted then
    total := chat_index_count(of_kind, of_scope, low_at, low_id, high_at, low_id);
    return;
  end if;

  -- Two walks of one index. Of what a transaction wrote that was open in "seen", nothing is counted. By itself, or the
  -- planner would take the tenant's index for it.
  if with_keys then
    with tail as materialized (
      select c.tenant_id, c.profile_id, c.created_at, c.chat_id from sdk_chat c where c.xid > place.last_xid
      union all
      select c.tenant_id, c.profile_id, c.created_at, c.chat_id from sdk_chat c where c.xid = any (place.open_xids) and c.xid <= place.last_xid
      limit 20001
    ),
    own as (
      select t.created_at, t.chat_id, case of_kind when 't' then t.tenant_id = of_scope when 'p' then t.profile_id = of_scope else true end as own
      from tail t
    )
    select count(*), count(*) filter (where o.own),
      array_agg(o.created_at order by o.created_at desc, o.chat_id desc) filter (where o.own),
      array_agg(o.chat_id order by o.created_at desc, o.chat_id desc) filter (where o.own)
    into tail_chats, own_chats, tail_at, tail_id
    from own o;
  else
    with tail as materialized (
      select c.tenant_id, c.profile_id from sdk_chat c where c.xid > place.last_xid
      union all
      select c.tenant_id, c.profile_id from sdk_chat c where c.xid = any (place.open_xids) and c.xid <= place.last_xid
      limit 20001
    )
    select count(*), count(*) filter (where case of_kind when 't' then t.tenant_id = of_scope when 'p' then t.profile_id = of_scope else true end)
    into tail_chats, own_chats
    from tail t;
  end if;
  counted := tail_chats <= 20000;
  total := case when counted then coalesce(total, 0) + own_chats else chat_index_count(of_kind, of_scope, low_at, low_id, high_at, low_id) end;
end
$$;
