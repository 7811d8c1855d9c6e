-- migration: no transaction
-- Running totals of days, so that a bucket of any length in any time zone is a difference of two of them and the days between
-- (docs/decisions/0053). Triggers on the slots (0028) keep them, so that nodes of the version before do so without knowing it.

create table if not exists chat_running_total (
  -- As in chat_count_slot.
  kind      "char" not null,
  scope     uuid not null,
  -- A quarter of an hour that has chats.
  slot_at   timestamptz(0) not null,
  -- Of all slots of its day, in UTC, up to it and with it.
  chats     integer not null,
  completed integer not null,
  triggered integer not null,
  failed    integer not null,
  ended     integer not null,
  answers   numeric not null,
  primary key (kind, scope, slot_at)
) with (fillfactor = 70);

-- Counts the totals of each changed day again, from its first changed slot on: one row, as long as chats come in the order of time. With the
-- privileges of the owner, since it begins to work before the service's role has any on the new table.
create or replace function chat_slot_changed() returns trigger language plpgsql security definer set search_path from current
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off set jit = off as $$
begin
  if tg_op = 'DELETE' then
    delete from chat_running_total t
    using (
      select c.kind, c.scope, chat_slot(3, c.slot_at) as day_at, min(c.slot_at) as slot_at from changed c where c.level = 1 group by 1, 2, 3
    ) f
    where t.kind = f.kind and t.scope = f.scope and t.slot_at >= f.slot_at and t.slot_at < f.day_at + interval '24 hours'
      and not exists (select from chat_count_slot s where s.kind = t.kind and s.scope = t.scope and s.level = 1 and s.slot_at = t.slot_at);
  end if;

  insert into chat_running_total as t (kind, scope, slot_at, chats, completed, triggered, failed, ended, answers)
  select f.kind, f.scope, n.slot_at, n.chats + coalesce(b.chats, 0), n.completed + coalesce(b.completed, 0), n.triggered + coalesce(b.triggered, 0),
    n.failed + coalesce(b.failed, 0), n.ended + coalesce(b.ended, 0), n.answers + coalesce(b.answers, 0)
  from (
    select c.kind, c.scope, chat_slot(3, c.slot_at) as day_at, min(c.slot_at) as slot_at from changed c where c.level = 1 group by 1, 2, 3
  ) f
  left join lateral (
    select p.chats, p.completed, p.triggered, p.failed, p.ended, p.answers
    from chat_running_total p
    where p.kind = f.kind and p.scope = f.scope and p.slot_at >= f.day_at and p.slot_at < f.slot_at
    order by p.slot_at desc
    limit 1
  ) b on true
  cross join lateral (
    select s.slot_at, sum(s.chats) over day as chats, sum(s.completed) over day as completed, sum(s.triggered) over day as triggered,
      sum(s.failed) over day as failed, sum(s.ended) over day as ended, sum(s.answers) over day as answers
    from chat_count_slot s
    where s.kind = f.kind and s.scope = f.scope and s.level = 1 and s.slot_at >= f.slot_at and s.slot_at < f.day_at + interval '24 hours'
    window day as (order by s.slot_at)
  ) n
  on conflict (kind, scope, slot_at) do update
  set chats = excluded.chats, completed = excluded.completed, triggered = excluded.triggered, failed = excluded.failed, ended = excluded.ended,
    answers = excluded.answers;
  return null;
end
$$;

create or replace trigger chat_slots_added after insert on chat_count_slot referencing new table as changed
  for each statement execute function chat_slot_changed();

create or replace trigger chat_slots_changed after update on chat_count_slot referencing new table as changed
  for each statement execute function chat_slot_changed();

create or replace trigger chat_slots_removed after delete on chat_count_slot referencing old table as changed
  for each statement execute function chat_slot_changed();

