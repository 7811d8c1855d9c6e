-- History counts by time, for statistics: the numbers of 0018 for each quarter of an hour, hour and day (docs/decisions/0040).
--
-- The bounds of statistics are full quarters in every time zone of today, so a bucket is a sum of a few dozen slots and reads no chat. The
-- worker that keeps the blocks keeps the slots, in the same transaction; a reader adds what is pending, as with blocks.

create table chat_count_slot (
  -- As in chat_count_block: 'a' all chats, 't' a tenant's, 'p' those of a profile that has blocks.
  kind      "char" not null,
  scope     uuid not null,
  -- 1 a quarter of an hour, 2 an hour, 3 a day, in UTC.
  level     smallint not null,
  -- Where it begins. A slot without chats has no row.
  slot_at   timestamptz(0) not null,
  chats     integer not null,
  -- All completed chats, with and without a trigger.
  completed integer not null,
  triggered integer not null,
  failed    integer not null,
  ended     integer not null,
  primary key (kind, scope, level, slot_at)
) with (fillfactor = 70);

-- Up to which snapshot the slots go. Where it is not "seen", blocks were counted without slots (this migration, or a node without them): readers
-- use the blocks, and the next worker counts all slots again.
alter table chat_count_watermark add column slots_seen pg_snapshot;

-- The slot of a level that an instant is in.
create function chat_slot(level integer, at timestamptz) returns timestamptz language sql immutable parallel safe as $$
  select date_bin(case level when 1 then interval '15 minutes' when 2 then interval '1 hour' else interval '1 day' end, at, timestamptz '2000-01-01 00:00:00+00')
$$;

-- The numbers of a list between each two of some instants, counted in the list's index.
create function chat_history_count_buckets(of_kind "char", of_scope uuid, bounds timestamptz[])
returns table (number integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint)
language plpgsql stable as $$
declare
  low_at constant timestamptz := bounds[1];
  high_at constant timestamptz := bounds[cardinality(bounds)];
begin
  if of_kind = 't' then
    return query select width_bucket(c.created_at::timestamptz, bounds), count(*), count(*) filter (where c.status = 'completed'),
      count(*) filter (where c.status = 'completed' and c.triggered_xid is not null), count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    from sdk_chat c where c.tenant_id = of_scope and c.created_at >= low_at and c.created_at < high_at group by 1;
  elsif of_kind = 'p' then
    return query select width_bucket(c.created_at::timestamptz, bounds), count(*), count(*) filter (where c.status = 'completed'),
      count(*) filter (where c.status = 'completed' and c.triggered_xid is not null), count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    from sdk_chat c where c.profile_id = of_scope and c.created_at >= low_at and c.created_at < high_at group by 1;
  else
    return query select width_bucket(c.created_at::timestamptz, bounds), count(*), count(*) filter (where c.status = 'completed'),
      count(*) filter (where c.status = 'completed' and c.triggered_xid is not null), count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    from sdk_chat c where c.created_at >= low_at and c.created_at < high_at group by 1;
  end if;
end
$$;

-- The numbers of a list between each two of some ascending instants, numbered from 1; a bucket without chats has no row. "completed" includes
-- "triggered". The parts are the buckets as runs of slots, in order of time: a bucket's number, or 0 where a run lies in several; a level;
-- where the run begins and ends. They lack less than a quarter at each end of the range; there are none where the bounds do not fit.
-- Three ways, exact all of them: slots and what is pending; blocks, where there are no parts or the slots are behind; the list's index, where
-- there are no counts.
create function chat_history_buckets(of_kind "char", of_scope uuid, bounds timestamptz[],
  numbers integer[], levels integer[], lows timestamptz[], highs timestamptz[])
