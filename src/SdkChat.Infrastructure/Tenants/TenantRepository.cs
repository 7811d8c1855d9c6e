using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

internal sealed class TenantRepository(Database database) : ITenantRepository
{
    public async Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<TenantRow>(TenantSql.Find, new { tenant = tenant.Value }, cancellationToken);
        return row?.ToTenant();
    }

    public async Task<Tenant?> FindAsync(TenantCode code, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<TenantRow>(TenantSql.FindByCode, new { code = code.Value }, cancellationToken);
        return row?.ToTenant();
    }

    public async Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<TenantRow>(TenantSql.List, null, cancellationToken);
        return [.. rows.Select(row => row.ToTenant())];
    }

    public async Task<(IReadOnlyList<Tenant> Items, long Total)> ListAsync(
        TenantFilter filter, long offset, int size, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<PageRow>(
            TenantSql.Page, new { name = filter.Name, ids = filter.Ids?.ToArray(), offset, size }, cancellationToken);
        return ([.. rows.Where(row => row.TenantId is not null).Select(row => row.ToTenant())], rows[0].Total);
    }

    public async Task<bool> AddAsync(Tenant tenant, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            TenantSql.Add,
            new { tenant = tenant.Id.Value, code = tenant.Code.Value, name = tenant.Name, enabled = tenant.Enabled },
            cancellationToken) == 1;

    public async Task<Tenant?> UpdateAsync(TenantId tenant, string? name, bool? enabled, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(TenantSql.Update, new { tenant = tenant.Value, name, enabled }, cancellationToken);
        return await FindAsync(tenant, cancellationToken);
    }

    /// <summary>In the row of an empty page, all values except the total are null.</summary>
    private sealed record PageRow(long Total, Guid? TenantId, string? Code, string? Name, bool? Enabled)
    {
        public Tenant ToTenant() => new TenantRow(TenantId!.Value, Code!, Name!, Enabled!.Value).ToTenant();
    }
}
