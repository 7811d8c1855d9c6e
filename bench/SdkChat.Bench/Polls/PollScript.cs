using SdkChat.Infrastructure.Chats;

namespace SdkChat.Bench.Polls;

/// <summary>The statement of a poll for pgbench, for one of so many chats.</summary>
internal static class PollScript
{
    public static string Create(Guid tenant, Guid profile, int chats) =>
        $"""
        \set n random(0, {chats - 1})
        {ChatLookupSql.Find
            .Replace("@tenant", $"'{tenant}'::uuid", StringComparison.Ordinal)
            .Replace("@profile", $"'{profile}'::uuid", StringComparison.Ordinal)
            .Replace("@chat", "('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid", StringComparison.Ordinal)
            .ReplaceLineEndings(" ")};
        """;
}
