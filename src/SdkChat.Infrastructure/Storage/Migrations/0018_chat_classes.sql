-- History counts by class, for lists that are filtered by status, trigger and time (docs/decisions/0036).
--
-- A chat is in one of five classes: in progress, completed, completed and triggered, error, ended. It changes its class at most twice, and
-- never back. Each change stores its transaction, so that it is counted as an insertion is: in the background, and exactly in any snapshot.
--
-- The counts of 0007 (chat_tally, chat_tally_block) stay for nodes of the version before, which list and count by them. Nodes of this
-- version use the tables below. A later release drops the old ones.

alter table sdk_chat
  -- The transaction in which the chat left "in progress"; null before, and for chats that left it before this script.
  add column final_xid xid8,
  -- The transaction of the first accepted back-list trigger; null without one.
  add column triggered_xid xid8,
  -- When the result came. updated_at moves on with each trigger. Null for chats that were completed before this script.
  add column completed_at timestamptz(3);

-- Statements of this version set the columns. For nodes of the version before, which do not know them, triggers write the row once more: a
-- trigger before the update would cost every update a lock of its row.
create function stamp_chat() returns trigger language plpgsql as $$
begin
  update sdk_chat c
  set final_xid = case when old.status = 'in_progress' then pg_current_xact_id() else c.final_xid end,
    completed_at = case when old.status = 'in_progress' and c.status = 'completed' then c.updated_at else c.completed_at end,
    triggered_xid = case when old.status = 'completed' then pg_current_xact_id() end
  where c.tenant_id = new.tenant_id and c.chat_id = new.chat_id;
  return null;
end
$$;

create trigger chat_final after update of status on sdk_chat
  for each row when (old.status = 'in_progress' and new.status <> 'in_progress' and new.final_xid is null) execute function stamp_chat();

-- A back-list trigger is the one statement that sets the items of a completed chat.
create trigger chat_triggered after update of pipeline_notification_items on sdk_chat
  for each row when (old.status = 'completed' and new.triggered_xid is null) execute function stamp_chat();

-- The class of a chat, one bit each: 1 in progress, 2 completed, 4 completed and triggered, 8 error, 16 ended. Indexes are built on it: a
-- function with another result needs another name.
create function chat_class(status text, triggered_xid xid8) returns integer language sql immutable parallel safe as $$
  select case status when 'in_progress' then 1 when 'completed' then case when triggered_xid is null then 2 else 4 end when 'error' then 8 else 16 end
$$;

-- How far the counts go; the columns are those of chat_tally (0007, 0014). Nothing is counted at first: all chats are pending.
create table chat_count_watermark (
  singleton  boolean primary key default true check (singleton),
  seen       pg_snapshot not null,
  open_xids  xid8[] not null,
  last_xid   xid8 not null,
  written_by xid8 not null default pg_current_xact_id()
);

insert into chat_count_watermark (seen, open_xids, last_xid) values ('1:1:', '{}', '0');

create trigger count_watermark_written before update on chat_count_watermark
  for each row execute function keep_written_by();

-- The blocks of 0007, each with the numbers of its chats by class. Those in progress are the rest.
create table chat_count_block (
  -- 'a' all chats, 't' a tenant's, 'p' a profile's.
  kind      "char" not null,
  -- The tenant, the profile, or 0 for all.
  scope     uuid not null,
  level     smallint not null,
  lower_at  timestamptz(3) not null,
  lower_id  uuid not null,
  chats     bigint not null,
  -- All completed chats, with and without a trigger.
  completed bigint not null,
  triggered bigint not null,
  failed    bigint not null,
  ended     bigint not null,
  primary key (kind, scope, level, lower_at, lower_id)
) with (fillfactor = 70);

-- How many of a block's chats are of the given classes.
create function chat_block_matches(classes integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint)
returns bigint language sql immutable parallel safe as $$
  select case when classes = 31 then chats else
    (classes & 1) * (chats - completed - failed - ended) + (classes >> 1 & 1) * (completed - triggered) + (classes >> 2 & 1) * triggered
      + (classes >> 3 & 1) * failed + (classes >> 4 & 1) * ended
    end
$$;

