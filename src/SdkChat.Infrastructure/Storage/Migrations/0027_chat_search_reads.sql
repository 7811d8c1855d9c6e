-- How search reads (docs/decisions/0038). The functions are stable: they see what the statement sees that calls them. Matches lie between two
-- keys: "above" is included, "below" is not. "oldest_first" asks for the oldest matches instead of the newest.

-- Matches among all chats of a scope, in order: for small profiles, and while the index is being built.
create function chat_search_walk(of_tenant uuid, of_profile uuid, patterns text[], classes integer,
  above_at timestamptz, above_id uuid, below_at timestamptz, below_id uuid, oldest_first boolean, wanted integer)
returns table (created_at timestamptz, chat_id uuid) language plpgsql stable
  set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
begin
  return query execute format($query$
    select c.created_at::timestamptz, c.chat_id
    from sdk_chat c
    left join lateral (
      select p.summary_name from sdk_profile p where p.tenant_id = c.tenant_id and p.profile_id = c.profile_id limit 1
    ) p on true
    where %s and (c.created_at, c.chat_id) >= ($3, $4) and (c.created_at, c.chat_id) < ($5, $6)
      and chat_class(c.status, c.triggered_xid) & $7 <> 0
      and chat_search_content(c.prompt, c.last_error, p.summary_name) like all ($8)
    order by %s
    limit $9
    $query$, chat_search_scope(of_tenant, of_profile), chat_search_order(of_tenant, of_profile, oldest_first))
  using of_tenant, of_profile, above_at, above_id, below_at, below_id, classes, patterns, wanted;
end
$$;

-- The condition and the order of the index that a scope has its chats in. $1 is the tenant, $2 the profile.
create function chat_search_scope(of_tenant uuid, of_profile uuid) returns text language sql immutable as $$
  select case
    when of_profile is not null and of_tenant is not null then 'c.tenant_id = $1 and c.profile_id = $2'
    when of_profile is not null then 'c.profile_id = $2'
    -- Not "=", or the order by tenant would mean nothing to the planner.
    when of_tenant is not null then 'c.tenant_id = any (array[$1])'
    else 'true' end
$$;

create function chat_search_order(of_tenant uuid, of_profile uuid, oldest_first boolean) returns text language sql immutable as $$
  select case
    when of_tenant is null or of_profile is not null then case when oldest_first then 'c.created_at, c.chat_id' else 'c.created_at desc, c.chat_id desc' end
    when oldest_first then 'c.tenant_id desc, c.created_at, c.chat_id'
    else 'c.tenant_id, c.created_at desc, c.chat_id desc' end
$$;

-- Matches in the index, segment by segment until there are enough. Profiles whose entries have a former name are left out.
create function chat_search_indexed(of_tenant uuid, of_profile uuid, renamed uuid[], parts bigint[], patterns text[], classes integer,
  above_at timestamptz, above_id uuid, below_at timestamptz, below_id uuid, oldest_first boolean, wanted integer)
returns table (created_at timestamptz, chat_id uuid) language plpgsql stable
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_indexscan = on set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  segment record;
  page record;
  found_at timestamptz[] := '{}';
  found_id uuid[] := '{}';
begin
  for segment in
    select s.segment_id, s.tenant_id, s.lower_at, s.upper_at
    from (
      select g.segment_id, g.tenant_id, g.lower_at, lead(g.lower_at, 1, 'infinity') over (partition by g.tenant_id order by g.lower_at) as upper_at
      from chat_search_segment g
      where of_tenant is null or g.tenant_id = of_tenant
    ) s
    where s.lower_at <= below_at and s.upper_at >= above_at
    order by case when oldest_first then s.lower_at end, s.upper_at desc
  loop
    -- Segments of several tenants overlap: only what lies beyond all that is still to come is sure to be among those wanted.
    exit when cardinality(found_at) >= wanted and (of_tenant is not null or wanted <= (
      select count(*) from unnest(found_at) as at where case when oldest_first then at < segment.lower_at else at >= segment.upper_at end));
    select array_agg(m.created_at) as at, array_agg(m.chat_id) as id into page
    from (
      select e.created_at::timestamptz, e.chat_id
      from (
        select c.created_at, c.chat_id, c.tenant_id, c.profile_id, c.content
        from chat_search_entry c
        where chat_search_keys(c.segment_id, c.content) @> array(select segment.segment_id::bigint << 32 | part from unnest(parts) as part)
        -- The index of parts alone: the planner would combine it with all keys between the two.
        offset 0
      ) e
      where e.content like all (patterns) and e.tenant_id = segment.tenant_id and (of_profile is null or e.profile_id = of_profile)
        and e.profile_id <> all (renamed)
        and (e.created_at, e.chat_id) >= (above_at, above_id) and (e.created_at, e.chat_id) < (below_at, below_id)
        and (classes = 31 or exists (
          select from sdk_chat c where c.chat_id = e.chat_id and chat_class(c.status, c.triggered_xid) & classes <> 0))
      order by case when oldest_first then e.created_at end, case when oldest_first then e.chat_id end, e.created_at desc, e.chat_id desc
      limit wanted
    ) m;
    found_at := found_at || page.at;
    found_id := found_id || page.id;
  end loop;
  return query select t.at, t.id from unnest(found_at, found_id) as t (at, id);
