using Npgsql;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

public sealed class NumberedStatementTests
{
    [TestCase("select @b, @a, @b", "select $1, $2, $1", "b", "a")]
    [TestCase("select @knownRevision::integer", "select $1::integer", "knownRevision")]
    [TestCase("select '@a', \"@b\", @c -- of @d\n, @e /* @f */", "select '@a', \"@b\", $1 -- of @d\n, $2 /* @f */", "c", "e")]
    [TestCase("select 'it''s @a', @b", "select 'it''s @a', $1", "b")]
    [TestCase("select a @@ b, c @> d, @e", "select a @@ b, c @> d, $1", "e")]
    [TestCase("select 1", "select 1")]
    public void Create_Names_BecomeNumbersInOrder(string sql, string text, params string[] names)
    {
        var statement = NumberedStatement.Create(sql);

        statement.Text.Should().Be(text);
        statement.Names.Should().Equal(names);
    }

    [Test]
    public void Get_SameText_IsConvertedOnce() =>
        NumberedStatement.Get(ChatLookupSql.Find).Should().BeSameAs(NumberedStatement.Get(ChatLookupSql.Find));

    /// <summary>A statement that requests execute most often is sent as it is stored: Npgsql has nothing to parse.</summary>
    [Test]
    public async Task Query_WithNumberedParameters_SendsThePreparedText()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = DataSourceFactory.Create(database.ConnectionString + ";Maximum Pool Size=1", new DatabaseOptions());
        var tenant = new Domain.Tenants.TenantId(Guid.CreateVersion7());
        var history = new ChatHistory(new HistoryDatabase(new Database(source)), TimeProvider.System);
        for (var n = 0; n < 3; n++)
            (await history.FindAsync(tenant, new Domain.Chats.ChatId(Guid.CreateVersion7()), default)).Should().BeNull();

        await using var prepared = source.CreateCommand(
            "select count(*) from pg_prepared_statements where statement = $1 and parameter_types = '{uuid,uuid}'::regtype[]");
        prepared.Parameters.Add(new NpgsqlParameter { Value = NumberedStatement.Get(ChatHistorySql.Detail).Text });
        (await prepared.ExecuteScalarAsync()).Should().Be(1L);
    }
}
