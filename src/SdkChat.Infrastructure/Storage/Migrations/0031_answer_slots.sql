-- Times of answers by time, for statistics, and the numbers of many tenants in one pass (docs/decisions/0047).
--
-- A slot (0028) gets the histogram of the times of its completed chats. 160 bins, each an eighth of a power of two wide: a value lies in a bin whose
-- ends differ by at most 12.5 %. A histogram is one number with twelve decimal digits for each bin, so that sum, difference and
-- comparison are those of numbers.

alter table chat_count_slot add column answers numeric not null default 0;

alter table chat_count_watermark
  -- Up to which snapshot the slots have answers. Where it is not "seen", a node without histograms was the last to count: readers read
  -- the times of the newest chats, and a node with them counts the slots again.
  add column answers_seen pg_snapshot,
  -- When a node may count the slots again for their times; null for now. While nodes of both versions run, one of the older undoes each pass.
  add column answers_due_at timestamptz;

-- The bin of a time in milliseconds. 0 to 15 have one each.
create function chat_answer_bin(ms integer) returns integer language sql immutable strict parallel safe as $$
  select 8 * width_bucket(ms, '{16,32,64,128,256,512,1024,2048,4096,8192,16384,32768,65536,131072,262144,524288,1048576,2097152}'::integer[])
    + (ms >> width_bucket(ms, '{16,32,64,128,256,512,1024,2048,4096,8192,16384,32768,65536,131072,262144,524288,1048576,2097152}'::integer[]))
$$;

-- The bin of a chat. 70 minutes and more are in the last one. Null without a time: chats that were completed before 0018.
create function chat_answer_bin(created_at timestamptz, completed_at timestamptz) returns integer language sql immutable parallel safe as $$
  select chat_answer_bin(least(4194303, greatest(0, extract(epoch from completed_at - created_at) * 1000))::integer)
$$;

-- The histogram of chats of one bin; null without a bin.
create function chat_answers(chats bigint, bin integer) returns numeric language sql immutable parallel safe as $$
  select chats * ('1e' || 12 * bin)::numeric
$$;

-- The histogram of one chat; 0 without a time.
create function chat_answer(created_at timestamptz, completed_at timestamptz) returns numeric language sql immutable parallel safe as $$
  select coalesce(chat_answers(1, chat_answer_bin(created_at, completed_at)), 0)
$$;

-- As chat_history_count_buckets, with times of answers: histograms are long numbers, so chats are counted by bin first. A tenant's chats are read in
-- the order of the tenant's index (0032).
create function chat_stats_count_buckets(of_kind "char", of_scope uuid, bounds timestamptz[])
returns table (number integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint, answers numeric)
language plpgsql stable as $$
declare
  low_at constant timestamptz := bounds[1];
  high_at constant timestamptz := bounds[cardinality(bounds)];