end
$$;

-- Matches among the chats of profiles whose entries have a former name.
create function chat_search_of_renamed(of_tenant uuid, profiles uuid[], patterns text[], classes integer,
  above_at timestamptz, above_id uuid, below_at timestamptz, below_id uuid, oldest_first boolean, wanted integer)
returns table (created_at timestamptz, chat_id uuid) language plpgsql stable
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
begin
  return query
    select m.created_at::timestamptz, m.chat_id
    from unnest(profiles) as n (profile_id)
    cross join lateral (
      (
        select c.created_at, c.chat_id from sdk_chat c
        where c.profile_id = n.profile_id and (of_tenant is null or c.tenant_id = of_tenant)
          and (c.created_at, c.chat_id) >= (above_at, above_id) and (c.created_at, c.chat_id) < (below_at, below_id)
          and (classes = 31 or chat_class(c.status, c.triggered_xid) & classes <> 0)
          and (
            select chat_search_content(c.prompt, c.last_error, p.summary_name) like all (patterns)
            from sdk_profile p where p.tenant_id = c.tenant_id and p.profile_id = c.profile_id)
          and not oldest_first
        order by c.created_at desc, c.chat_id desc
        limit wanted
      )
      union all
      (
        select c.created_at, c.chat_id from sdk_chat c
        where c.profile_id = n.profile_id and (of_tenant is null or c.tenant_id = of_tenant)
          and (c.created_at, c.chat_id) >= (above_at, above_id) and (c.created_at, c.chat_id) < (below_at, below_id)
          and (classes = 31 or chat_class(c.status, c.triggered_xid) & classes <> 0)
          and (
            select chat_search_content(c.prompt, c.last_error, p.summary_name) like all (patterns)
            from sdk_profile p where p.tenant_id = c.tenant_id and p.profile_id = c.profile_id)
          and oldest_first
        order by c.created_at, c.chat_id
        limit wanted
      )
    ) m
    order by case when oldest_first then m.created_at end, case when oldest_first then m.chat_id end, m.created_at desc, m.chat_id desc
    limit wanted;
end
$$;

-- Matches among the chats that the index lacks. Not usable where these are too many to be compared one by one, or where the index is being
-- built, or comes from another server.
create function chat_search_tail(of_tenant uuid, of_profile uuid, patterns text[], classes integer,
  above_at timestamptz, above_id uuid, below_at timestamptz, below_id uuid, capacity integer,
  out is_usable boolean, out found_at timestamptz[], out found_id uuid[])
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  place chat_search_watermark;
  tail_chats bigint;
begin
  select w.* into place from chat_search_watermark w;
  select w.is_complete and w.xmin = w.written_by::xid and w.last_xid < pg_snapshot_xmax(pg_current_snapshot()) into is_usable from chat_search_watermark w;
  if not is_usable then
    return;
  end if;
  with tail as materialized (
    select c.chat_id, c.tenant_id, c.profile_id, c.created_at, c.status, c.triggered_xid, c.prompt, c.last_error
    from sdk_chat c where c.xid > place.last_xid
    union all
    select c.chat_id, c.tenant_id, c.profile_id, c.created_at, c.status, c.triggered_xid, c.prompt, c.last_error
    from sdk_chat c where c.xid = any (place.open_xids) and c.xid <= place.last_xid
    limit capacity + 1
  ),
  matching as (
    select t.created_at::timestamptz, t.chat_id
    from tail t
    left join lateral (
      select p.summary_name from sdk_profile p where p.tenant_id = t.tenant_id and p.profile_id = t.profile_id limit 1
    ) p on true
    where (of_tenant is null or t.tenant_id = of_tenant) and (of_profile is null or t.profile_id = of_profile)
      and (t.created_at, t.chat_id) >= (above_at, above_id) and (t.created_at, t.chat_id) < (below_at, below_id)
      and chat_class(t.status, t.triggered_xid) & classes <> 0
      and chat_search_content(t.prompt, t.last_error, p.summary_name) like all (patterns)
  )
  select (select count(*) from tail), (select array_agg(m.created_at) from matching m), (select array_agg(m.chat_id) from matching m)
  into tail_chats, found_at, found_id;
  is_usable := tail_chats <= capacity;
end
$$;

-- The chat of an id, or the chats of a profile's or session's.
create function chat_search_id(of_tenant uuid, of_profile uuid, of_id uuid, classes integer,
  above_at timestamptz, above_id uuid, below_at timestamptz, below_id uuid, oldest_first boolean, wanted integer)
