using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>
/// An upgrade with nodes of the build before still serving: their statements go on working, and wait for no rewrite of a table. With
/// <c>SDKCHAT_REHEARSAL_ROWS=1000000</c> it is the rehearsal of docs/operations/upgrade.md, whose table it prints.
/// </summary>
public sealed partial class RollingUpgradeTests
{
    /// <summary>From here on a script changes no table that is in use but in a moment.</summary>
    private const int FirstBesideReaders = 13;

    /// <summary>The summary as 0013 computed it when it was first applied.</summary>
    private const string GeneratedColumns =
        """
        alter table sdk_profile
          add column summary_name text
            generated always as (case when jsonb_typeof(data -> 'name') = 'string' then data ->> 'name' end) stored,
          add column summary_gender text
            generated always as (case when jsonb_typeof(data -> 'gender') = 'string' then data ->> 'gender' end) stored,
          add column summary_age text
            generated always as (
              case when jsonb_typeof(data -> 'age') in ('number', 'string') and length(data ->> 'age') <= 20 then data ->> 'age' end
            ) stored,
          add column summary_locale text
            generated always as (case when jsonb_typeof(data -> 'locale') = 'string' then data ->> 'locale' end) stored
        """;

    private const string Summaries =
        "select string_agg(concat_ws('|', data, summary_name, summary_gender, summary_age, summary_locale), ';' order by data::text) "
        + "from sdk_profile";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly string[] Documents =
    [
        """{"name": "Sato", "gender": "F", "age": 32, "locale": "ja"}""",
        """{"name": 1, "gender": [], "age": "32", "locale": null}""",
        "{}",
        """{"name": "", "age": "a text that is too long for an age", "locale": {}}""",
        """{"age": 1e19}""",
        """{"age": true, "name": "a|b"}""",
    ];

    private static string OldStatementsFile => Repository.Path("tests/SdkChat.Infrastructure.Tests/Storage/statements-0013.json");

    private static long RowCount =>
        long.Parse(Environment.GetEnvironmentVariable("SDKCHAT_REHEARSAL_ROWS") ?? "3000", CultureInfo.InvariantCulture);

