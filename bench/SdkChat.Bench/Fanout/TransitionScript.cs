using System.Globalization;
using System.Text.RegularExpressions;
using SdkChat.Infrastructure.Chats;

namespace SdkChat.Bench.Fanout;

/// <summary>A kickoff and a completion, with the very statements of the service, as pgbench takes them.</summary>
internal static partial class TransitionScript
{
    public const int Transitions = 2;

    /// <summary>A uuid of the run's number: two statements of one transaction must mean the same chat.</summary>
    private const string Chat = "md5(:n::text)::uuid";

    public static string Create(Guid tenant, Guid profile) =>
        $"""
        \set n random(1, 9000000000000000000)
        {Bound(ChatWriteSql.Add, tenant, profile, "chat_started", "in_progress", 0)};
        {Bound(ChatWriteSql.Complete, tenant, profile, "chat_completed", "completed", 1)};
        """;

    /// <summary>A kickoff alone.</summary>
    public static string CreateKickoff(Guid tenant, Guid profile) =>
        $"""
        \set n random(1, 9000000000000000000)
        {Bound(ChatWriteSql.Add, tenant, profile, "chat_started", "in_progress", 0)};
        """;

    /// <summary>Its parameters as pgbench would bind them, or as constants, which costs the server nothing once prepared.</summary>
    private static string Bound(string sql, Guid tenant, Guid profile, string kind, string status, int revision)
    {
        var values = new Dictionary<string, string>
        {
            ["tenant"] = $"'{tenant}'::uuid", ["profile"] = $"'{profile}'::uuid", ["chat"] = Chat, ["session"] = "null::uuid",
            ["prompt"] = "'Dinner ideas?'", ["status"] = $"'{status}'", ["backListStatus"] = "'not_started'",
            ["createdAt"] = "now() + interval '1 hour'", ["updatedAt"] = "now()", ["at"] = "now()", ["kind"] = $"'{kind}'",
            ["eventItems"] = "null::bytea", ["traceparent"] = "null",
            ["todos"] = "'[]'::bytea", ["recommendedItems"] = "'[]'::bytea", ["notificationItems"] = "'[]'::bytea",
            ["storedRevision"] = "0", ["revision"] = revision.ToString(CultureInfo.InvariantCulture),
        };
        return Parameter().Replace(sql, match => values[match.Groups[1].Value]).Replace('\n', ' ');
    }

    [GeneratedRegex("@([A-Za-z]+)")]
    private static partial Regex Parameter();
}
