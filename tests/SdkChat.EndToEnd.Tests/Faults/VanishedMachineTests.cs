using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Faults;

/// <summary>
/// A machine that loses its network in the middle of something keeps its locks until the server knows. With the settings of a plain session
/// that takes TCP's two hours; here the next one must get its turn within two minutes, of which a busy machine needs most.
/// </summary>
/// <remarks>Each test has a server of its own and waits half a minute for it, so they run side by side.</remarks>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VanishedMachineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private IsolatedPostgres? _postgres;
    private Rows _rows = null!;

    [SetUp]
    public async Task SetUp()
    {
        if (await IsolatedPostgres.ObstacleAsync() is { } obstacle)
            Assert.Ignore(obstacle);
        _postgres = await IsolatedPostgres.StartAsync();
        _rows = new Rows(_postgres.ConnectionString);
    }

    [TearDown]
    public async Task TearDown()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }

    /// <summary>While the server runs a statement for it.</summary>
    [Test]
    public async Task Migration_OfAMachineThatVanishes_IsTakenOver()
    {
        await _rows.ExecuteAsync(
            """
            create function stay() returns event_trigger language plpgsql as 'begin perform pg_sleep(3600); end';
            create event trigger stays on ddl_command_start when tag in ('CREATE TABLE') execute function stay()
            """);
        await VanishAsync("migrate");
        await _rows.ExecuteAsync("drop event trigger stays");

        (await WithinLimitAsync(() => MigrateAsync())).Should().Be(SchemaMigrator.Scripts.Count);
    }

    /// <summary>While the server waits for its next statement, in a transaction that locks the history counts.</summary>
    [Test]
    public async Task Repair_OfAMachineThatVanishes_DoesNotHoldTheCounts()
    {
        await MigrateAsync();
        await using var holder = new Npgsql.NpgsqlConnection(_postgres!.ConnectionString);
        await holder.OpenAsync();
        await using (var held = await holder.BeginTransactionAsync())
        {
            await using var hold = new Npgsql.NpgsqlCommand("select * from chat_count_watermark for update", holder, held);
            await hold.ExecuteNonQueryAsync();
            await VanishAsync("repair");
        }

        var repaired = await WithinLimitAsync(() => SdkChatProgram.RunAsync(
            ["repair"], ("ASPNETCORE_ENVIRONMENT", "Production"), ("ConnectionStrings__SdkChat", _postgres.ConnectionString)));

        repaired.Output.Should().StartWith("Nothing to do", repaired.Error);
    }

    private Task<int> MigrateAsync() =>
        new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(_postgres!.ConnectionString, default);

    /// <summary>Runs a verb until it has its lock, and takes its network away.</summary>
    private async Task VanishAsync(string verb)
    {
        using var machine = _postgres!.StartVerb(verb);
        await Eventually.TrueAsync(
            () => _rows.ScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and granted)"));
        await _postgres.DropPacketsAsync();
        machine.Kill();
        await machine.WaitForExitAsync();
        (await _rows.ScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and granted)"))
            .Should().BeTrue("the server knows nothing yet");
    }

    private static async Task<T> WithinLimitAsync<T>(Func<Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await work().WaitAsync(Limit * 2);
        var elapsed = Stopwatch.GetElapsedTime(started);
        TestContext.Out.WriteLine(FormattableString.Invariant($"The turn was free after {elapsed.TotalSeconds:F0} s."));
        elapsed.Should().BeLessThan(Limit);
        return result;
    }
}
