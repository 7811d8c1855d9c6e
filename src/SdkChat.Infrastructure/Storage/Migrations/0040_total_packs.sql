-- migration: no transaction
-- The running totals (0038) of 32 days in one value, so that 400 days of statistics in any time zone read 30 rows and not 800
-- (docs/decisions/0055).
--
-- A pack is a copy of a list's running totals, made by a node when the 32 days have ended. A statement that changes one of the totals empties
-- the pack in the same transaction, by triggers: nodes of the version before do so without knowing it. What is in no pack is read from totals
-- and slots.

create table if not exists chat_total_pack (
  -- As in chat_count_slot.
  kind     "char" not null,
  scope    uuid not null,
  -- The first of 32 days in UTC, as in chat_text_slot(3).
  slot_at  timestamptz(0) not null,
  -- When the days ended, or when the pack was emptied since. It is made ten minutes later, however often totals change until then.
  ends_at  timestamptz(0) not null,
  -- Part n of "packed", from 1 to 96, begins after the byte ends[n] and ends with the byte ends[n + 1].
  ends     integer[],
  -- Part n: for each of the 32 days its total up to the n-th quarter of an hour and with it (PackedTotals). Part 96 are the whole days.
  packed   bytea,
  primary key (kind, scope, slot_at)
) with (fillfactor = 90);

-- A reader needs a part of it: PostgreSQL reads one without the rest if it is not compressed.
alter table chat_total_pack alter column packed set storage external;

create index if not exists chat_total_pack_due on chat_total_pack (ends_at) where packed is null;

-- With the privileges of the owner, since it begins to work before the service's role has any on the new table.
create or replace function chat_total_changed() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into chat_total_pack (kind, scope, slot_at, ends_at)
  select s.kind, s.scope, s.slot_at, s.slot_at + interval '768 hours'
  from (select distinct c.kind, c.scope, chat_text_slot(3, c.slot_at) as slot_at from changed c) s
  order by s.kind, s.scope, s.slot_at
  on conflict (kind, scope, slot_at) do update set ends = null, packed = null, ends_at = now() where chat_total_pack.packed is not null;
  return null;
end
$$;

do $$
declare
  home constant text := (
    select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = 'chat_total_pack'::regclass
  );
begin
  execute format('alter function chat_total_changed() set search_path = pg_catalog, %I, pg_temp', home);
end
$$;

create or replace trigger chat_totals_added after insert on chat_running_total referencing new table as changed
  for each statement execute function chat_total_changed();

create or replace trigger chat_totals_changed after update on chat_running_total referencing new table as changed
  for each statement execute function chat_total_changed();

create or replace trigger chat_totals_removed after delete on chat_running_total referencing old table as changed
  for each statement execute function chat_total_changed();

-- As chat_stats_parts, with packs. Sign 2: "answers" is a part of a pack, and "number" says which of pack_slots and pack_parts. These are the
-- parts that have a total before an inner bound, and part 96 of each pack that has one of the days; in order of slots. "answers" is null while
-- slots have none.
create or replace function chat_stats_totals(of_kind "char", of_scope uuid, bounds timestamptz[], inner_bounds timestamptz[],
  days timestamptz[], pack_slots timestamptz[], pack_parts integer[])
returns table (number integer, sign integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint, answers bytea)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set jit = off set enable_sort = off as $$
declare
  tail record;
  most constant integer := cardinality(bounds) - 1;
  first_at constant timestamptz := inner_bounds[1];
  last_at constant timestamptz := inner_bounds[cardinality(inner_bounds)];
  first_day timestamptz;
  last_day timestamptz;
  packed_slots timestamptz[];
