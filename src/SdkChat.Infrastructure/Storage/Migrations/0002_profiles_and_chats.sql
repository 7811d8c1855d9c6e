-- What shoppers did: their profiles, visits and chats.

create table sdk_profile (
  profile_id uuid primary key,
  tenant_id  uuid not null references tenant,
  -- The tenant's own document. Its shape is nobody's promise.
  data       jsonb not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  -- Lets the tables below prove that profile and row have the same tenant.
  unique (tenant_id, profile_id)
);

create table profile_session (
  session_id uuid primary key,
  tenant_id  uuid not null,
  profile_id uuid not null,
  started_at timestamptz(3) not null,
  ended_at   timestamptz(3),
  foreign key (tenant_id, profile_id) references sdk_profile (tenant_id, profile_id)
);

create unique index profile_session_one_open on profile_session (tenant_id, profile_id) where ended_at is null;

create table sdk_chat (
  chat_id            uuid primary key,
  tenant_id          uuid not null,
  profile_id         uuid not null,
  profile_session_id uuid,
  prompt             text not null,
  status             text not null check (status in ('in_progress', 'completed', 'error', 'ended')),
  back_list_status   text not null,
  -- The pipeline's result, one JSON array a column, as the bytes that came: jsonb would rewrite numbers and refuse
  -- \u0000, and one document would have to be parsed to be hoisted. A list never reads these.
  pipeline_todos              bytea,
  pipeline_recommended_items  bytea,
  pipeline_notification_items bytea,
  last_error         text,
  created_at         timestamptz(3) not null,
  updated_at         timestamptz(3) not null,
  ended_at           timestamptz(3),
  -- Counts transitions. A change names the revision that it was decided on, and changes nothing if that has passed.
  revision           integer not null default 0,

  foreign key (tenant_id, profile_id) references sdk_profile (tenant_id, profile_id),
  constraint completed_has_result check ((status = 'completed') = (pipeline_todos is not null)),
  constraint result_is_whole check (num_nulls(pipeline_todos, pipeline_recommended_items, pipeline_notification_items) in (0, 3)),
  constraint error_has_reason check ((status = 'error') = (last_error is not null) and last_error <> ''),
  constraint ended_has_instant check (status <> 'ended' or ended_at is not null)
);

-- One index a list: the tenant's, the profile's (one index with and without tenant, since a profile has exactly one), and
-- everybody's.
create index sdk_chat_by_tenant on sdk_chat (tenant_id, created_at desc, chat_id desc);
create index sdk_chat_by_profile on sdk_chat (profile_id, created_at desc, chat_id desc) include (tenant_id);
create index sdk_chat_by_creation on sdk_chat (created_at desc, chat_id desc);

-- Without it the planner takes "this tenant and this profile" for a twentieth of the profile's rows, and sorts them all.
create statistics sdk_chat_profile_has_one_tenant (dependencies) on tenant_id, profile_id from sdk_chat;
