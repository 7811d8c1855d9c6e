using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// The stored blocks, for the backoffice. Authentication uses <see cref="IBlockCache"/>, which sees a change within seconds.
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IBlockRepository
{
    /// <summary>Blocks a user. A user has at most one block: an existing one gets the new end and reason and keeps its id.</summary>
    /// <returns>The block as it is stored, and whether it is new; null if there is no such tenant.</returns>
    Task<(Block Block, bool IsNew)?> SetAsync(TenantId tenant, Block block, CancellationToken cancellationToken);

    /// <summary>
    /// Some of the blocks that have not ended at <paramref name="now"/>, newest first, and how many there are in all, in one snapshot.
    /// </summary>
    /// <param name="tenant">Null for the blocks of all tenants.</param>
    Task<(IReadOnlyList<Block> Items, long Total)> ListAsync(
        TenantId? tenant, DateTimeOffset now, long offset, int size, CancellationToken cancellationToken);

    /// <returns>The block that was removed; null if there is none.</returns>
    Task<Block?> RemoveAsync(Guid block, CancellationToken cancellationToken);
}
