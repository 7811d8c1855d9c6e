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

    public static Task UntilEndedAsync(this TestApi api, Guid tenant, string reason, int count = 1) =>
        Eventually.TrueAsync(() => Task.FromResult(api.Ended(tenant, reason) >= count));
}
