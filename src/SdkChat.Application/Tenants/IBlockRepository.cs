using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>The blocks as storage has them, for the backoffice. Calls ask <see cref="IBlockCache"/>, which learns of a change within seconds.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IBlockRepository
{
    /// <summary>A user has one block at most: where there is one, it takes the new end and reason and keeps its id.</summary>
    /// <returns>The block as it is stored, and whether it is new; null where there is no such tenant.</returns>
    Task<(Block Block, bool IsNew)?> SetAsync(TenantId tenant, Block block, CancellationToken cancellationToken);

    /// <summary>Some of the blocks that have not ended at <paramref name="now"/>, newest first, and how many there are in all, in one snapshot.</summary>
    /// <param name="tenant">Null for every tenant's.</param>
    Task<(IReadOnlyList<Block> Items, long Total)> ListAsync(TenantId? tenant, DateTimeOffset now, long offset, int size, CancellationToken cancellationToken);

    /// <returns>The block that was removed; null when there is none.</returns>
    Task<Block?> RemoveAsync(Guid block, CancellationToken cancellationToken);
}