begin
  select t.* into tail from chat_stats_tail(of_kind, of_scope, first_at, last_at) t;
  if (tail.is_counted and tail.has_slots and tail.has_answers and first_at < last_at) is not true then
    return query
    select p.number, p.sign, p.chats, p.completed, p.triggered, p.failed, p.ended, case when p.has_answers then numeric_send(p.answers) end
    from chat_stats_parts(of_kind, of_scope, bounds, inner_bounds, days) p;
    return;
  end if;

  -- Bounds on days outside the history need no look-up.
  first_day := (
    select n.slot_at from chat_count_slot n where n.kind = of_kind and n.scope = of_scope and n.level = 3 order by n.slot_at limit 1
  );
  last_day := (
    select n.slot_at from chat_count_slot n where n.kind = of_kind and n.scope = of_scope and n.level = 3 order by n.slot_at desc limit 1
  );
  packed_slots := array(
    select p.slot_at::timestamptz
    from chat_total_pack p
    where p.kind = of_kind and p.scope = of_scope and p.slot_at >= pack_slots[1] and p.slot_at <= pack_slots[cardinality(pack_slots)]
      and p.packed is not null
  );
  return query
  select n.number::integer, 2, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint,
    substr(p.packed, p.ends[n.part] + 1, p.ends[n.part + 1] - p.ends[n.part])
  from unnest(pack_slots, pack_parts) with ordinality as n (slot_at, part, number)
  join chat_total_pack p on p.kind = of_kind and p.scope = of_scope and p.slot_at = n.slot_at
  where n.slot_at = any (packed_slots)
  union all
  select b.number::integer, 1, n.chats::bigint, n.completed::bigint, n.triggered::bigint, n.failed::bigint, n.ended::bigint,
    numeric_send(n.answers)
  from unnest(inner_bounds, days) with ordinality as b (at, day_at, number)
  -- By itself, so that each bound is one look-up: the planner cannot know how short a day is.
  cross join lateral (
    select t.chats, t.completed, t.triggered, t.failed, t.ended, t.answers
    from chat_running_total t
    where t.kind = of_kind and t.scope = of_scope and t.slot_at >= b.day_at and t.slot_at < b.at
    order by t.slot_at desc
    limit 1
  ) n
  where b.at > b.day_at and b.day_at between first_day and last_day and chat_text_slot(3, b.day_at) <> all (packed_slots)
  union all
  select width_bucket(n.slot_at::timestamptz, days), 0, n.chats, n.completed, n.triggered, n.failed, n.ended, numeric_send(n.answers)
  from unnest(pack_slots, pack_parts) as s (slot_at, part)
  cross join lateral (
    select d.slot_at, d.chats, d.completed, d.triggered, d.failed, d.ended, d.answers
    from chat_count_slot d
    where d.kind = of_kind and d.scope = of_scope and d.level = 3
      and d.slot_at >= greatest(days[1], s.slot_at) and d.slot_at < least(days[most + 1], s.slot_at + interval '768 hours')
    offset 0
  ) n
  where s.part = 96 and s.slot_at <> all (packed_slots)
  union all
  select width_bucket(t.at, bounds), 0, sum((t.was = 0)::integer), sum((t.class in (2, 4) and t.was < 2)::integer),
    sum((t.class = 4)::integer), sum((t.class = 8)::integer), sum((t.class = 16)::integer), numeric_send(coalesce(sum(t.answer), 0))
  from unnest(tail.tail_at, tail.tail_class, tail.tail_counted, tail.tail_answer) as t (at, class, was, answer)
  group by 1
  union all
  select 1, 0, e.chats, e.completed, e.triggered, e.failed, e.ended, numeric_send(coalesce(e.answers, 0))
  from chat_stats_edge(of_kind, of_scope, bounds[1], first_at) e where bounds[1] < first_at
  union all
  select most, 0, e.chats, e.completed, e.triggered, e.failed, e.ended, numeric_send(coalesce(e.answers, 0))
  from chat_stats_edge(of_kind, of_scope, last_at, bounds[most + 1]) e where last_at < bounds[most + 1];
end
$$;

-- next statement
-- The packs of the totals that are there, to be made: from now on the triggers see every change. The watermark is locked as the worker locks
-- it.
do $$
begin
  update chat_count_watermark set last_xid = last_xid;
  insert into chat_total_pack (kind, scope, slot_at, ends_at)
  select s.kind, s.scope, s.slot_at, s.slot_at + interval '768 hours'
  from (select distinct t.kind, t.scope, chat_text_slot(3, t.slot_at) as slot_at from chat_running_total t) s
  order by s.kind, s.scope, s.slot_at
  on conflict (kind, scope, slot_at) do nothing;
  commit;
end
$$;
