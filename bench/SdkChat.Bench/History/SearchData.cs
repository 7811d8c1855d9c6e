using Dapper;
using Npgsql;

namespace SdkChat.Bench.History;

/// <summary>A tenant whose chats have a varied vocabulary in four languages, and its search index, built at once.</summary>
internal sealed class SearchData(string connectionString)
{
    private const string AddProfiles =
        """
        insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
        select md5(@tenant::text || n)::uuid, @tenant, jsonb_build_object('name',
          (array['김','이','박','Sato ','田中','王','Smith ','Müller ','García ','鈴木'])[1 + n % 10]
          || (array['민수','서연','Anna','太郎','小明','José','花子','지우','Olga','Çelik'])[1 + (n / 10) % 10] || ' ' || n), now(), now()
        from generate_series(0, @chats / 5 - 1) n
        """;

    private const string AddChats =
        """
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
        select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008000' || lpad(to_hex((random() * 281474976710655)::bigint), 12, '0'))::uuid,
          @tenant, md5(@tenant::text || (random() * (@chats / 5 - 1))::integer)::uuid,
          case n % 4
            when 0 then ko[1 + (random() * 9)::integer] || ' ' || ko2[1 + (random() * 9)::integer] || case when n % (@chats / 40 * 4) = 0 then ' 쀍' else '' end
            when 1 then en[1 + (random() * 9)::integer] || ' ' || en2[1 + (random() * 9)::integer] || ' ' || (random() * 100000)::integer
              || case when n % (@chats / 40 * 4) = 1 then ' quixotic' else '' end
            when 2 then ja[1 + (random() * 9)::integer] || ja2[1 + (random() * 4)::integer] || case when n % (@chats / 40 * 4) = 2 then '鱻' else '' end
            else zh[1 + (random() * 9)::integer] || zh2[1 + (random() * 4)::integer] || (random() * 1000)::integer || case when n % (@chats / 40 * 4) = 3 then '龘' else '' end
          end, 'in_progress', 'not_started', at, at
        from (select n, date_trunc('milliseconds', timestamptz '2025-11-20' + n * (interval '365 days' / @chats)) as at from generate_series(1, @chats) n) made,
        (select array['김치찌개','비빔밥','불고기','라면','떡볶이','잡채','갈비탕','냉면','삼계탕','순두부'] as ko,
          array['장보기 목록','사면 될까요','만드는 법','추천해 주세요','양념','오늘 저녁','도시락','손님','매운 것','20분 안에'] as ko2,
          array['ramen','kimchi stew','roast chicken','lasagna','tacos','pad thai','risotto','beef curry','salmon','dumplings'] as en,
          array['shopping list','what do I need','ingredients','cheap','vegan','for the kids','tonight','leftovers','please','under 25 dollars'] as en2,
          array['鍋','カレーライス','寿司','天ぷら','うどん','お好み焼き','焼き鳥','味噌汁','餃子','ラーメン'] as ja,
          array['の材料を教えてください','を初めて作ります','何を買えばいいですか？','はどこですか','のレシピ'] as ja2,
          array['麻婆豆腐','宫保鸡丁','红烧肉','饺子','火锅','炒饭','北京烤鸭','小笼包','水煮鱼','牛肉面'] as zh,
          array['需要什么材料','怎么做','给四个人','购物清单','新鲜蔬菜'] as zh2) words
        """;

    /// <summary>What the worker does, in three statements: the index of parts is built last, which takes a third of the time.</summary>
    private static readonly string[] BuildIndex =
    [
        "drop index if exists chat_search_entry_by_part",
        """
        with numbered as (
          select tenant_id, created_at, (row_number() over (partition by tenant_id order by created_at, chat_id) - 1) / 32768 as part
          from sdk_chat where tenant_id = @tenant
        )
        insert into chat_search_segment (tenant_id, lower_at, chats)
        select tenant_id, case when part = 0 then '-infinity' else min(created_at) end, count(*) from numbered group by tenant_id, part
        """,
        """
        insert into chat_search_entry (chat_id, tenant_id, profile_id, segment_id, created_at, content)
        select c.chat_id, c.tenant_id, c.profile_id, s.segment_id, c.created_at, chat_search_content(c.prompt, c.last_error, p.summary_name)
        from (
          select segment_id, tenant_id, lower_at, lead(lower_at, 1, 'infinity') over (order by lower_at) as upper_at from chat_search_segment where tenant_id = @tenant
        ) s
        cross join lateral (
          select * from sdk_chat c where c.tenant_id = s.tenant_id and c.created_at >= s.lower_at and c.created_at < s.upper_at order by c.created_at
        ) c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        """,
        "create index chat_search_entry_by_part on chat_search_entry using gin (chat_search_keys(segment_id, content)) with (gin_pending_list_limit = 64)",
        SkipIndex,
    ];

    /// <summary>Marks the search index as complete, so that the worker has nothing to add.</summary>
    public const string SkipIndex =
        """
        update chat_search_watermark
        set is_complete = true, open_xids = '{}', last_xid = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8
        """;

    public async Task FillAsync(Guid tenant, int chats, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        string[] settings = ["set synchronous_commit = off", "set maintenance_work_mem = '512MB'", "set work_mem = '128MB'"];
        foreach (var sql in settings.Concat([AddProfiles, AddChats, "analyze sdk_chat, sdk_profile"]).Concat(BuildIndex).Append("analyze chat_search_entry"))
            await connection.ExecuteAsync(new CommandDefinition(sql, new { tenant, chats }, commandTimeout: 0, cancellationToken: cancellationToken));
    }
}
