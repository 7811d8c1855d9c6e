using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>What the role that serves may not do. What it must be able to do, every other test of the service shows.</summary>
public sealed class ServiceRoleTests
{
    private TestDatabase _database = null!;
    private Rows _asOwner = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _asOwner = new Rows(_database.ConnectionString);
        await _asOwner.TenantAsync("demo");
        await _asOwner.ExecuteAsync(
            """
            insert into audit_entry (audit_id, at, action, status, request_id)
            select gen_random_uuid(), now() - days * interval '1 day', 'read_chat', 200, 'r' from unnest(array[1, 29, 31, 400]) days
            """);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [TestCase("create table mine (a integer)")]
    [TestCase("drop table sdk_chat")]
    [TestCase("alter table tenant add column a integer")]
    [TestCase("truncate sdk_chat cascade")]
    [TestCase("truncate chat_event")]
    [TestCase("delete from tenant")]
    [TestCase("update chat_event set kind = 'chat_ended'")]
    [TestCase("select * from erasure")]
    [TestCase("update audit_entry set subject = 'nobody'")]
    [TestCase("delete from audit_entry")]
    [TestCase("delete from erasure")]
    [TestCase("insert into schemaversions values (1, 'made up', now())")]
    [TestCase("alter role current_user superuser")]
    public async Task Statement_BeyondTheService_IsRefused(string sql) => await RefusesAsync(sql);

    [Test]
    public async Task Table_ThatNobodyNamed_IsClosed()
    {
        await _asOwner.ExecuteAsync("create table if not exists later (a integer)");
        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(_database.OwnerConnectionString, Role, default);

        await RefusesAsync("select * from later");
        (await QueryAsync("select count(*) from tenant")).Should().Be(1, "what it may do it still may after it was granted again");
    }

    [Test]
    public async Task Grant_ThatSomebodyAdded_IsTakenAwayByTheNextMigration()
    {
        await _asOwner.ExecuteAsync($"grant select on erasure to \"{Role}\"");
        (await QueryAsync("select count(*) from erasure")).Should().Be(0);

        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(_database.OwnerConnectionString, Role, default);

        await RefusesAsync("select * from erasure");
    }

    [Test]
    public async Task AuditTrail_OfTheLastMonth_CannotBeForgotten()
    {
        (await QueryAsync("select audit_forget(now() - interval '365 days', 10)")).Should().Be(1);
        (await QueryAsync("select audit_forget(now(), 10)")).Should().Be(1, "of 1, 29 and 31 days only the last may go");
        (await _asOwner.ScalarAsync<long>("select count(*) from audit_entry")).Should().Be(2);
    }

    /// <summary>Otherwise a trigger of it would have the privileges of the owner.</summary>
    [Test]
    public async Task TemporaryTable_WithTheNameOfOneOfTheOwner_IsNotFoundByTheOwnersFunctions() => (await QueryAsync(
        """
        create temporary table audit_entry as select * from audit_entry where false;
        insert into audit_entry (audit_id, at) values (gen_random_uuid(), now() - interval '2000 days');
        select audit_forget(now() - interval '1000 days', 10)
        """)).Should().Be(0);

    /// <summary>Names may hold anything, and this one's blanks are there to show it.</summary>
    private string Role => new NpgsqlConnectionStringBuilder(_database.ConnectionString).Username!;

    private async Task RefusesAsync(string sql) =>
        (await FluentActions.Awaiting(() => QueryAsync(sql)).Should().ThrowAsync<PostgresException>())
            .Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege);

    private async Task<long> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