begin
  if of_kind = 't' then
    return query select g.number, sum(g.chats)::bigint, sum(g.completed)::bigint, sum(g.triggered)::bigint, sum(g.failed)::bigint, sum(g.ended)::bigint,
      coalesce(sum(chat_answers(g.completed, g.bin)), 0)
    from (
      select width_bucket(c.created_at::timestamptz, bounds) as number, case when c.status = 'completed' then chat_answer_bin(c.created_at, c.completed_at) end as bin,
        count(*) as chats, count(*) filter (where c.status = 'completed') as completed,
        count(*) filter (where c.status = 'completed' and c.triggered_xid is not null) as triggered, count(*) filter (where c.status = 'error') as failed,
        count(*) filter (where c.status = 'ended') as ended
      from (
        select c.created_at, c.completed_at, c.status, c.triggered_xid from sdk_chat c
        where c.tenant_id = any (array[of_scope]) and c.created_at >= low_at and c.created_at < high_at
        order by c.tenant_id, c.created_at desc, c.chat_id desc offset 0
      ) c
      group by 1, 2
    ) g
    group by 1;
  elsif of_kind = 'p' then
    return query select g.number, sum(g.chats)::bigint, sum(g.completed)::bigint, sum(g.triggered)::bigint, sum(g.failed)::bigint, sum(g.ended)::bigint,
      coalesce(sum(chat_answers(g.completed, g.bin)), 0)
    from (
      select width_bucket(c.created_at::timestamptz, bounds) as number, case when c.status = 'completed' then chat_answer_bin(c.created_at, c.completed_at) end as bin,
        count(*) as chats, count(*) filter (where c.status = 'completed') as completed,
        count(*) filter (where c.status = 'completed' and c.triggered_xid is not null) as triggered, count(*) filter (where c.status = 'error') as failed,
        count(*) filter (where c.status = 'ended') as ended
      from sdk_chat c where c.profile_id = of_scope and c.created_at >= low_at and c.created_at < high_at
      group by 1, 2
    ) g
    group by 1;
  else
    return query select g.number, sum(g.chats)::bigint, sum(g.completed)::bigint, sum(g.triggered)::bigint, sum(g.failed)::bigint, sum(g.ended)::bigint,
      coalesce(sum(chat_answers(g.completed, g.bin)), 0)
    from (
      select width_bucket(c.created_at::timestamptz, bounds) as number, case when c.status = 'completed' then chat_answer_bin(c.created_at, c.completed_at) end as bin,
        count(*) as chats, count(*) filter (where c.status = 'completed') as completed,
        count(*) filter (where c.status = 'completed' and c.triggered_xid is not null) as triggered, count(*) filter (where c.status = 'error') as failed,
        count(*) filter (where c.status = 'ended') as ended
      from sdk_chat c where c.created_at >= low_at and c.created_at < high_at
      group by 1, 2
    ) g
    group by 1;
  end if;
end
$$;

-- The numbers of a list in less than a quarter of an hour: from its rows, and where these are very many, from the blocks, with the times of the
-- newest.
create function chat_stats_edge(of_kind "char", of_scope uuid, low_at timestamptz, high_at timestamptz,
  out chats bigint, out completed bigint, out triggered bigint, out failed bigint, out ended bigint, out answers numeric)
language plpgsql stable as $$
declare
  most constant integer := 1000;
begin
  if of_kind = 't' then
    select count(*), count(*) filter (where r.class in (2, 4)), count(*) filter (where r.class = 4), count(*) filter (where r.class = 8),
      count(*) filter (where r.class = 16), coalesce(sum(r.answer), 0)
    into chats, completed, triggered, failed, ended, answers
    from (
      select chat_class(c.status, c.triggered_xid) as class, case when c.status = 'completed' then chat_answer(c.created_at, c.completed_at) end as answer
      from sdk_chat c where c.tenant_id = any (array[of_scope]) and c.created_at >= low_at and c.created_at < high_at
      order by c.tenant_id, c.created_at desc, c.chat_id desc limit most + 1
    ) r;
  elsif of_kind = 'p' then
    select count(*), count(*) filter (where r.class in (2, 4)), count(*) filter (where r.class = 4), count(*) filter (where r.class = 8),
      count(*) filter (where r.class = 16), coalesce(sum(r.answer), 0)
    into chats, completed, triggered, failed, ended, answers
    from (
      select chat_class(c.status, c.triggered_xid) as class, case when c.status = 'completed' then chat_answer(c.created_at, c.completed_at) end as answer
      from sdk_chat c where c.profile_id = of_scope and c.created_at >= low_at and c.created_at < high_at
      order by c.profile_id, c.created_at desc, c.chat_id desc limit most + 1
    ) r;
  else
    select count(*), count(*) filter (where r.class in (2, 4)), count(*) filter (where r.class = 4), count(*) filter (where r.class = 8),
      count(*) filter (where r.class = 16), coalesce(sum(r.answer), 0)
    into chats, completed, triggered, failed, ended, answers
    from (
      select chat_class(c.status, c.triggered_xid) as class, case when c.status = 'completed' then chat_answer(c.created_at, c.completed_at) end as answer
      from sdk_chat c where c.created_at >= low_at and c.created_at < high_at
      order by c.created_at desc, c.chat_id desc limit most + 1
    ) r;
  end if;
  if chats > most then
    select sum(h.chats * side.sign), sum(h.completed * side.sign), sum(h.triggered * side.sign), sum(h.failed * side.sign), sum(h.ended * side.sign)
    into chats, completed, triggered, failed, ended
    from chat_history_series(of_kind, of_scope, array[low_at, high_at]) h
    cross join lateral (select case h.number when 1 then 1 else -1 end as sign) side;
  end if;