    /// <summary>
    /// The statements of the build whose newest script was 0013, written down then; but for two that say of their arrays' types nothing,
    /// which the driver does.
    /// </summary>
    private static IEnumerable<TestCaseData> OldStatements =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(OldStatementsFile))!
            .Where(statement => !statement.Value.Contains("unnest(@", StringComparison.Ordinal))
            .Select(statement => new TestCaseData(statement.Value).SetArgDisplayNames(statement.Key));

    [TestCaseSource(nameof(OldStatements))]
    public async Task Statement_OfTheBuildBefore_IsGoodOnThisSchema(string sql)
    {
        await using var connection = new NpgsqlConnection((await Shared.Value).ConnectionString);
        await connection.OpenAsync();

        var explain = () => GenericPlan.ExplainAsync(connection, sql, "select 1", "", _ => "null");

        await explain.Should().NotThrowAsync();
    }

    [Test]
    public async Task Upgrade_WithReadersAndWriters_MakesNobodyWaitForARewrite()
    {
        await using var database = await FreshDatabase.CreateAtAsync(2);
        await MigrationRehearsal.FillAsync(database, RowCount);
        TestContext.Out.WriteLine(MigrationRehearsal.Heading);
        foreach (var script in MigrationScript.All.Where(script => FreshDatabase.Number(script) > 2))
        {
            var before = await FilesAsync(database);
            TestContext.Out.WriteLine((await MigrationRehearsal.ApplyAsync(database, script)).ToString());
            if (FreshDatabase.Number(script) >= FirstBesideReaders)
                (await FilesAsync(database)).Should().Contain(before, "{0} must rewrite no table", script.Name);
        }
    }

    /// <summary>Both ways to the schema come to the same, for documents of every kind, and for those that come later.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task ProfileSummaries_AfterTheUpgrade_AreWhatTheyWere(bool hadGeneratedColumns)
    {
        await using var database = await FreshDatabase.CreateAtAsync(12);
        var rows = new Rows(database.ConnectionString);
        var tenant = await rows.TenantAsync("demo");
        foreach (var document in Documents)
            await rows.ProfileAsync(tenant, document);
        string expected;
        await using (var before = await database.OpenAsync())
        {
            await before.ExecuteAsync($"begin; {GeneratedColumns}");
            expected = (await before.ExecuteScalarAsync<string>(Summaries))!;
            await before.ExecuteAsync(hadGeneratedColumns
                ? "insert into schemaversions (scriptname, applied) "
                    + $"values ('{MigrationScript.All.Single(script => FreshDatabase.Number(script) == 13).Name}', now()); commit"
                : "rollback");
        }

        await database.MigrateAsync();

        (await database.ScalarAsync<string>(Summaries)).Should().Be(expected);
        await database.ExecuteAsync("delete from sdk_profile");
        foreach (var document in Documents)
            await rows.ProfileAsync(tenant, document);
        (await database.ScalarAsync<string>(Summaries)).Should().Be(expected, "the trigger does the same");
        await database.ExecuteAsync("update sdk_profile set data = '{}'");
        (await database.ScalarAsync<int>(
            "select count(*)::int from sdk_profile where num_nonnulls(summary_name, summary_gender, summary_age, summary_locale) > 0"))
            .Should().Be(0);
    }

    /// <summary>
    /// Writes the file of the old statements, when a release has been made: <c>dotnet test --filter Name~Statements_OfThisBuild</c>.
    /// </summary>
    [Test]
    [Explicit("Writes a file of the source tree.")]
    public void Statements_OfThisBuild_AreWrittenDown()
    {
        var statements = from type in typeof(DependencyInjection).Assembly.GetTypes()
            where type.Name.EndsWith("Sql", StringComparison.Ordinal) && type.Namespace != typeof(SchemaMigrator).Namespace
            from statement in Constants(type).Concat(Tables(type))
            where Command().IsMatch(statement.Sql) && !statement.Sql.Contains(';', StringComparison.Ordinal)
            orderby statement.Name
            select statement;
        File.WriteAllText(
            OldStatementsFile, JsonSerializer.Serialize(statements.ToDictionary(one => one.Name, one => one.Sql), Indented) + "\n");
        File.Exists(OldStatementsFile).Should().BeTrue();
    }

    private static Lazy<Task<TestDatabase>> Shared { get; } = new(TestDatabase.CreateAsync);

    [OneTimeTearDown]
    public async Task OneTimeTearDown()
    {
        if (Shared.IsValueCreated)
            await (await Shared.Value).DisposeAsync();
    }

    /// <summary>Where each table is stored that has more than one row: somewhere else once it has been rewritten.</summary>
    private static async Task<Dictionary<string, long>> FilesAsync(FreshDatabase database)
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<(string Name, long File)>(
            "select relname::text, relfilenode::bigint from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' "
            + "and relname not in ('chat_event_horizon', 'chat_tally', 'chat_count_watermark')"))
            .ToDictionary(table => table.Name, table => table.File);
    }

    private static IEnumerable<(string Name, string Sql)> Constants(Type type) =>
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public)
        where field.FieldType == typeof(string)
        select ($"{type.Name}.{field.Name}", (string)field.GetValue(null)!);

    private static IEnumerable<(string Name, string Sql)> Tables(Type type) =>
        from property in type.GetProperties(BindingFlags.Static | BindingFlags.Public)
        let table = property.GetValue(null) as System.Collections.IDictionary
        where table is not null
        from key in table.Keys.Cast<object>()
        select ($"{type.Name}.{property.Name}[{key}]", (string)table[key]!);

    [GeneratedRegex(@"^\s*(select|insert|update|delete|with)\b")]
    private static partial Regex Command();
}