-- Chats that the counts do not have, or have in another class: counted_class is 0 for those they do not have. Two walks of an index for each
-- kind of change, as in 0007: what came after the highest counted transaction, and what was open then. "is true" keeps the planner from walking
-- all counted rows in the index of insertions.
create function chat_pending(last_xid xid8, open_xids xid8[])
returns table (tenant_id uuid, profile_id uuid, created_at timestamptz, chat_id uuid, class integer, counted_class integer)
language sql stable as $$
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, chat_class(c.status, c.triggered_xid), 0
  from sdk_chat c where c.xid > last_xid
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, chat_class(c.status, c.triggered_xid), 0
  from sdk_chat c where c.xid = any (open_xids) and c.xid <= last_xid
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, chat_class(c.status, c.triggered_xid), 1
  from sdk_chat c where c.final_xid > last_xid and (c.xid <= last_xid and c.xid <> all (open_xids)) is true
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, chat_class(c.status, c.triggered_xid), 1
  from sdk_chat c where c.final_xid = any (open_xids) and c.final_xid <= last_xid and (c.xid <= last_xid and c.xid <> all (open_xids)) is true
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, 4, 2
  from sdk_chat c where c.triggered_xid > last_xid and (c.xid <= last_xid and c.xid <> all (open_xids)) is true
    and (c.final_xid is null or c.final_xid <= last_xid and c.final_xid <> all (open_xids))
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, 4, 2
  from sdk_chat c where c.triggered_xid = any (open_xids) and c.triggered_xid <= last_xid and (c.xid <= last_xid and c.xid <> all (open_xids)) is true
    and (c.final_xid is null or c.final_xid <= last_xid and c.final_xid <> all (open_xids))
$$;

-- As chat_pending, without changes of class: all that a list of every class needs.
create function chat_pending_inserts(last_xid xid8, open_xids xid8[])
returns table (tenant_id uuid, profile_id uuid, created_at timestamptz, chat_id uuid)
language sql stable as $$
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id from sdk_chat c where c.xid > last_xid
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id from sdk_chat c where c.xid = any (open_xids) and c.xid <= last_xid
$$;

-- The functions below follow those of 0007: they are stable, and see what the calling statement sees. The settings for their plans are those
-- of the functions that lists call.

-- How many chats of some classes a list has from one key (included) up to another (excluded), counted in the list's index.
create function chat_history_count(of_kind "char", of_scope uuid, classes integer, from_at timestamptz, from_id uuid, below_at timestamptz, below_id uuid)
returns bigint language plpgsql stable as $$
begin
  if classes = 31 then
    return chat_index_count(of_kind, of_scope, from_at, from_id, below_at, below_id);
  elsif of_kind = 't' then
    return (select count(*) from sdk_chat where tenant_id = of_scope
      and (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id) and chat_class(status, triggered_xid) & classes <> 0);
  elsif of_kind = 'p' then
    return (select count(*) from sdk_chat where profile_id = of_scope
      and (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id) and chat_class(status, triggered_xid) & classes <> 0);
  else
    return (select count(*) from sdk_chat where (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id)
      and chat_class(status, triggered_xid) & classes <> 0);
  end if;
end
$$;

-- The key of the chat that comes after so many others of some classes, going down from a key (excluded); no row where the list ends before.
create function chat_history_key(of_kind "char", of_scope uuid, classes integer, below_at timestamptz, below_id uuid, skip bigint)
returns table (created_at timestamptz, chat_id uuid)
language plpgsql stable rows 1 as $$
begin
  if classes = 31 then
    return query select k.created_at, k.chat_id from chat_index_key(of_kind, of_scope, below_at, below_id, skip) k;
  elsif of_kind = 't' then
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c
      where c.tenant_id = of_scope and (c.created_at, c.chat_id) < (below_at, below_id) and chat_class(c.status, c.triggered_xid) & classes <> 0
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  elsif of_kind = 'p' then
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c
      where c.profile_id = of_scope and (c.created_at, c.chat_id) < (below_at, below_id) and chat_class(c.status, c.triggered_xid) & classes <> 0
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  else
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c
      where (c.created_at, c.chat_id) < (below_at, below_id) and chat_class(c.status, c.triggered_xid) & classes <> 0
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  end if;
end
$$;

-- All chats of some classes in a list and, if asked for, what the counts lack of them, newest first: a key, and 1 or -1. "counted" is
-- false where the list has no blocks, too much is pending, or the counts are not this server's: all are counted in the index then.
create function chat_history_total(of_kind "char", of_scope uuid, classes integer, with_keys boolean,
  out counted boolean, out total bigint, out tail_at timestamptz[], out tail_id uuid[], out tail_change integer[])
