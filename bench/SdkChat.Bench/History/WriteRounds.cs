using Dapper;
using Npgsql;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>Rounds of pgbench with something and without it, in turn.</summary>
internal sealed class WriteRounds(string connectionString, int rounds, TimeSpan duration)
{
    private const int Clients = 32;

    internal sealed record Case
    {
        /// <summary>What does not exist in the rounds without: names with commas between them.</summary>
        public string? Indexes { get; init; }

        /// <summary>Advisory locks that are held in the rounds without, so that the service's workers do nothing.</summary>
        public long[] LocksWithout { get; init; } = [];

        /// <summary>Advisory locks that are held in all rounds.</summary>
        public long[] LocksAlways { get; init; } = [];

        /// <summary>What runs beside the rounds with, until its token ends.</summary>
        public Func<CancellationToken, Task> Work { get; init; } = _ => Task.CompletedTask;

        /// <summary>What runs after each round without, while the locks are still held.</summary>
        public Func<CancellationToken, Task> AfterWithout { get; init; } = _ => Task.CompletedTask;

        /// <summary>What runs before each round with.</summary>
        public Func<CancellationToken, Task> BeforeWith { get; init; } = _ => Task.CompletedTask;
    }

    /// <returns>Transactions a second, with and without.</returns>
    public async Task<(double With, double Without)> MeasureAsync(string script, Case measured, CancellationToken cancellationToken)
    {
        await using var always = await LockedAsync(measured.LocksAlways, cancellationToken);
        var (with, without) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            await measured.BeforeWith(cancellationToken);
            await ExecuteAsync(connectionString, "checkpoint", cancellationToken);
            with.Add(await WithAsync(script, measured.Work, cancellationToken));
            await using var locked = await LockedAsync(measured.LocksWithout, cancellationToken);
            var indexes = await DropAsync(measured.Indexes, cancellationToken);
            await ExecuteAsync(connectionString, "checkpoint", cancellationToken);
            without.Add(await PgBench.RateAsync(connectionString, script, Clients, duration, cancellationToken));
            foreach (var index in indexes)
                await ExecuteAsync(connectionString, index, cancellationToken);
            await measured.AfterWithout(cancellationToken);
        }

        return (Median.Compute(with), Median.Compute(without));
    }

    public static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.ExecuteAsync(new CommandDefinition(
            sql, commandTimeout: 0, commandType: System.Data.CommandType.Text, cancellationToken: cancellationToken));
    }

    private async Task<double> WithAsync(string script, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = Task.Run(() => work(over.Token), cancellationToken);
        var rate = await PgBench.RateAsync(connectionString, script, Clients, duration, cancellationToken);
        await over.CancelAsync();
        await working;
        return rate;
    }

    /// <returns>A session that holds the locks until it is closed.</returns>
    private async Task<NpgsqlConnection> LockedAsync(long[] keys, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        foreach (var key in keys)
            await connection.ExecuteAsync(new CommandDefinition(
                "select pg_advisory_lock(@key)", new { key }, commandTimeout: 0, cancellationToken: cancellationToken));
        return connection;
    }

    /// <returns>The statements that build the indexes again.</returns>
    private async Task<IReadOnlyList<string>> DropAsync(string? indexes, CancellationToken cancellationToken)
    {
        if (indexes is null)
            return [];

        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        var definitions = await connection.QueryAsync<string>(new CommandDefinition(
            "select indexdef from pg_indexes where indexname = any (string_to_array(@indexes, ','))", new { indexes },
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            $"drop index {indexes}", commandTimeout: 0, cancellationToken: cancellationToken));
        return [.. definitions];
    }
}
