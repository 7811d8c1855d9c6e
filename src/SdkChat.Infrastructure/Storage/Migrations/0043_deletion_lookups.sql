-- Deleted chats are taken out of the blocks and slots that they are in by look-ups, as from the texts (0035). The planner cannot know how few
-- they are, and might join them with all blocks and slots.
alter function chat_count_forget() set enable_seqscan = off;
alter function chat_count_forget() set enable_bitmapscan = off;
alter function chat_count_forget() set enable_hashjoin = off;
alter function chat_count_forget() set enable_mergejoin = off;
alter function chat_count_forget() set jit = off;

alter function chat_tally_forget() set enable_seqscan = off;
alter function chat_tally_forget() set enable_bitmapscan = off;
alter function chat_tally_forget() set enable_hashjoin = off;
alter function chat_tally_forget() set enable_mergejoin = off;
alter function chat_tally_forget() set jit = off;
