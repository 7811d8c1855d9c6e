using Dapper;
using Npgsql;
using SdkChat.Bench.Measuring;
using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Bench.History;

/// <summary>What keeping the counts costs those who start chats: the same statements with and without, in turn.</summary>
internal sealed class Kickoffs(string connectionString, Guid tenant, Guid profile, HistoryCountMaintenance counts)
{
    private const int Clients = 32;

    private const string Kickoff =
        """
        with chat as (
          insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
          values (@chat, @tenant, @profile, 'Dinner ideas for four, please', 'in_progress', 'not_started', @at, @at)
        ), run as (
          insert into pipeline_run (chat_id, tenant_id, due_at) values (@chat, @tenant, @at + interval '1 year')
        )
        insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at) values (@tenant, @chat, @profile, 'chat_started', @at)
        """;

    private int _added;

    /// <returns>Kickoffs a second, with the counts kept and without them.</returns>
    public async Task<(double With, double Without)> MeasureAsync(int rounds, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Max Auto Prepare=10;Auto Prepare Min Usages=1;Maximum Pool Size=40");
        await using var admin = await source.OpenConnectionAsync(cancellationToken);
        var (with, without) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            await admin.ExecuteAsync("checkpoint", commandType: System.Data.CommandType.Text);
            with.Add(await RoundAsync(source, counts: true, duration, cancellationToken));
            await counts.ApplyPendingAsync(cancellationToken);
            await admin.ExecuteAsync("drop index sdk_chat_by_xid; checkpoint");
            without.Add(await RoundAsync(source, counts: false, duration, cancellationToken));
            await admin.ExecuteAsync("create index sdk_chat_by_xid on sdk_chat (xid)", commandTimeout: 0);
            await counts.ApplyPendingAsync(cancellationToken);
        }

        return (Median.Compute(with), Median.Compute(without));
    }

    private async Task<double> RoundAsync(NpgsqlDataSource source, bool counts, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _added = 0;
        var started = TimeProvider.System.GetTimestamp();
        var updating = counts ? Task.Run(() => ApplyPendingAsync(over.Token), cancellationToken) : Task.CompletedTask;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                for (; TimeProvider.System.GetElapsedTime(started) < duration; Interlocked.Increment(ref _added))
                    await connection.ExecuteAsync(Kickoff, new { chat = Guid.CreateVersion7(), tenant, profile, at = TimeProvider.System.GetUtcNow() });
            },
            cancellationToken)));
        var rate = _added / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await over.CancelAsync();
        await updating;
        return rate;
    }

    /// <summary>As the service does it.</summary>
    private async Task ApplyPendingAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var folded = 0; !over.IsCancellationRequested; await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (Volatile.Read(ref _added) - folded < CountSignal.ManyChanges)
                continue;

            folded = Volatile.Read(ref _added);
            await counts.ApplyPendingAsync(CancellationToken.None);
        }
    }
}
