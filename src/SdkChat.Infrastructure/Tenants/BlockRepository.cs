using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

internal sealed class BlockRepository(Database database) : IBlockRepository
{
    public async Task<(Block Block, bool IsNew)?> SetAsync(TenantId tenant, Block block, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<SetRow>(
            BlockSql.Set,
            new
            {
                id = block.Id,
                tenant = tenant.Value,
                subject = block.Subject,
                until = block.Until,
                reason = block.Reason,
                created_at = block.CreatedAt,
                created_by = block.CreatedBy,
            },
            cancellationToken);
        return row is null ? null : (row.ToBlock(), row.IsNew);
    }

    public async Task<(IReadOnlyList<Block> Items, long Total)> ListAsync(
        TenantId? tenant, DateTimeOffset now, long offset, int size, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<PageRow>(BlockSql.Page, new { tenant = tenant?.Value, now, offset, size }, cancellationToken);
        return ([.. rows.Where(row => row.BlockId is not null).Select(row => row.ToBlock())], rows[0].Total);
    }

    public async Task<Block?> RemoveAsync(Guid block, CancellationToken cancellationToken) =>
        (await database.QuerySingleOrDefaultAsync<BlockRow>(BlockSql.Remove, new { block }, cancellationToken))?.ToBlock();

    private sealed record BlockRow(
        Guid BlockId, Guid TenantId, string Subject, DateTime Until, string Reason, DateTime CreatedAt, string? CreatedBy)
    {
        public Block ToBlock() => new(BlockId, new TenantId(TenantId), Subject, Until, Reason, CreatedAt, CreatedBy);
    }

    private sealed record SetRow(
        Guid BlockId, Guid TenantId, string Subject, DateTime Until, string Reason, DateTime CreatedAt, string? CreatedBy, bool IsNew)
    {
        public Block ToBlock() => new(BlockId, new TenantId(TenantId), Subject, Until, Reason, CreatedAt, CreatedBy);
    }

    /// <summary>In the row of an empty page, all values except the total are null.</summary>
    private sealed record PageRow(
        long Total, Guid? BlockId, Guid? TenantId, string? Subject, DateTime? Until, string? Reason, DateTime? CreatedAt, string? CreatedBy)
    {
        public Block ToBlock() =>
            new(BlockId!.Value, new TenantId(TenantId!.Value), Subject!, Until!.Value, Reason!, CreatedAt!.Value, CreatedBy);
    }
}
