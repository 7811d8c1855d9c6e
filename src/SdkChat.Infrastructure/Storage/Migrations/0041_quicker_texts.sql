-- Errors and items are counted in half the time, and statistics read single chats without asking for the names of each
-- (docs/decisions/0058). What functions return stays as it is, but for results that are not well-formed, and for a name with U+FDD1 in a
-- result that also has \u0000 or a surrogate pair as escapes: it counts now.

-- The items of a result as an array of JSON, of which at most 100 have different names. Names that cannot be stored are not in it: those
-- with \u0000, with half a surrogate pair, or with the character that stands for these here. Null where the result is no array of JSON, or
-- longer than 128 KiB: to read so much takes 0.1 ms for each KiB, while deletions wait.
create or replace function chat_items_json(items bytea) returns json language plpgsql stable strict as $$
declare
  raw text;
  parsed json;
  mark constant text := chr(64976);
  -- No JSON has it.
  pair constant text := chr(1);
  is_plain boolean;
begin
  if octet_length(items) > 131072 then
    return null;
  end if;
  raw := convert_from(items, 'UTF8');
  is_plain := strpos(raw, '\u') = 0 and strpos(raw, mark) = 0;
  if not is_plain and raw ~* '\\u(0000|d[89a-f])' then
    if strpos(raw, pair) > 0 then
      return null;
    end if;
    -- An escaped backslash gets another form, so that every backslash begins an escape. Whole pairs are put aside and back: a pattern
    -- that looks behind would read all the text before each match.
    raw := replace(raw, '\\', '\u005c');
    raw := regexp_replace(raw, '\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})', pair || '\1\2', 'gi');
    raw := regexp_replace(raw, '\\u(0000|d[89a-f][0-9a-f]{2})', mark, 'gi');
    raw := regexp_replace(raw, pair || '(....)(....)', '\\u\1\\u\2', 'g');
  end if;
  parsed := raw::json;
  if json_typeof(parsed) <> 'array' then
    return null;
  end if;
  if is_plain and json_array_length(parsed) <= 100 then
    return parsed;
  end if;
  return (
    select json_agg(json_build_object('name', f.name))
    from (
      select left(n.name, 200) as name
      from json_array_elements(parsed) with ordinality as e (item, number)
      cross join lateral (select e.item ->> 'name' as name where json_typeof(e.item -> 'name') = 'string') n
      where n.name <> '' and strpos(n.name, mark) = 0
      group by 1
      order by min(e.number)
      limit 100
    ) f
  );
exception
  when data_exception or program_limit_exceeded then
    return null;
end
$$;

-- The name of an item, cut to 200 characters; null if it has none. Only objects with a text as "name" count.
create or replace function chat_item_name(item json) returns text language sql immutable parallel safe as $$
  select case when json_typeof(item -> 'name') = 'string' then nullif(left(item ->> 'name', 200), '') end
$$;

-- The names of the recommended items of a result, each once. One statement of SQL, which becomes a part of the plan of each that calls it:
-- a call of plpgsql would take longer than to read the names.
create or replace function chat_item_names(items bytea) returns setof text language sql stable rows 5 as $$
  select distinct chat_item_name(e.item)
  from json_array_elements(chat_items_json(chat_item_names.items)) as e (item)
  where chat_item_name(e.item) is not null
$$;

-- Stable, as convert_to is: PostgreSQL makes no function a part of a plan that says more of itself than its parts do.
create or replace function chat_text_entry(kind "char", key bigint, chats bigint, text text) returns bytea
language sql stable parallel safe as $$
  select charsend(kind) || int8send(key) || int4send(chats::integer) || int2send(octet_length(text)::smallint) || convert_to(text, 'UTF8')
$$;

-- What the errors and items of a tenant ('t') or of all ('a') between two instants are the sum of. Kind 1 is a pack, and -1 a pack that is
-- taken away. 2 is the error of a single chat, and 3 its items, of which the reader finds the names as chat_item_names does. Single chats
-- are those of the hours that the range cuts, and those that are not counted yet. The first row is a pack of the slots that have none, and
-- is there where nothing is counted too. No row where the texts cannot be read: they do not reach so far back, lack too much, or are too
-- many or too long in the range (more than 200,000, 16 MiB, or 8 MiB in a slot or of chats that are not counted).
create or replace function chat_stats_text_parts(of_kind "char", of_scope uuid, from_at timestamptz, to_at timestamptz)
returns table (kind integer, content bytea)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set jit = off set enable_sort = off as $$
declare
  max_edge constant integer := 500;
  max_pending constant integer := 5000;
  max_texts constant integer := 200000;
  max_bytes constant integer := 16777216;
  max_pending_bytes constant integer := 8388608;
  mark record;
  is_usable boolean;
  pending uuid[];
  tenants uuid[];
  first_at timestamptz;
  last_at timestamptz;
