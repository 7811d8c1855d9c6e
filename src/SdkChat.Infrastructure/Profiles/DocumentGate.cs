using System.Collections.Concurrent;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Profiles;

/// <summary>
/// Limits the connections that one tenant uses for profile documents at the same time. These documents are the only tenant data that can be
/// slow to read: forty reads at once took all connections from the other tenants. Further calls wait here, without a connection.
/// </summary>
internal sealed class DocumentGate(int places, TimeSpan patience, TimeProvider clock)
{
    private readonly ConcurrentDictionary<TenantId, SemaphoreSlim> _tenants = new();

    /// <summary>A quarter of the connections for each tenant. A call waits as long as it would for a connection.</summary>
    public DocumentGate(NpgsqlConnectionStringBuilder settings, TimeProvider clock)
        : this(Math.Max(settings.MaxPoolSize / 4, 1), TimeSpan.FromSeconds(settings.Timeout), clock)
    {
    }

    /// <exception cref="UnavailableException">All connections of the tenant were in use until the time-out.</exception>
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
