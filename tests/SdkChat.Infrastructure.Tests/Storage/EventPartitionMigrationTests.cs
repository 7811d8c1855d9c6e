using System.Globalization;
using Dapper;
using Npgsql;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>Migration 0006 on a database with events in it, as a rolling upgrade meets it.</summary>
public sealed class EventPartitionMigrationTests
{
    private const string OldInsert =
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, notification_items, created_at)
        values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'backlist_triggered', '[1]', now())
        returning event_id
        """;

    [Test]
    public async Task Migration_WithEventsInTheTable_KeepsThemTheirNumbersAndTheirTransactions()
    {
        await using var connection = await EmptyDatabaseAsync();
        foreach (var script in Scripts().TakeWhile(name => !name.Contains(".0006_", StringComparison.Ordinal)))
            await connection.ExecuteAsync(await TextAsync(script));
        for (var i = 0; i < 5; i++)
            await connection.ExecuteAsync(OldInsert);
        const string Rows =
            "select string_agg(event_id || '/' || xid::text || '/' || convert_from(notification_items, 'UTF8'), ' ' order by event_id) "
            + "from chat_event";
        var before = await connection.ExecuteScalarAsync<string>(Rows);

        // The migrator gives each script a transaction.
        await connection.ExecuteAsync(
            $"begin; {await TextAsync(Scripts().Single(name => name.Contains(".0006_", StringComparison.Ordinal)))}; commit");

        (await connection.ExecuteScalarAsync<string>(Rows)).Should().Be(before).And.NotBeNull();
        // As a node of the build before stores it.
        (await connection.ExecuteScalarAsync<long>(OldInsert)).Should().Be(6);
    }

    private static IEnumerable<string> Scripts() =>
        typeof(DependencyInjection).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static async Task<string> TextAsync(string script)
    {
        using var reader = new StreamReader(typeof(DependencyInjection).Assembly.GetManifestResourceStream(script)!);
        return await reader.ReadToEndAsync();
    }

    private static async Task<NpgsqlConnection> EmptyDatabaseAsync()
    {
        var postgres = await TestPostgres.Shared;
        var name = string.Create(CultureInfo.InvariantCulture, $"migration_{Guid.NewGuid():n}");
        await using (var maker = new NpgsqlConnection(postgres.ConnectionString("postgres") + ";Pooling=false"))
            await maker.ExecuteAsync($"create database {name}");
        var connection = new NpgsqlConnection(postgres.ConnectionString(name) + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
