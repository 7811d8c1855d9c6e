-- The tenant or profile of a list, as it is, with a cost that the planner takes for real (docs/decisions/0062).
--
-- The planner expects of each tenant and profile what the average has. With a few chats each, it would collect and sort all chats of one that has
-- very many; with equal shares of a few, it would look for those of a small one among all. Both evaluate the condition for each row that they
-- read, but a scan of the list's own index evaluates it once.
create function chat_list_key(of_list uuid) returns uuid language plpgsql stable parallel safe cost 10000 as $$
begin
  return of_list;
end
$$;
