using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>What the log says of streams that have ended.</summary>
internal static class LiveLogs
{
    public static int Ended(this TestApi api, Guid tenant, string reason)
    {
        // Tests ask again and again, and the log has a line or more for each request.
        var line = $"Stream of tenant {tenant} ended: {reason} ";
        return api.Logs.Entries.Count(entry => entry.Text.StartsWith(line, StringComparison.Ordinal));
    }

    /// <summary>The lines of all streams of a tenant that have ended, the latest last.</summary>
    public static IEnumerable<string> ListEnds(this TestApi api, Guid tenant) => api.Logs.Entries
        .Where(entry => entry.Text.StartsWith($"Stream of tenant {tenant} ended", StringComparison.Ordinal))
        .Select(entry => entry.Text);

    public static Task UntilEndedAsync(this TestApi api, Guid tenant, string reason, int count = 1) =>
        Eventually.TrueAsync(() => Task.FromResult(api.Ended(tenant, reason) >= count));
}
