using Dapper;
using Npgsql;

namespace SdkChat.Bench.History;

/// <summary>
/// Tenants of known sizes over 400 days, with a varied vocabulary in four languages, every status, answers after 0.2 to 30 s with
/// two of 500 recommended items, seven errors, and one profile that has three chats in ten.
/// </summary>
internal sealed class SharedHistoryData(string connectionString)
{
    private const string AddProfiles =
        """
        insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
        select md5(@tenant::text || n)::uuid, @tenant, jsonb_build_object('gender', 'F', 'age', n % 90, 'locale', 'ko', 'name',
          (array['김','이','박','Sato ','田中','王','Smith ','Müller ','García ','鈴木'])[1 + n % 10]
          || (array['민수','서연','Anna','太郎','小明','José','花子','지우','Olga','Çelik'])[1 + (n / 10) % 10] || ' ' || n), now(), now()
        from generate_series(0, @chats / 5 - 1) n
        """;

    /// <summary>Ids are in order of creation, as the service makes them. The newest 60 are in progress.</summary>
    private const string AddChats =
        """
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items,
          pipeline_notification_items, last_error, created_at, updated_at, completed_at, ended_at, triggered_xid)
        select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008000' || lpad(to_hex((random() * 281474976710655)::bigint), 12, '0'))::uuid,
          @tenant, md5(@tenant::text || case when n % 10 < 3 then 0 else (random() * (@chats / 5 - 1))::integer end)::uuid,
          case n % 4
            when 0 then ko[1 + (random() * 9)::integer] || ' ' || ko2[1 + (random() * 9)::integer] || case when n % (@chats / 40 * 4) = 0 then ' 쀍' else '' end
            when 1 then en[1 + (random() * 9)::integer] || ' ' || en2[1 + (random() * 9)::integer] || ' ' || (random() * 100000)::integer
              || case when n % (@chats / 40 * 4) = 1 then ' quixotic' else '' end
            when 2 then ja[1 + (random() * 9)::integer] || ja2[1 + (random() * 4)::integer] || case when n % (@chats / 40 * 4) = 2 then '鱻' else '' end
            else zh[1 + (random() * 9)::integer] || zh2[1 + (random() * 4)::integer] || (random() * 1000)::integer || case when n % (@chats / 40 * 4) = 3 then '龘' else '' end
          end, status, 'not_started', none, items, none,
          case status when 'error' then 'The pipeline failed: error ' || n % 7 end, at, at + answer,
          case status when 'completed' then at + answer end, case status when 'ended' then at + answer end, case when status = 'completed' and n % 3 = 0 then '3'::xid8 end
        from (select n, date_trunc('milliseconds', timestamptz '2025-06-01' + n * (interval '400 days' / @chats)) as at from generate_series(1, @chats) n) made,
          lateral (select case when n > @chats - 60 then 'in_progress' when n % 100 < 89 then 'completed' when n % 100 < 95 then 'error' else 'ended' end as status) state,
          lateral (select interval '1 millisecond' * (200 * exp(5 * random()))::integer as answer, case status when 'completed' then '[]'::bytea end as none,
            case status when 'completed' then
              format('[{"name":"Item %s"},{"name":"Item %s"}]', (250 * random())::integer, (499 * random())::integer)::bytea
            end as items) outcome,
        (select array['김치찌개','비빔밥','불고기','라면','떡볶이','잡채','갈비탕','냉면','삼계탕','순두부'] as ko,
          array['장보기 목록','사면 될까요','만드는 법','추천해 주세요','양념','오늘 저녁','도시락','손님','매운 것','20분 안에'] as ko2,
          array['ramen','kimchi stew','roast chicken','lasagna','tacos','pad thai','risotto','beef curry','salmon','dumplings'] as en,
          array['shopping list','what do I need','ingredients','cheap','vegan','for the kids','tonight','leftovers','please','under 25 dollars'] as en2,
          array['鍋','カレーライス','寿司','天ぷら','うどん','お好み焼き','焼き鳥','味噌汁','餃子','ラーメン'] as ja,
          array['の材料を教えてください','を初めて作ります','何を買えばいいですか？','はどこですか','のレシピ'] as ja2,
          array['麻婆豆腐','宫保鸡丁','红烧肉','饺子','火锅','炒饭','北京烤鸭','小笼包','水煮鱼','牛肉面'] as zh,
          array['需要什么材料','怎么做','给四个人','购物清单','新鲜蔬菜'] as zh2) words
        """;

    /// <summary>All indexes of the table but those of constraints.</summary>
    private const string Indexes =
        """
        select i.indexname::text as name, i.indexdef as definition
        from pg_indexes i
        where i.schemaname = current_schema and i.tablename = 'sdk_chat'
          and not exists (select from pg_constraint c where c.conindid = i.indexname::text::regclass and c.conrelid = 'sdk_chat'::regclass)
        """;

    /// <summary>Adds a tenant's first profile (<see cref="HistoryData.LargeProfileAsync"/>).</summary>
    public Task AddProfileAsync(Guid tenant, CancellationToken cancellationToken) =>
        RunAsync(connection => connection.ExecuteAsync(Command(AddProfiles, new { tenant, chats = 5 }, cancellationToken)));

    /// <summary>Builds the indexes after the rows, which takes a third of the time.</summary>
    public Task FillAsync(IReadOnlyList<Guid> tenants, IReadOnlyList<int> sizes, CancellationToken cancellationToken) =>
        RunAsync(async connection =>
        {
            await ExecuteAsync("set synchronous_commit = off; set maintenance_work_mem = '512MB'");
            var indexes = (await connection.QueryAsync<(string Name, string Definition)>(Command(Indexes, null, cancellationToken)))
                .AsList();
            await ExecuteAsync(string.Join("; ", indexes.Select(index => $"drop index {index.Name}")));
            for (var n = 0; n < sizes.Count; n++)
            {
                var size = new { tenant = tenants[n], chats = sizes[n] };
                await ExecuteAsync(AddProfiles, size);
                // Every profile exists, so its check would only cost time.
                await ExecuteAsync("set session_replication_role = replica");
                await ExecuteAsync(AddChats, size);
                await ExecuteAsync("set session_replication_role = origin");
            }

            foreach (var index in indexes)
                await ExecuteAsync(index.Definition);
            await ExecuteAsync("analyze sdk_chat, sdk_profile");
            return true;

            Task<int> ExecuteAsync(string sql, object? parameters = null) =>
                connection.ExecuteAsync(Command(sql, parameters, cancellationToken));
        });

    public Task SkipSearchIndexAsync(CancellationToken cancellationToken) =>
        RunAsync(connection => connection.ExecuteAsync(Command(SearchData.SkipIndex, null, cancellationToken)));

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return await work(connection);
    }

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, commandTimeout: 0, cancellationToken: cancellationToken);
}