end
$$;

-- Whether the slots can be read in this snapshot, whether they have answers, and what they lack: at most 20,000 chats, or they are not usable.
create function chat_stats_tail(of_kind "char", of_scope uuid, low_at timestamptz, high_at timestamptz,
  out is_counted boolean, out has_slots boolean, out has_answers boolean, out tail_tenant uuid[], out tail_at timestamptz[], out tail_class integer[],
  out tail_counted integer[], out tail_answer numeric[])
language plpgsql stable as $$
declare
  mark record;
begin
  select w.last_xid, w.open_xids, w.slots_seen::text = w.seen::text as has_slots, w.answers_seen::text = w.seen::text as has_answers,
    w.xmin = w.written_by::xid and greatest(pg_snapshot_xmax(w.seen), w.last_xid) <= pg_snapshot_xmax(pg_current_snapshot()) as is_native
  into mark from chat_count_watermark w;
  is_counted := mark.is_native and (of_kind <> 'p' or exists (select from chat_count_block b where b.kind = of_kind and b.scope = of_scope and b.level = 3));
  has_slots := coalesce(mark.has_slots, false);
  has_answers := coalesce(mark.has_answers, false);
  if is_counted then
    with tail as materialized (select p.* from chat_pending(mark.last_xid, mark.open_xids) p limit 20001)
    select count(*) <= 20000, array_agg(t.tenant_id) filter (where t.own), array_agg(t.created_at) filter (where t.own), array_agg(t.class) filter (where t.own),
      array_agg(t.counted_class) filter (where t.own), array_agg(t.answer) filter (where t.own)
    into is_counted, tail_tenant, tail_at, tail_class, tail_counted, tail_answer
    from (
      select o.*, (
          select chat_answer(c.created_at, c.completed_at) from sdk_chat c
          where o.own and o.class in (2, 4) and o.counted_class < 2 and c.chat_id = o.chat_id
        ) as answer
      from (
        select p.*, p.created_at >= low_at and p.created_at < high_at
          and case of_kind when 't' then p.tenant_id = of_scope when 'p' then p.profile_id = of_scope else true end as own
        from tail p
      ) o
    ) t;
  end if;
end
$$;

-- As chat_history_buckets, with times of answers; "has_answers" is false where the slots have none, and true where rows are read.
--
-- Parts with sign 0 are runs of slots as there; where a run lies in several buckets, a slot belongs to the bucket between two anchors. A part with
-- another sign is what lies between a bound and its anchor, a midnight of UTC: it adds to the bucket before the bound (its number) and
-- takes away from the one after, or the other way round. So a bucket of a day is the slot of a day and two short walks, whatever the
-- time zone. The parts cover first_at to last_at; null where the bounds do not fit.
create function chat_stats_buckets(of_kind "char", of_scope uuid, bounds timestamptz[], anchors timestamptz[],
  numbers integer[], levels integer[], lows timestamptz[], highs timestamptz[], signs integer[], first_at timestamptz, last_at timestamptz)
returns table (number integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint, answers numeric, has_answers boolean)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off set enable_sort = off as $$
declare
  tail record;
  most constant integer := cardinality(bounds) - 1;
