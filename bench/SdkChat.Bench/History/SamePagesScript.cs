using System.Text.RegularExpressions;
using SdkChat.Application.Common.Paging;
using SdkChat.Infrastructure.Chats;

namespace SdkChat.Bench.History;

/// <summary>The service's whole statement for pgbench, total and place included, for the pages that the service is asked for.</summary>
internal static partial class SamePagesScript
{
    /// <param name="pages">Pages 1 to this one, of 20 chats.</param>
    public static string Create(Guid tenant, int pages) =>
        $"""
        \set page random(1, {pages})
        {Comment().Replace(ChatHistorySql.List(ChatListScope.Tenant, ChatListKind.All, new PagePosition.Offset(20)), "")
            .Replace("@tenant", $"'{tenant}'::uuid", StringComparison.Ordinal)
            .Replace("@offset", "(:page::bigint * 20)", StringComparison.Ordinal)
            .Replace("@size", "20", StringComparison.Ordinal)
            .ReplaceLineEndings(" ")};
        """;

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();
}