language plpgsql stable as $$
declare
  mark chat_count_watermark;
  is_native boolean;
  pending bigint;
  own bigint;
  low_at constant timestamptz := '-infinity';
  high_at constant timestamptz := 'infinity';
  low_id constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  select w.seen, w.open_xids, w.last_xid, w.xmin = w.written_by::xid into mark.seen, mark.open_xids, mark.last_xid, is_native from chat_count_watermark w;
  select sum(chat_block_matches(classes, b.chats, b.completed, b.triggered, b.failed, b.ended)) into total
  from chat_count_block b where b.kind = of_kind and b.scope = of_scope and b.level = 3;
  counted := (total is not null or of_kind <> 'p')
    and is_native
    and greatest(pg_snapshot_xmax(mark.seen), mark.last_xid) <= pg_snapshot_xmax(pg_current_snapshot());
  if not counted then
    total := chat_history_count(of_kind, of_scope, classes, low_at, low_id, high_at, low_id);
    return;
  end if;

  if classes = 31 and with_keys then
    with tail as materialized (select p.* from chat_pending_inserts(mark.last_xid, mark.open_xids) p limit 20001),
    own_rows as (
      select t.created_at, t.chat_id, case of_kind when 't' then t.tenant_id = of_scope when 'p' then t.profile_id = of_scope else true end as own
      from tail t
    )
    select count(*), count(*) filter (where o.own),
      array_agg(o.created_at order by o.created_at desc, o.chat_id desc) filter (where o.own),
      array_agg(o.chat_id order by o.created_at desc, o.chat_id desc) filter (where o.own),
      array_agg(1) filter (where o.own)
    into pending, own, tail_at, tail_id, tail_change
    from own_rows o;
  elsif classes = 31 then
    with tail as materialized (select p.* from chat_pending_inserts(mark.last_xid, mark.open_xids) p limit 20001)
    select count(*), count(*) filter (where case of_kind when 't' then t.tenant_id = of_scope when 'p' then t.profile_id = of_scope else true end)
    into pending, own
    from tail t;
  else
    with tail as materialized (select p.* from chat_pending(mark.last_xid, mark.open_xids) p limit 20001),
    change as (
      select t.created_at, t.chat_id,
        case when case of_kind when 't' then t.tenant_id = of_scope when 'p' then t.profile_id = of_scope else true end
          then sign(t.class & classes)::integer - sign(t.counted_class & classes)::integer else 0 end as change
      from tail t
    )
    select count(*), coalesce(sum(c.change), 0),
      array_agg(c.created_at order by c.created_at desc, c.chat_id desc) filter (where c.change <> 0),
      array_agg(c.chat_id order by c.created_at desc, c.chat_id desc) filter (where c.change <> 0),
      array_agg(c.change order by c.created_at desc, c.chat_id desc) filter (where c.change <> 0)
    into pending, own, tail_at, tail_id, tail_change
    from change c;
  end if;
  counted := pending <= 20000;
  total := case when counted then coalesce(total, 0) + own else chat_history_count(of_kind, of_scope, classes, low_at, low_id, high_at, low_id) end;
end
$$;

-- How many chats of some classes lie at a key or above. The tail is that of chat_history_total.
create function chat_history_above(of_kind "char", of_scope uuid, classes integer, counted boolean,
  tail_at timestamptz[], tail_id uuid[], tail_change integer[], key_at timestamptz, key_id uuid)
returns bigint language plpgsql stable as $$
declare
  up_at timestamptz := 'infinity';
  up_id uuid := '00000000-0000-0000-0000-000000000000';
  next_at timestamptz;
  matches bigint;
  above bigint := 0;