returns table (created_at timestamptz, chat_id uuid) language plpgsql stable
  set enable_seqscan = off set max_parallel_workers_per_gather = 0 set jit = off as $$
begin
  return query
    select m.created_at::timestamptz, m.chat_id
    from (
      select c.created_at, c.chat_id, c.tenant_id, c.profile_id, c.status, c.triggered_xid from sdk_chat c where c.chat_id = of_id
      union
      (
        select c.created_at, c.chat_id, c.tenant_id, c.profile_id, c.status, c.triggered_xid from sdk_chat c
        where c.profile_id = of_id and not oldest_first
          and (c.created_at, c.chat_id) >= (above_at, above_id) and (c.created_at, c.chat_id) < (below_at, below_id)
          and chat_class(c.status, c.triggered_xid) & classes <> 0
        order by c.created_at desc, c.chat_id desc
        limit wanted
      )
      union
      (
        select c.created_at, c.chat_id, c.tenant_id, c.profile_id, c.status, c.triggered_xid from sdk_chat c
        where c.profile_id = of_id and oldest_first
          and (c.created_at, c.chat_id) >= (above_at, above_id) and (c.created_at, c.chat_id) < (below_at, below_id)
          and chat_class(c.status, c.triggered_xid) & classes <> 0
        order by c.created_at, c.chat_id
        limit wanted
      )
      union
      select c.created_at, c.chat_id, c.tenant_id, c.profile_id, c.status, c.triggered_xid
      from profile_session s
      join sdk_chat c on c.profile_id = s.profile_id and c.profile_session_id = s.session_id
      where s.session_id = of_id
    ) m
    where (of_tenant is null or m.tenant_id = of_tenant) and (of_profile is null or m.profile_id = of_profile)
      and (m.created_at, m.chat_id) >= (above_at, above_id) and (m.created_at, m.chat_id) < (below_at, below_id)
      and chat_class(m.status, m.triggered_xid) & classes <> 0
    order by case when oldest_first then m.created_at end, case when oldest_first then m.chat_id end, m.created_at desc, m.chat_id desc
    limit wanted;
end
$$;

-- What a list calls: the keys of the newest (or oldest) matches, in that order, at most as many as wanted. An id where there is one, else words.
create function chat_search(of_tenant uuid, of_profile uuid, of_id uuid, query text, classes integer,
  above_at timestamptz, above_id uuid, below_at timestamptz, below_id uuid, oldest_first boolean, wanted integer)
returns table (created_at timestamptz, chat_id uuid) language plpgsql stable
  set enable_seqscan = off set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  max_profile_chats constant integer := 3000;
  max_tail constant integer := 100000;
  max_renamed constant integer := 2000;
  words constant text[] := array_remove(regexp_split_to_array(chat_search_text(query), '[\s\u0001-\u0020\u0085\u1680\u2028\u2029]+'), '');
  patterns constant text[] := array(select '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%' from unnest(words) as word);
  renamed uuid[];
  is_usable boolean := false;
  found_at timestamptz[];
  found_id uuid[];
begin
  if of_id is not null then
    return query select f.created_at, f.chat_id
      from chat_search_id(of_tenant, of_profile, of_id, classes, above_at, above_id, below_at, below_id, oldest_first, wanted) f;
    return;
  elsif coalesce(cardinality(words), 0) = 0 then
    return;
  end if;

  if of_profile is null or max_profile_chats < (
    select count(*) from (select from sdk_chat c where c.profile_id = of_profile limit max_profile_chats + 1) own)
  then
    renamed := array(select r.profile_id from chat_search_renamed r where of_tenant is null or r.tenant_id = of_tenant limit max_renamed + 1);
    if cardinality(renamed) <= max_renamed then
      select t.is_usable, t.found_at, t.found_id into is_usable, found_at, found_id
      from chat_search_tail(of_tenant, of_profile, patterns, classes, above_at, above_id, below_at, below_id, max_tail) t;
    end if;
  end if;
  if not is_usable then
    return query select w.created_at, w.chat_id
      from chat_search_walk(of_tenant, of_profile, patterns, classes, above_at, above_id, below_at, below_id, oldest_first, wanted) w;
    return;
  end if;

  return query
    select u.at, u.id
    from (
      select t.at, t.id from unnest(found_at, found_id) as t (at, id)
      union
      select i.created_at, i.chat_id
      from chat_search_indexed(
        of_tenant, of_profile, renamed, chat_search_parts(words), patterns, classes, above_at, above_id, below_at, below_id, oldest_first, wanted) i
      union
      select r.created_at, r.chat_id
      from chat_search_of_renamed(
        of_tenant, case when of_profile is null then renamed when of_profile = any (renamed) then array[of_profile] else '{}' end,
        patterns, classes, above_at, above_id, below_at, below_id, oldest_first, wanted) r
    ) u
    order by case when oldest_first then u.at end, case when oldest_first then u.id end, u.at desc, u.id desc
    limit wanted;
end
$$;
