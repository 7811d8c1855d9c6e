using System.Collections.Concurrent;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Profiles;

/// <summary>
/// Lets one tenant have only a part of the connections at work on profile documents: those are the one thing of a tenant's own that can be
/// slow to read, and forty of them at once took every connection away from all others. What is too much waits here, without a connection.
/// </summary>
internal sealed class DocumentGate(int places, TimeSpan patience, TimeProvider clock)
{
    private readonly ConcurrentDictionary<TenantId, SemaphoreSlim> _tenants = new();

    /// <summary>A quarter of the connections for each tenant, and as much patience as for a connection.</summary>
    public DocumentGate(NpgsqlConnectionStringBuilder settings, TimeProvider clock)
        : this(Math.Max(settings.MaxPoolSize / 4, 1), TimeSpan.FromSeconds(settings.Timeout), clock)
    {
    }

    /// <exception cref="UnavailableException">The tenant's part was taken for as long as the patience lasted.</exception>
    public async Task<T> RunAsync<T>(TenantId tenant, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var gate = _tenants.GetOrAdd(tenant, _ => new SemaphoreSlim(places));
        await EnterAsync(gate, cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task EnterAsync(SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        if (gate.Wait(TimeSpan.Zero, CancellationToken.None))
            return;

        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await gate.WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException(exception);
        }
    }
}
