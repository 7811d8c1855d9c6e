using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>A database that cannot store every text is refused before anything is changed.</summary>
public sealed class EncodingTests
{
    [TestCase("SQL_ASCII")]
    [TestCase("LATIN1")]
    public async Task Migrate_DatabaseOfAnotherEncoding_IsRefusedInOneSentence(string encoding)
    {
        var postgres = await TestPostgres.Shared;
        var name = $"test_{Guid.NewGuid():N}";
        await using var maintenance = new NpgsqlConnection(postgres.ConnectionString("postgres") + ";Pooling=false");
        await maintenance.OpenAsync();
        await maintenance.ExecuteAsync($"create database {name} encoding '{encoding}' lc_collate 'C' lc_ctype 'C' template template0");
        try
        {
            var connectionString = postgres.ConnectionString(name) + ";Pooling=false";

            var migrating = () => new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(connectionString, default);

            (await migrating.Should().ThrowAsync<SchemaException>()).Which.Message
                .Should().StartWith($"Database \"{name}\" has the encoding {encoding}, and SdkChat needs UTF8: ").And.NotContain("\n");
            await using var connection = new NpgsqlConnection(connectionString);
            (await connection.ExecuteScalarAsync<long>("select count(*) from pg_tables where schemaname = 'public'")).Should().Be(0);
        }
        finally
        {
            await maintenance.ExecuteAsync($"drop database {name} with (force)");
        }
    }
}
