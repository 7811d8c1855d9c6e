-- Chats without a time of completion are in no histogram (0031). They were counted as answered at once: greatest() leaves out a null.

create or replace function chat_answer_bin(created_at timestamptz, completed_at timestamptz) returns integer language sql immutable parallel safe as $$
  select case when completed_at is not null then
    chat_answer_bin(least(4194303, greatest(0, extract(epoch from completed_at - created_at) * 1000))::integer)
  end
$$;

-- The worker counts the slots again, if there is such a chat. Until then readers read the times of the newest chats.
update chat_count_watermark
set answers_seen = null, answers_due_at = null
where exists (select from sdk_chat c where c.status = 'completed' and c.completed_at is null);
