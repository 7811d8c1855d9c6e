using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

internal sealed class TenantRegistry(Database database) : ITenantRegistry
{
    public async Task<Tenant?> FindAsync(TenantCode code, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<TenantRow>(TenantSql.FindByCode, new { code = code.Value }, cancellationToken);
        return row?.ToTenant();
    }
}
