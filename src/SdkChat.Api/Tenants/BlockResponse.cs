using SdkChat.Application.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>A block of a tenant's user.</summary>
/// <param name="TenantId">The tenant of the user.</param>
/// <param name="Subject">The user's <c>sub</c>, as in the lists of streams and of audit entries.</param>
/// <param name="Until">When the block ends: an instant in the future, with its offset.</param>
/// <param name="Reason">For display: 1 to 500 characters on one line.</param>
public sealed record BlockRequest(Guid? TenantId, string? Subject, string? Until, string? Reason);

/// <summary>A tenant's user whose calls are refused and whose streams end.</summary>
public sealed class BlockResponse
{
    public required Guid BlockId { get; init; }

    public required Guid TenantId { get; init; }

    /// <summary>The subject of the user's tokens.</summary>
    public required string Subject { get; init; }

    /// <summary>When the block ends.</summary>
    public required DateTimeOffset Until { get; init; }

    public required string Reason { get; init; }

    /// <summary>When the block was set last.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The subject of the super admin who set it last; null if the token has none.</summary>
    public required string? CreatedBy { get; init; }

    internal static BlockResponse From(Block block) => new()
    {
        BlockId = block.Id,
        TenantId = block.Tenant.Value,
        Subject = block.Subject,
        Until = block.Until,
        Reason = block.Reason,
        CreatedAt = block.CreatedAt,
        CreatedBy = block.CreatedBy,
    };
}