begin
  if counted then
    for depth in reverse 3..1 loop
      -- What lies between the key and the bound found so far, block by block; the lowest bound of these is the new one.
      select sum(chat_block_matches(classes, b.chats, b.completed, b.triggered, b.failed, b.ended)), min(b.lower_at) into matches, next_at
      from chat_count_block b
      where b.kind = of_kind and b.scope = of_scope and b.level = depth
        and (b.lower_at, b.lower_id) >= (key_at, key_id) and (b.lower_at, b.lower_id) < (up_at, up_id);
      if matches is not null then
        select b.lower_id into up_id from chat_count_block b
        where b.kind = of_kind and b.scope = of_scope and b.level = depth and b.lower_at = next_at and (b.lower_at, b.lower_id) >= (key_at, key_id)
        order by b.lower_id limit 1;
        up_at := next_at;
        above := above + matches;
      end if;
    end loop;
    above := above + coalesce((
      select sum(t.change) from unnest(tail_at, tail_id, tail_change) as t (at, id, change) where (t.at, t.id) >= (up_at, up_id)), 0);
  end if;
  return above + chat_history_count(of_kind, of_scope, classes, key_at, key_id, up_at, up_id);
end
$$;

-- Where a page begins: the key of its first row, and how many rows of the list precede it. The list is that of some classes, from one
-- instant (included; null for all) to another (excluded; null for all). "skip" counts from its newest; null asks for the last of pages of
-- "size". Past the end there is no key below -infinity.
create function chat_history_page(of_kind "char", of_scope uuid, classes integer, from_at timestamptz, to_at timestamptz, skip bigint, size integer,
  out total bigint, out skipped bigint, out start_at timestamptz, out start_id uuid)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  list record;
  block record;
  tail_count integer;
  newer bigint := 0;
  target bigint;
  -- All that was passed: chats from the upper bound on, and tail rows among them.
  up_at timestamptz := 'infinity';
  up_id uuid := '00000000-0000-0000-0000-000000000000';
  above bigint := 0;
  above_tail integer := 0;
  low_at timestamptz := '-infinity';
  low_id uuid := '00000000-0000-0000-0000-000000000000';
  n bigint;
  t integer;
  -- Completed chats without a trigger have no index of their own: their first page begins where the blocks say that there are some.
  seeks constant boolean := classes & 2 <> 0 and classes <> 31;
begin
  list := chat_history_total(of_kind, of_scope, classes, skip is distinct from 0 or from_at is not null or to_at is not null or seeks);
  total := list.total;
  if from_at is not null then
    total := chat_history_above(of_kind, of_scope, classes, list.counted, list.tail_at, list.tail_id, list.tail_change, from_at, low_id);
  end if;
  if to_at is not null then
    newer := chat_history_above(of_kind, of_scope, classes, list.counted, list.tail_at, list.tail_id, list.tail_change, to_at, low_id);
  end if;
  total := greatest(total - newer, 0);
  skipped := least(coalesce(skip, greatest(total - 1, 0) / size * size), total);
  if skipped = total or skipped = 0 and not (seeks and list.counted) then
    start_at := case when skipped = total then '-infinity' else coalesce(to_at, 'infinity') end;
    start_id := '00000000-0000-0000-0000-000000000000';
    return;
  end if;

  target := newer + skipped;
  if list.counted then
    tail_count := coalesce(cardinality(list.tail_at), 0);
    for depth in reverse 3..1 loop
      n := above;
      t := above_tail;
      for block in
        select b.lower_at, b.lower_id, chat_block_matches(classes, b.chats, b.completed, b.triggered, b.failed, b.ended) as matches from chat_count_block b
        where b.kind = of_kind and b.scope = of_scope and b.level = depth
          and (b.lower_at, b.lower_id) >= (low_at, low_id) and (b.lower_at, b.lower_id) < (up_at, up_id)
        order by b.lower_at desc, b.lower_id desc
      loop
        n := n + block.matches;
        while t < tail_count and (list.tail_at[t + 1], list.tail_id[t + 1]) >= (block.lower_at, block.lower_id) loop
          t := t + 1;
          n := n + list.tail_change[t];
        end loop;
        if n > target then
          low_at := block.lower_at;
          low_id := block.lower_id;
          exit;
        end if;
        up_at := block.lower_at;
        up_id := block.lower_id;
        above := n;
        above_tail := t;
      end loop;
    end loop;
  end if;

  select k.created_at, k.chat_id into start_at, start_id from chat_history_key(of_kind, of_scope, classes, up_at, up_id, target - above) k;
end
$$;