begin
  from_at := greatest(from_at, timestamptz '0001-01-01 00:00:00+00');
  to_at := least(to_at, timestamptz '10000-01-01 00:00:00+00');
  select w.texts_last_xid, w.texts_open_xids,
    w.texts_from <= from_at and w.xmin = w.written_by::xid and w.texts_last_xid < pg_snapshot_xmax(pg_current_snapshot()) as is_usable
  into mark from chat_count_watermark w;
  if mark.is_usable is not true then
    return;
  end if;

  first_at := chat_text_slot(1, from_at + interval '59 minutes 59.999999 seconds');
  last_at := chat_text_slot(1, to_at);
  -- Nothing after the range in its last hour: that hour is read whole. So a range that ends now reads few chats.
  if last_at < to_at and not exists (select from chat_text_edge(of_kind, of_scope, to_at, last_at + interval '1 hour', 1)) then
    last_at := last_at + interval '1 hour';
  end if;

  with tail as materialized (select p.* from chat_pending(mark.texts_last_xid, mark.texts_open_xids) p limit max_pending + 1)
  select count(*) <= max_pending,
    array_agg(t.chat_id) filter (where (of_kind = 'a' or t.tenant_id = of_scope) and t.class in (2, 4, 8) and t.counted_class < 2
      and t.created_at >= first_at and t.created_at < last_at)
  into is_usable, pending
  from tail t;
  if not is_usable or pending is not null and max_pending_bytes < (
    select sum(coalesce(octet_length(c.pipeline_recommended_items), 0) + coalesce(octet_length(c.last_error), 0))
    from unnest(pending) as u (chat_id)
    join sdk_chat c on c.chat_id = u.chat_id
  ) then
    return;
  end if;

  tenants := case when of_kind = 't' then array[of_scope] else array(select t.tenant_id from tenant t) end;
  return query
  with slot as materialized (
    select t.tenant_id, r.level, n.slot_at, r.sign, n.texts, n.packed
    from unnest(tenants) as t (tenant_id)
    cross join chat_text_runs(first_at, last_at) r
    -- By itself, so that each run is one short walk of the index: the planner cannot know how short.
    cross join lateral (
      select p.slot_at, p.texts, p.packed
      from chat_text_pack p
      where p.tenant_id = t.tenant_id and p.level = r.level and p.slot_at >= r.low_at and p.slot_at < r.high_at
      offset 0
    ) n
    where first_at < last_at
  ),
  single as materialized (
    select e.status, e.last_error, e.items
    from (values (from_at, least(first_at, to_at)), (case when last_at < first_at then to_at else last_at end, to_at)) b (low_at, high_at)
    cross join lateral chat_text_edge(of_kind, of_scope, b.low_at, b.high_at, max_edge) e
    where b.low_at < b.high_at
    union all
    select c.status, c.last_error, c.pipeline_recommended_items
    from unnest(pending) as u (chat_id)
    join sdk_chat c on c.chat_id = u.chat_id
  ),
  -- Only sizes, which need no long text or pack itself: what is too much is not read.
  size as materialized (
    select coalesce(sum(n.texts), 0) <= max_texts and coalesce(sum(n.bytes), 0) <= max_bytes and bool_and(n.is_whole) as is_small
    from (
      select s.texts, octet_length(s.packed) as bytes, s.packed <> '' as is_whole from slot s where s.packed is not null
      union all
      select count(*), sum(15 + octet_length(r.text)), true
      from (
        select x.text
        from slot s
        cross join lateral (
          select t.text from chat_slot_text t where t.tenant_id = s.tenant_id and t.level = s.level and t.slot_at = s.slot_at offset 0
        ) x
        where s.packed is null
        limit max_texts + 1
      ) r
    ) n
  )
  select 1, coalesce(string_agg(chat_text_entry(x.kind, x.key, s.sign * x.chats, x.text), ''::bytea), '')
  from slot s
  cross join lateral (
    select t.kind, t.key, t.text, t.chats
    from chat_slot_text t
    where t.tenant_id = s.tenant_id and t.level = s.level and t.slot_at = s.slot_at
    offset 0
  ) x
  where s.packed is null
  having (select z.is_small from size z)
  union all
  select s.sign, s.packed from slot s where s.packed is not null and (select z.is_small from size z)
  union all
  select 2, convert_to(left(c.last_error, 1000), 'UTF8')
  from single c
  where c.status = 'error' and (select z.is_small from size z)
  union all
  select 3, c.items
  from single c
  where c.status = 'completed' and octet_length(c.items) <= 131072 and (select z.is_small from size z);
end
$$;
