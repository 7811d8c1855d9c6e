using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Auditing;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>
/// Says each entry in the log, and holds it until <see cref="AuditWriter"/> has stored it. Calls without a good credential
/// are only said: they have read nothing, and nobody who has none shall be able to fill a table.
/// </summary>
internal sealed partial class AuditTrail(ILogger<AuditTrail> logger) : IAuditTrail
{
    private const int MostWaiting = 10_000;
    private const int Unauthenticated = 401;

    private readonly Channel<AuditRow> _waiting = Channel.CreateBounded<AuditRow>(MostWaiting);

    public void Append(AuditEntry entry)
    {
        CrossTenantRead(
            entry.Subject, entry.Action, entry.Tenant?.Value, entry.Target, entry.Status, entry.At, entry.RequestId);
        // A full channel says no: storage has been away for thousands of calls, each of which is in the log.
        if (entry.Status != Unauthenticated && !_waiting.Writer.TryWrite(new AuditRow(Guid.CreateVersion7(entry.At), entry)))
            NotStored(1);
    }

    /// <summary>Waits until there is something to store.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>What waits, oldest first, at most <paramref name="most"/>.</summary>
    public List<AuditRow> Take(int most)
    {
        var rows = new List<AuditRow>();
        while (rows.Count < most && _waiting.Reader.TryRead(out var row))
            rows.Add(row);
        return rows;
    }

    /// <summary>Says what is given up.</summary>
    public void GiveUp(int entries) => NotStored(entries);

    [LoggerMessage(
        LogLevel.Information, "Audit: {Subject} {Action} tenant {Tenant} target {Target}: {Status} at {At:O}, request {RequestId}")]
    private partial void CrossTenantRead(string? subject, string action, Guid? tenant, Guid? target, int status, DateTimeOffset at, string requestId);

    [LoggerMessage(LogLevel.Error, "{Count} audit entries could not be stored; they are in the log alone")]
    private partial void NotStored(int count);
}

/// <summary>An entry, with the id under which it is stored once.</summary>
internal sealed record AuditRow(Guid Id, AuditEntry Entry);