-- What the numbers of buckets are the sum of. Sign 0: it is added to the bucket. Sign 1: it is what the day has before the bucket begins, so it is
-- taken from the bucket and added to the one before, which may be number 0, or number most + 1.
--
-- The inner bounds are the bounds as full quarters of an hour, with less than a quarter outside at each end, and null where no quarter fits; days are
-- the midnights of UTC before them. "has_answers" as in chat_stats_buckets, which this replaces.
create or replace function chat_stats_parts(of_kind "char", of_scope uuid, bounds timestamptz[], inner_bounds timestamptz[], days timestamptz[])
returns table (number integer, sign integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint, answers numeric, has_answers boolean)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off set enable_sort = off as $$
declare
  tail record;
  most constant integer := cardinality(bounds) - 1;
  first_at constant timestamptz := inner_bounds[1];
  last_at constant timestamptz := inner_bounds[cardinality(inner_bounds)];
  first_day timestamptz;
  last_day timestamptz;
begin
  select t.* into tail from chat_stats_tail(of_kind, of_scope, first_at, last_at) t;
  if not tail.is_counted or first_at >= last_at then
    return query select c.number, 0, c.chats, c.completed, c.triggered, c.failed, c.ended, c.answers, true from chat_stats_count_buckets(of_kind, of_scope, bounds) c;
    return;
  end if;
  if not tail.has_slots or first_at is null then
    return query select s.number, 0, s.chats - s.next_chats, s.completed - s.next_completed, s.triggered - s.next_triggered, s.failed - s.next_failed,
      s.ended - s.next_ended, 0::numeric, false
    from (
      select h.*, lead(h.chats) over next as next_chats, lead(h.completed) over next as next_completed, lead(h.triggered) over next as next_triggered,
        lead(h.failed) over next as next_failed, lead(h.ended) over next as next_ended
      from chat_history_series(of_kind, of_scope, bounds) h
      window next as (order by h.number)
    ) s
    where s.number <= most and s.chats > s.next_chats;
    return;
  end if;

  -- Bounds on days outside the history need no look-up.
  first_day := (select n.slot_at from chat_count_slot n where n.kind = of_kind and n.scope = of_scope and n.level = 3 order by n.slot_at limit 1);
  last_day := (select n.slot_at from chat_count_slot n where n.kind = of_kind and n.scope = of_scope and n.level = 3 order by n.slot_at desc limit 1);
  return query
  select b.number::integer, 1, n.chats::bigint, n.completed::bigint, n.triggered::bigint, n.failed::bigint, n.ended::bigint, n.answers, tail.has_answers
  from unnest(inner_bounds, days) with ordinality as b (at, day_at, number)
  -- By itself, so that each bound is one look-up: the planner cannot know how short a day is.
  cross join lateral (
    select t.chats, t.completed, t.triggered, t.failed, t.ended, t.answers
    from chat_running_total t
    where t.kind = of_kind and t.scope = of_scope and t.slot_at >= b.day_at and t.slot_at < b.at
    order by t.slot_at desc
    limit 1
  ) n
  where b.at > b.day_at and b.day_at between first_day and last_day
  union all
  select width_bucket(n.slot_at::timestamptz, days), 0, n.chats, n.completed, n.triggered, n.failed, n.ended, n.answers, tail.has_answers
  from chat_count_slot n
  where n.kind = of_kind and n.scope = of_scope and n.level = 3 and n.slot_at >= days[1] and n.slot_at < days[most + 1]
  union all
  select width_bucket(t.at, bounds), 0, sum((t.was = 0)::integer), sum((t.class in (2, 4) and t.was < 2)::integer), sum((t.class = 4)::integer),
    sum((t.class = 8)::integer), sum((t.class = 16)::integer), coalesce(sum(t.answer), 0), tail.has_answers
  from unnest(tail.tail_at, tail.tail_class, tail.tail_counted, tail.tail_answer) as t (at, class, was, answer)
  group by 1
  union all
  select 1, 0, e.chats, e.completed, e.triggered, e.failed, e.ended, coalesce(e.answers, 0), tail.has_answers
  from chat_stats_edge(of_kind, of_scope, bounds[1], first_at) e where bounds[1] < first_at
  union all
  select most, 0, e.chats, e.completed, e.triggered, e.failed, e.ended, coalesce(e.answers, 0), tail.has_answers
  from chat_stats_edge(of_kind, of_scope, last_at, bounds[most + 1]) e where last_at < bounds[most + 1];