returns table (number integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  mark record;
  counted boolean;
  most constant integer := cardinality(bounds) - 1;
  -- What the parts cover. The rest is read from the blocks.
  first_at constant timestamptz := lows[1];
  last_at constant timestamptz := highs[cardinality(highs)];
  edges timestamptz[] := '{}';
  tail_at timestamptz[];
  tail_class integer[];
  tail_counted integer[];
begin
  select w.last_xid, w.open_xids, w.slots_seen::text = w.seen::text as has_slots,
    w.xmin = w.written_by::xid and greatest(pg_snapshot_xmax(w.seen), w.last_xid) <= pg_snapshot_xmax(pg_current_snapshot()) as is_native
  into mark from chat_count_watermark w;
  counted := mark.is_native and (of_kind <> 'p' or exists (select from chat_count_block b where b.kind = of_kind and b.scope = of_scope and b.level = 3));
  if counted then
    with tail as materialized (select p.* from chat_pending(mark.last_xid, mark.open_xids) p limit 20001)
    select count(*) <= 20000, array_agg(t.created_at) filter (where t.own), array_agg(t.class) filter (where t.own),
      array_agg(t.counted_class) filter (where t.own)
    into counted, tail_at, tail_class, tail_counted
    from (
      select p.*, p.created_at >= first_at and p.created_at < last_at
        and case of_kind when 't' then p.tenant_id = of_scope when 'p' then p.profile_id = of_scope else true end as own
      from tail p
    ) t;
  end if;
  if not counted then
    return query select c.number, c.chats, c.completed, c.triggered, c.failed, c.ended from chat_history_count_buckets(of_kind, of_scope, bounds) c;
    return;
  end if;
  if mark.has_slots is not true or first_at is null then
    return query select s.number, s.chats - s.next_chats, s.completed - s.next_completed, s.triggered - s.next_triggered, s.failed - s.next_failed, s.ended - s.next_ended
    from (
      select h.*, lead(h.chats) over next as next_chats, lead(h.completed) over next as next_completed, lead(h.triggered) over next as next_triggered,
        lead(h.failed) over next as next_failed, lead(h.ended) over next as next_ended
      from chat_history_series(of_kind, of_scope, bounds) h
      window next as (order by h.number)
    ) s
    where s.number <= most and s.chats > s.next_chats;
    return;
  end if;

  if bounds[1] < first_at then
    edges := edges || array[bounds[1], first_at];
  end if;
  if last_at < bounds[most + 1] then
    edges := edges || array[last_at, bounds[most + 1]];
  end if;
  return query
  with slot as (
    select part.number, s.chats, s.completed, s.triggered, s.failed, s.ended
    from unnest(numbers, levels, lows, highs) as part (number, level, low_at, high_at)
    -- By itself, so that each part is one short walk of the index: the planner cannot know how short.
    cross join lateral (
      select sum(n.chats) as chats, sum(n.completed) as completed, sum(n.triggered) as triggered, sum(n.failed) as failed, sum(n.ended) as ended
      from chat_count_slot n
      where n.kind = of_kind and n.scope = of_scope and n.level = part.level and n.slot_at >= part.low_at and n.slot_at < part.high_at
    ) s
    where part.number > 0
    union all
    select width_bucket(n.slot_at::timestamptz, bounds), n.chats, n.completed, n.triggered, n.failed, n.ended
    from unnest(numbers, levels, lows, highs) as part (number, level, low_at, high_at)
    cross join lateral (
      select w.slot_at, w.chats, w.completed, w.triggered, w.failed, w.ended
      from chat_count_slot w
      where w.kind = of_kind and w.scope = of_scope and w.level = part.level and w.slot_at >= part.low_at and w.slot_at < part.high_at
      offset 0
    ) n
    where part.number = 0
    union all
    select width_bucket(t.at, bounds), (t.was = 0)::integer, (t.class in (2, 4) and t.was < 2)::integer, (t.class = 4)::integer, (t.class = 8)::integer,
      (t.class = 16)::integer
    from unnest(tail_at, tail_class, tail_counted) as t (at, class, was)
    union all
    -- The lower bound of each edge counts, less its upper one.
    select width_bucket(edges[e.number - (e.number + 1) % 2], bounds), e.chats * side.sign, e.completed * side.sign, e.triggered * side.sign,
      e.failed * side.sign, e.ended * side.sign
    from (select h.* from chat_history_series(of_kind, of_scope, edges) h where cardinality(edges) > 0) e
    cross join lateral (select case when e.number % 2 = 1 then 1 else -1 end as sign) side
  )
  select slot.number, sum(slot.chats)::bigint, sum(slot.completed)::bigint, sum(slot.triggered)::bigint, sum(slot.failed)::bigint, sum(slot.ended)::bigint
  from slot
  group by slot.number
  having sum(slot.chats) > 0;
end
$$;

-- As in 0018, and from the slots. A slot that has lost its last chat goes.
create or replace function chat_count_forget() returns trigger language plpgsql as $$
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

  with lost as (
    select list.kind, list.scope, depth.level, chat_slot(depth.level, gone.created_at) as slot_at, count(*) as chats,
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
    where gone.xid <= mark.last_xid and gone.xid <> all (mark.open_xids)
    group by 1, 2, 3, 4
  ),
  emptied as (
    delete from chat_count_slot s using lost
    where s.kind = lost.kind and s.scope = lost.scope and s.level = lost.level and s.slot_at = lost.slot_at and s.chats = lost.chats
  )
  update chat_count_slot s
  set chats = s.chats - lost.chats, completed = s.completed - lost.completed, triggered = s.triggered - lost.triggered,
    failed = s.failed - lost.failed, ended = s.ended - lost.ended
  from lost
  where s.kind = lost.kind and s.scope = lost.scope and s.level = lost.level and s.slot_at = lost.slot_at and s.chats <> lost.chats;
  return null;
end
$$;