-- How many rows of such a list precede a key; with "included", the key's own as well.
create function chat_history_rank(of_kind "char", of_scope uuid, classes integer, from_at timestamptz, to_at timestamptz,
  key_at timestamptz, key_id uuid, included boolean, out total bigint, out above bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  list record;
  newer bigint := 0;
  low_id constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  list := chat_history_total(of_kind, of_scope, classes, true);
  total := list.total;
  if from_at is not null then
    total := chat_history_above(of_kind, of_scope, classes, list.counted, list.tail_at, list.tail_id, list.tail_change, from_at, low_id);
  end if;
  if to_at is not null then
    newer := chat_history_above(of_kind, of_scope, classes, list.counted, list.tail_at, list.tail_id, list.tail_change, to_at, low_id);
  end if;
  total := greatest(total - newer, 0);
  above := chat_history_above(of_kind, of_scope, classes, list.counted, list.tail_at, list.tail_id, list.tail_change, key_at, key_id) - newer;
  if not included and exists (
    select from sdk_chat c
    where c.chat_id = key_id and c.created_at = key_at and chat_class(c.status, c.triggered_xid) & classes <> 0
      and case of_kind when 't' then c.tenant_id = of_scope when 'p' then c.profile_id = of_scope else true end
  ) then
    above := above - 1;
  end if;
  above := least(greatest(above, 0), total);
end
$$;

-- As chat_history_count, for all classes at once. "completed" includes "triggered", as in a block.
create function chat_history_count_classes(of_kind "char", of_scope uuid, from_at timestamptz, from_id uuid, below_at timestamptz, below_id uuid,
  out chats bigint, out completed bigint, out triggered bigint, out failed bigint, out ended bigint)
language plpgsql stable as $$
begin
  if of_kind = 't' then
    select count(*), count(*) filter (where c.status = 'completed'), count(*) filter (where c.status = 'completed' and c.triggered_xid is not null),
      count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    into chats, completed, triggered, failed, ended
    from sdk_chat c where c.tenant_id = of_scope and (c.created_at, c.chat_id) >= (from_at, from_id) and (c.created_at, c.chat_id) < (below_at, below_id);
  elsif of_kind = 'p' then
    select count(*), count(*) filter (where c.status = 'completed'), count(*) filter (where c.status = 'completed' and c.triggered_xid is not null),
      count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    into chats, completed, triggered, failed, ended
    from sdk_chat c where c.profile_id = of_scope and (c.created_at, c.chat_id) >= (from_at, from_id) and (c.created_at, c.chat_id) < (below_at, below_id);
  else
    select count(*), count(*) filter (where c.status = 'completed'), count(*) filter (where c.status = 'completed' and c.triggered_xid is not null),
      count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    into chats, completed, triggered, failed, ended
    from sdk_chat c where (c.created_at, c.chat_id) >= (from_at, from_id) and (c.created_at, c.chat_id) < (below_at, below_id);
  end if;
end
$$;

-- How many chats a list has at each of some instants or later, by class. "completed" includes "triggered". The difference of two rows is the
-- numbers of a time range; -infinity and infinity are bounds as well.
create function chat_history_series(of_kind "char", of_scope uuid, bounds timestamptz[])
returns table (number integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  mark chat_count_watermark;
  counted boolean;
  tail_at timestamptz[];
  tail_id uuid[];
  tail_class integer[];
  tail_counted integer[];
  part record;
  bound timestamptz;
  up_at timestamptz;
  up_id uuid;
  low_id constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  select w.seen, w.open_xids, w.last_xid into mark.seen, mark.open_xids, mark.last_xid from chat_count_watermark w;
  counted := (select w.xmin = w.written_by::xid from chat_count_watermark w)
    and greatest(pg_snapshot_xmax(mark.seen), mark.last_xid) <= pg_snapshot_xmax(pg_current_snapshot())
    and (of_kind <> 'p' or exists (select from chat_count_block b where b.kind = of_kind and b.scope = of_scope and b.level = 3));
  if counted then
    with tail as materialized (select p.* from chat_pending(mark.last_xid, mark.open_xids) p limit 20001)
    select count(*) <= 20000, array_agg(t.created_at) filter (where t.own), array_agg(t.chat_id) filter (where t.own),
      array_agg(t.class) filter (where t.own), array_agg(t.counted_class) filter (where t.own)
    into counted, tail_at, tail_id, tail_class, tail_counted
    from (select p.*, case of_kind when 't' then p.tenant_id = of_scope when 'p' then p.profile_id = of_scope else true end as own from tail p) t;
  end if;

  number := 0;
  foreach bound in array bounds loop
    number := number + 1;
    chats := 0; completed := 0; triggered := 0; failed := 0; ended := 0;
    up_at := 'infinity';
    up_id := low_id;
    if counted then
      for depth in reverse 3..1 loop
        select sum(b.chats) as chats, sum(b.completed) as completed, sum(b.triggered) as triggered, sum(b.failed) as failed, sum(b.ended) as ended,
          min(b.lower_at) as lower_at
        into part
        from chat_count_block b
        where b.kind = of_kind and b.scope = of_scope and b.level = depth
          and (b.lower_at, b.lower_id) >= (bound, low_id) and (b.lower_at, b.lower_id) < (up_at, up_id);
        if part.chats is not null then
          select b.lower_id into up_id from chat_count_block b
          where b.kind = of_kind and b.scope = of_scope and b.level = depth and b.lower_at = part.lower_at
          order by b.lower_id limit 1;
          up_at := part.lower_at;
          chats := chats + part.chats;
          completed := completed + part.completed;
          triggered := triggered + part.triggered;
          failed := failed + part.failed;
          ended := ended + part.ended;
        end if;
      end loop;
      select count(*) filter (where t.was = 0) as chats,
        count(*) filter (where t.class in (2, 4) and t.was < 2) as completed, count(*) filter (where t.class = 4) as triggered,
        count(*) filter (where t.class = 8) as failed, count(*) filter (where t.class = 16) as ended
      into part
      from unnest(tail_at, tail_id, tail_class, tail_counted) as t (at, id, class, was)
      where (t.at, t.id) >= (up_at, up_id);
      chats := chats + part.chats;
      completed := completed + part.completed;
      triggered := triggered + part.triggered;
      failed := failed + part.failed;
      ended := ended + part.ended;
    end if;
    if (bound, low_id) < (up_at, up_id) then
      part := chat_history_count_classes(of_kind, of_scope, bound, low_id, up_at, up_id);
      chats := chats + part.chats;
      completed := completed + part.completed;
      triggered := triggered + part.triggered;
      failed := failed + part.failed;
      ended := ended + part.ended;
    end if;
    return next;
  end loop;
end
$$;

-- Takes deleted chats out of the counts, as chat_tally_forget does (0007): whoever deletes chats need not know about them. The watermark is
-- touched first, so that nobody counts meanwhile what it still sees.
create function chat_count_forget() returns trigger language plpgsql as $$
declare
  mark chat_count_watermark;
begin
  update chat_count_watermark set last_xid = last_xid returning * into mark;
  update chat_count_block b
  set chats = b.chats - lost.chats, completed = b.completed - lost.completed, triggered = b.triggered - lost.triggered,
    failed = b.failed - lost.failed, ended = b.ended - lost.ended
  from (
    select list.kind, list.scope, found.level, found.lower_at, found.lower_id, count(*) as chats,
      count(*) filter (where was.final and gone.status = 'completed') as completed,
      count(*) filter (where was.final and gone.status = 'completed' and was.triggered) as triggered,
      count(*) filter (where was.final and gone.status = 'error') as failed,
      count(*) filter (where was.final and gone.status = 'ended') as ended
    from gone
    cross join lateral (
      select gone.final_xid is null or gone.final_xid <= mark.last_xid and gone.final_xid <> all (mark.open_xids) as final,
        gone.triggered_xid <= mark.last_xid and gone.triggered_xid <> all (mark.open_xids) as triggered
    ) was
    cross join lateral (
      values ('a'::"char", '00000000-0000-0000-0000-000000000000'::uuid), ('t', gone.tenant_id), ('p', gone.profile_id)
    ) as list (kind, scope)
    cross join generate_series(1, 3) as depth (level)
    cross join lateral (
      select level, lower_at, lower_id from chat_count_block
      where kind = list.kind and scope = list.scope and level = depth.level and (lower_at, lower_id) <= (gone.created_at, gone.chat_id)
      order by lower_at desc, lower_id desc
      limit 1
    ) found
    where gone.xid <= mark.last_xid and gone.xid <> all (mark.open_xids)
    group by 1, 2, 3, 4, 5
  ) lost
  where b.kind = lost.kind and b.scope = lost.scope and b.level = lost.level and b.lower_at = lost.lower_at and b.lower_id = lost.lower_id;
  return null;
end
$$;

create trigger chat_uncounted after delete on sdk_chat referencing old table as gone
  for each statement execute function chat_count_forget();
