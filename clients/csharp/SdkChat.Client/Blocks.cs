namespace SdkChat.Client;

/// <summary>A tenant's user whose calls are refused and whose streams end.</summary>
/// <param name="Subject">The user, as the token says.</param>
/// <param name="Until">When the user is let in again.</param>
/// <param name="Reason">For people.</param>
/// <param name="CreatedAt">When the block was set last.</param>
/// <param name="CreatedBy">Who set it last, as the token says; null where it does not.</param>
public sealed record Block(
    Guid BlockId, Guid TenantId, string Subject, DateTimeOffset Until, string Reason, DateTimeOffset CreatedAt, string? CreatedBy);

/// <summary>One page of blocks.</summary>
/// <param name="Items">Those that have not ended, newest first.</param>
/// <param name="Total">All blocks of the list.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
public sealed record BlockPage(IReadOnlyList<Block> Items, long Total, int Page, int Size);
