using System.Globalization;

namespace SdkChat.Infrastructure.Storage;

/// <summary>A session that holds a lock. Values that the current role may not read are null.</summary>
internal sealed class LockHolder
{
    public int Pid { get; init; }

    public string? UserName { get; init; }

    public string? ApplicationName { get; init; }

    /// <summary>Null for a Unix socket too.</summary>
    public string? ClientAddress { get; init; }

    public string? State { get; init; }

    public DateTime? Since { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"pid {Pid} (role {Known(UserName)}, application {Known(ApplicationName)}, address {Known(ClientAddress, "local")}, "
            + $"{Known(State)}) since {Since?.ToString("u", CultureInfo.InvariantCulture) ?? "unknown"}");

    /// <summary>Describes the holders in one phrase, also if there is none any more.</summary>
    public static string Describe(IReadOnlyCollection<LockHolder> holders) =>
        holders.Count == 0 ? "a session that has just ended" : string.Join("; ", holders);

    private static string Known(string? text, string otherwise = "unknown") => string.IsNullOrEmpty(text) ? otherwise : text;
}
