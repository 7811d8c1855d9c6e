namespace SdkChat.Architecture.Tests.Settings;

/// <summary>A table of docs/operations/configure.md.</summary>
/// <param name="Heading">The heading above the table.</param>
internal sealed record SettingGroup(string Heading)
{
    public static readonly SettingGroup SetInProduction = new(
        "Must set in production"), Tune = new("Tune"), LeaveAlone = new("Leave alone");

    public static readonly IReadOnlyList<SettingGroup> All = [SetInProduction, Tune, LeaveAlone];

    /// <summary>A name or the beginning of names. Everything that is not listed here belongs to <see cref="Tune"/>.</summary>
    public static readonly IReadOnlyDictionary<string, SettingGroup> Listed = new (SettingGroup Group, string[] Prefixes)[]
    {
        (SetInProduction,
        [
            "Authentication:{scheme}:Audience", "Authentication:{scheme}:Authority", "Authentication:{scheme}:Issuer",
            "Authentication:{scheme}:JwksFile",
            "Authentication:{scheme}:JwksUrl", "Authentication:{scheme}:Secrets", "Console:KeyFolder", "Console:SignIn:",
            "Cors:AllowedOrigins", "Hosts:", "Metrics:Address", "Pipeline:BaseUrl", "Proxies:",
        ]),
        (LeaveAlone,
        [
            "ApiKeys:LastUseFlushSeconds", "Console:", "Database:CommandTimeoutSeconds", "Database:ConnectTimeoutSeconds", "Idempotency:",
            "Live:FallbackPollMilliseconds",
            "Live:DirectOutput", "Live:EventRetentionMinutes", "Live:FeedGraceSeconds", "Live:ListenSilenceSeconds",
            "Live:PollMilliseconds", "Live:ProbeFailureThreshold",
            "Live:ProbeSeconds", "Live:QueueBytes", "Live:RetryMilliseconds", "Migrations:LockTimeoutMilliseconds",
            "Migrations:RetrySeconds",
            "Pipeline:AttemptTimeoutSeconds", "Pipeline:BreakSeconds", "Pipeline:PollTimeoutSeconds", "Pipeline:Retries",
            "Pipeline:SweepIntervalSeconds",
            "Redis:SilenceMilliseconds", "Server:HeaderSeconds", "Server:MaxHeader", "Server:MaxRequestsPerConnection",
            "Server:MinBodyBytesPerSecond",
        ]),
    }.SelectMany(entry => entry.Prefixes.Select(prefix => (prefix, entry.Group))).ToDictionary(entry => entry.prefix, entry => entry.Group);

    /// <param name="name">As the table shows it.</param>
    public static SettingGroup For(string name) =>
        Listed.FirstOrDefault(entry => name.StartsWith(entry.Key, StringComparison.Ordinal)).Value ?? Tune;
}
