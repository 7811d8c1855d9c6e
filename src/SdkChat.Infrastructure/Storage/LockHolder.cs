using System.Globalization;

namespace SdkChat.Infrastructure.Storage;

/// <summary>A session that others wait for. What the role that asks may not see is null.</summary>
internal sealed class LockHolder
{
    public int Pid { get; init; }

    public string? UserName { get; init; }

    public string? ApplicationName { get; init; }

    /// <summary>Null for a connection over a Unix socket as well.</summary>
    public string? ClientAddress { get; init; }

    public string? State { get; init; }

    public DateTime? Since { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"pid {Pid} (role {Known(UserName)}, application {Known(ApplicationName)}, address {Known(ClientAddress, "local")}, {Known(State)}) since {Since?.ToString("u", CultureInfo.InvariantCulture) ?? "unknown"}");

    /// <summary>Several holders, or that there is none any more, in one phrase.</summary>
    public static string Describe(IReadOnlyCollection<LockHolder> holders) =>
        holders.Count == 0 ? "a session that has just ended" : string.Join("; ", holders);

    private static string Known(string? text, string otherwise = "unknown") => string.IsNullOrEmpty(text) ? otherwise : text;
}
