using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Bench.History;

/// <summary>The service's own worker for the history counts, in this process. It is signalled as if its node stored the changes.</summary>
internal sealed class CountingWorker(string connectionString, IServiceProvider services)
{
    /// <summary>The worker pauses by itself after each update.</summary>
    private static readonly TimeSpan SignalInterval = TimeSpan.FromMilliseconds(50);

    private readonly HistoryCountMaintenance _counts = services.GetRequiredService<HistoryCountMaintenance>();

    /// <summary>Runs the worker until the token ends.</summary>
    /// <exception cref="InvalidOperationException">It has counted nothing: the worker continues after a failure.</exception>
    public async Task RunAsync(CancellationToken over)
    {
        var signal = services.GetRequiredService<CountSignal>();
        var before = await ReadWatermarkAsync();
        using (var worker = ActivatorUtilities.CreateInstance<CountUpdateWorker>(services))
        {
            await worker.StartAsync(CancellationToken.None);
            while (!over.IsCancellationRequested)
            {
                for (var change = 0; change < CountSignal.ManyChanges; change++)
                    signal.ChatChanged();
                await Task.Delay(SignalInterval, CancellationToken.None);
            }

            await worker.StopAsync(CancellationToken.None);
        }

        if (await ReadWatermarkAsync() == before)
            throw new InvalidOperationException("The worker has counted nothing in the whole round.");
    }

    /// <summary>Counts all that is pending.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken) => _counts.ApplyPendingAsync(cancellationToken);

    /// <summary>
    /// Marks the errors and items of all chats as counted: chats of these rounds have none. With more than 20,000 pending, the worker of
    /// the service beside this one would count those of all chats again.
    /// </summary>
    public async Task SkipTextsAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(new CommandDefinition(
            TextSql.Advance, new { lastXid = "0" }, commandTimeout: 0, cancellationToken: cancellationToken));
    }

    private async Task<string?> ReadWatermarkAsync()
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return await connection.ExecuteScalarAsync<string>("select seen::text from chat_count_watermark");
    }
}
