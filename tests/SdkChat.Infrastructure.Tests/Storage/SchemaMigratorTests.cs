using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>The schema, and how nodes bring a database to it.</summary>
public sealed class SchemaMigratorTests
{
    private const string Columns = "select column_name from information_schema.columns where table_name = @table";

    [Test]
    public async Task Migrate_ManyNodesAtOnce_RunsEachScriptOnce()
    {
        var database = await EmptyDatabaseAsync();

        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync(database)));

        ran.Sum().Should().Be(SchemaMigrator.Scripts.Count);
    }

    [Test]
    public async Task RequireCurrent_OlderSameOrNewerSchema_RefusesTheOlderAlone()
    {
        var database = await EmptyDatabaseAsync();
        await MigrateAsync(database);
        await using var connection = new NpgsqlConnection(database);
        var require = () => SchemaMigrator.RequireCurrentAsync(database, default);

        await require.Should().NotThrowAsync();
        await connection.ExecuteAsync(
            "insert into schemaversions (scriptname, applied) values ('SdkChat.9999_from_the_future.sql', now())");
        await require.Should().NotThrowAsync();
        await connection.ExecuteAsync("delete from schemaversions where scriptname = @last", new { last = SchemaMigrator.Scripts[^1] });
        await require.Should().ThrowAsync<SchemaException>();
    }

    /// <summary>The contract's tables; a chat's result is three columns, so that a detail need not take it apart.</summary>
    [TestCase("tenant", "tenant_id", "code", "enabled")]
    [TestCase("api_key", "tenant_id")]
    [TestCase("sdk_profile", "profile_id", "tenant_id", "data", "deleted_at")]
    [TestCase("profile_session", "profile_id", "tenant_id")]
    [TestCase(
        "sdk_chat", "chat_id", "tenant_id", "profile_id", "profile_session_id", "prompt", "status", "back_list_status", "pipeline_todos",
        "pipeline_recommended_items", "pipeline_notification_items", "last_error", "created_at", "updated_at", "ended_at")]
    public async Task Schema_OfTheContract_HasItsTables(string table, params string[] columns)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);

        (await connection.QueryAsync<string>(Columns, new { table })).Should().Contain(columns);
    }

    private static Task<int> MigrateAsync(string connectionString) =>
        new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(connectionString, default);

    private static async Task<string> EmptyDatabaseAsync()
    {
        var postgres = await TestPostgres.Shared;
        var name = string.Create(CultureInfo.InvariantCulture, $"schema_{Guid.NewGuid():n}");
        await using var maker = new NpgsqlConnection(postgres.ConnectionString("postgres") + ";Pooling=false");
        await maker.ExecuteAsync($"create database {name}");
        return postgres.ConnectionString(name) + ";Pooling=false";
    }
}