begin
  select t.* into tail from chat_stats_tail(of_kind, of_scope, first_at, last_at) t;
  if not tail.is_counted or first_at >= last_at then
    return query select c.number, c.chats, c.completed, c.triggered, c.failed, c.ended, c.answers, true from chat_stats_count_buckets(of_kind, of_scope, bounds) c;
    return;
  end if;
  if not tail.has_slots or first_at is null then
    return query select s.number, s.chats - s.next_chats, s.completed - s.next_completed, s.triggered - s.next_triggered, s.failed - s.next_failed, s.ended - s.next_ended,
      0::numeric, false
    from (
      select h.*, lead(h.chats) over next as next_chats, lead(h.completed) over next as next_completed, lead(h.triggered) over next as next_triggered,
        lead(h.failed) over next as next_failed, lead(h.ended) over next as next_ended
      from chat_history_series(of_kind, of_scope, bounds) h
      window next as (order by h.number)
    ) s
    where s.number <= most and s.chats > s.next_chats;
    return;
  end if;

  return query
  with slot as (
    select side.number, side.sign * s.chats as chats, side.sign * s.completed as completed, side.sign * s.triggered as triggered, side.sign * s.failed as failed,
      side.sign * s.ended as ended, side.sign * s.answers as answers
    from unnest(numbers, levels, lows, highs, signs) as part (number, level, low_at, high_at, sign)
    -- By itself, so that each part is one short walk of the index: the planner cannot know how short.
    cross join lateral (
      select sum(n.chats) as chats, sum(n.completed) as completed, sum(n.triggered) as triggered, sum(n.failed) as failed, sum(n.ended) as ended,
        sum(n.answers) as answers
      from chat_count_slot n
      where n.kind = of_kind and n.scope = of_scope and n.level = part.level and n.slot_at >= part.low_at and n.slot_at < part.high_at
    ) s
    cross join lateral (values (part.number, case part.sign when 0 then 1 else part.sign end), (part.number + 1, -part.sign)) side (number, sign)
    where (part.sign <> 0 or part.number > 0) and s.chats is not null and side.sign <> 0 and side.number between 1 and most
    union all
    select width_bucket(n.slot_at::timestamptz, anchors), n.chats, n.completed, n.triggered, n.failed, n.ended, n.answers
    from unnest(numbers, levels, lows, highs, signs) as part (number, level, low_at, high_at, sign)
    cross join lateral (
      select w.slot_at, w.chats, w.completed, w.triggered, w.failed, w.ended, w.answers
      from chat_count_slot w
      where w.kind = of_kind and w.scope = of_scope and w.level = part.level and w.slot_at >= part.low_at and w.slot_at < part.high_at
      offset 0
    ) n
    where part.number = 0 and part.sign = 0
    union all
    select width_bucket(t.at, bounds), (t.was = 0)::integer, (t.class in (2, 4) and t.was < 2)::integer, (t.class = 4)::integer, (t.class = 8)::integer,
      (t.class = 16)::integer, t.answer
    from unnest(tail.tail_at, tail.tail_class, tail.tail_counted, tail.tail_answer) as t (at, class, was, answer)
    union all
    select 1, e.chats, e.completed, e.triggered, e.failed, e.ended, e.answers from chat_stats_edge(of_kind, of_scope, bounds[1], first_at) e where bounds[1] < first_at
    union all
    select most, e.chats, e.completed, e.triggered, e.failed, e.ended, e.answers
    from chat_stats_edge(of_kind, of_scope, last_at, bounds[most + 1]) e where last_at < bounds[most + 1]
  )
  select slot.number, sum(slot.chats)::bigint, sum(slot.completed)::bigint, sum(slot.triggered)::bigint, sum(slot.failed)::bigint, sum(slot.ended)::bigint,
    coalesce(sum(slot.answers), 0), tail.has_answers
  from slot
  group by slot.number
  having sum(slot.chats) > 0;
end
$$;

-- The numbers of one bucket for each tenant that has chats in it (or for one tenant), with the parts of chat_stats_buckets.
create function chat_stats_tenants(of_tenant uuid, bounds timestamptz[], anchors timestamptz[],
  numbers integer[], levels integer[], lows timestamptz[], highs timestamptz[], signs integer[], first_at timestamptz, last_at timestamptz)
