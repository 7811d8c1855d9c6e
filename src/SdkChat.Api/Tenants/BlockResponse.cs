using SdkChat.Application.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>A tenant's user to be refused.</summary>
/// <param name="TenantId">Whose user it is.</param>
/// <param name="Subject">The user's <c>sub</c>, as the lists of streams and of audit entries show it.</param>
/// <param name="Until">When the user is let in again: an instant in the future, with its offset.</param>
/// <param name="Reason">For people: 1 to 500 characters on one line.</param>
public sealed record BlockRequest(Guid? TenantId, string? Subject, string? Until, string? Reason);

/// <summary>A tenant's user whose calls are refused and whose streams end.</summary>
public sealed class BlockResponse
{
    public required Guid BlockId { get; init; }

    public required Guid TenantId { get; init; }

    /// <summary>The user, as the token says.</summary>
    public required string Subject { get; init; }

    /// <summary>When the user is let in again.</summary>
    public required DateTimeOffset Until { get; init; }

    public required string Reason { get; init; }

    /// <summary>When the block was set last.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who set it last, as the token says; null where it does not.</summary>
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
