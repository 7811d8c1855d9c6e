using SdkChat.Application.Auditing;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Auditing;

internal sealed class AuditStore(Database database) : IAuditStore
{
    public Task StoreAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        database.ExecuteAsync(AuditSql.Append, AuditWriter.Parameters(Guid.CreateVersion7(), [AuditRow.From(entry)]), cancellationToken);
}