end
$$;

-- The numbers of one bucket for each tenant that has chats in it (or for one tenant), with the bounds of chat_stats_parts. It replaces
-- chat_stats_tenants.
create or replace function chat_stats_by_tenant(of_tenant uuid, bounds timestamptz[], inner_bounds timestamptz[], days timestamptz[])
returns table (tenant_id uuid, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint, answers numeric, has_answers boolean)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  tail record;
  edge_chats bigint;
  first_at constant timestamptz := inner_bounds[1];
  last_at constant timestamptz := inner_bounds[2];
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
    select t.tenant_id, sum(side.sign * p.chats)::bigint, sum(side.sign * p.completed)::bigint, sum(side.sign * p.triggered)::bigint,
      sum(side.sign * p.failed)::bigint, sum(side.sign * p.ended)::bigint, sum(side.sign * p.answers), bool_and(p.has_answers)
    from tenant t
    cross join lateral chat_stats_parts('t', t.tenant_id, bounds, inner_bounds, days) p
    cross join lateral (select case when p.sign = 1 and p.number = 1 then -1 else 1 end as sign) side
    where of_tenant is null or t.tenant_id = of_tenant
    group by t.tenant_id
    having sum(side.sign * p.chats) > 0;
    return;
  end if;

  return query
  with part as (
    select t.tenant_id, b.sign * n.chats as chats, b.sign * n.completed as completed, b.sign * n.triggered as triggered, b.sign * n.failed as failed,
      b.sign * n.ended as ended, b.sign * n.answers as answers
    from tenant t
    cross join (values (first_at, days[1], -1), (last_at, days[2], 1)) as b (at, day_at, sign)
    cross join lateral (
      select r.chats, r.completed, r.triggered, r.failed, r.ended, r.answers
      from chat_running_total r
      where r.kind = 't' and r.scope = t.tenant_id and r.slot_at >= b.day_at and r.slot_at < b.at
      order by r.slot_at desc
      limit 1
    ) n
    where of_tenant is null or t.tenant_id = of_tenant
    union all
    select t.tenant_id, s.chats, s.completed, s.triggered, s.failed, s.ended, s.answers
    from tenant t
    cross join lateral (
      select sum(n.chats) as chats, sum(n.completed) as completed, sum(n.triggered) as triggered, sum(n.failed) as failed, sum(n.ended) as ended,
        sum(n.answers) as answers
      from chat_count_slot n
      where n.kind = 't' and n.scope = t.tenant_id and n.level = 3 and n.slot_at >= days[1] and n.slot_at < days[2]
    ) s
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
  select part.tenant_id, sum(part.chats)::bigint, sum(part.completed)::bigint, sum(part.triggered)::bigint, sum(part.failed)::bigint, sum(part.ended)::bigint,
    coalesce(sum(part.answers), 0), tail.has_answers
  from part
  group by part.tenant_id
  having sum(part.chats) > 0;
end
$$;

-- next statement
-- The days that are there, a list at a time. The watermark is locked as the worker locks it, so that no slot changes meanwhile.
do $$
declare
  list record;
begin
  for list in select distinct s.kind, s.scope from chat_count_slot s where s.level = 3 loop
    update chat_count_watermark set last_xid = last_xid;
    insert into chat_running_total as t (kind, scope, slot_at, chats, completed, triggered, failed, ended, answers)
    select s.kind, s.scope, s.slot_at, sum(s.chats) over day, sum(s.completed) over day, sum(s.triggered) over day, sum(s.failed) over day,
      sum(s.ended) over day, sum(s.answers) over day
    from chat_count_slot s
    where s.kind = list.kind and s.scope = list.scope and s.level = 1
    window day as (partition by chat_slot(3, s.slot_at) order by s.slot_at)
    on conflict (kind, scope, slot_at) do update
    set chats = excluded.chats, completed = excluded.completed, triggered = excluded.triggered, failed = excluded.failed, ended = excluded.ended,
      answers = excluded.answers;
    commit;
  end loop;
end
$$;