returns table (tenant_id uuid, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint, answers numeric, has_answers boolean)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  tail record;
  edge_chats bigint;
begin
  select t.* into tail
  from chat_stats_tail(case when of_tenant is null then 'a'::"char" else 't' end, of_tenant, first_at, last_at) t;
  select count(*) into edge_chats
  from (
    (select from sdk_chat c where c.created_at >= bounds[1] and c.created_at < first_at limit 20001)
    union all
    (select from sdk_chat c where c.created_at >= last_at and c.created_at < bounds[2] limit 20001)
  ) e;
  if not tail.is_counted or not tail.has_slots or first_at is null or first_at >= last_at or edge_chats > 20000 then
    return query
    select t.tenant_id, b.chats, b.completed, b.triggered, b.failed, b.ended, b.answers, b.has_answers
    from tenant t
    cross join lateral chat_stats_buckets('t', t.tenant_id, bounds, anchors, numbers, levels, lows, highs, signs, first_at, last_at) b
    where of_tenant is null or t.tenant_id = of_tenant;
    return;
  end if;

  return query
  with slot as (
    select t.tenant_id, side.sign * s.chats as chats, side.sign * s.completed as completed, side.sign * s.triggered as triggered, side.sign * s.failed as failed,
      side.sign * s.ended as ended, side.sign * s.answers as answers
    from tenant t
    cross join unnest(numbers, levels, lows, highs, signs) as part (number, level, low_at, high_at, sign)
    cross join lateral (
      select sum(n.chats) as chats, sum(n.completed) as completed, sum(n.triggered) as triggered, sum(n.failed) as failed, sum(n.ended) as ended,
        sum(n.answers) as answers
      from chat_count_slot n
      where n.kind = 't' and n.scope = t.tenant_id and n.level = part.level and n.slot_at >= part.low_at and n.slot_at < part.high_at
    ) s
    -- The first bound has number 0: what lies between it and its anchor counts the other way round.
    cross join lateral (select case when part.sign = 0 then 1 when part.number = 0 then -part.sign else part.sign end as sign) side
    where (of_tenant is null or t.tenant_id = of_tenant) and s.chats is not null
    union all
    select t.tenant, (t.was = 0)::integer, (t.class in (2, 4) and t.was < 2)::integer, (t.class = 4)::integer, (t.class = 8)::integer,
      (t.class = 16)::integer, t.answer
    from unnest(tail.tail_tenant, tail.tail_at, tail.tail_class, tail.tail_counted, tail.tail_answer) as t (tenant, at, class, was, answer)
    union all
    select c.tenant_id, 1, (c.status = 'completed')::integer, (c.status = 'completed' and c.triggered_xid is not null)::integer, (c.status = 'error')::integer,
      (c.status = 'ended')::integer, case when c.status = 'completed' then chat_answer(c.created_at, c.completed_at) end
    from (values (bounds[1], first_at), (last_at, bounds[2])) as edge (low_at, high_at)
    join sdk_chat c on c.created_at >= edge.low_at and c.created_at < edge.high_at
    where of_tenant is null or c.tenant_id = of_tenant
  )
  select slot.tenant_id, sum(slot.chats)::bigint, sum(slot.completed)::bigint, sum(slot.triggered)::bigint, sum(slot.failed)::bigint, sum(slot.ended)::bigint,
    coalesce(sum(slot.answers), 0), tail.has_answers
  from slot
  group by slot.tenant_id
  having sum(slot.chats) > 0;
end
$$;

-- As in 0028, and from the histograms.
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
      count(*) filter (where was.final and gone.status = 'ended') as ended,
      coalesce(sum(chat_answer(gone.created_at, gone.completed_at)) filter (where was.final and gone.status = 'completed'), 0) as answers
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
    failed = s.failed - lost.failed, ended = s.ended - lost.ended, answers = s.answers - lost.answers
  from lost
  where s.kind = lost.kind and s.scope = lost.scope and s.level = lost.level and s.slot_at = lost.slot_at and s.chats <> lost.chats;
  return null;
end
$$;
