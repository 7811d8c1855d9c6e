namespace SdkChat.Api.Telemetry;

/// <summary>
/// Where traces and metrics are sent (section <c>Telemetry</c>). Whatever else there is to say of it, such as headers or how many
/// traces are kept, is said by OpenTelemetry's own environment variables (<c>OTEL_…</c>).
/// </summary>
public sealed record TelemetryOptions
{
    public const string Section = "Telemetry";

    private const string Standard = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// A collector that takes OTLP over gRPC, such as <c>http://127.0.0.1:4317</c>. Default: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; where
    /// that is not set either nothing is sent, and no trace is recorded.
    /// </summary>
    public string? OtlpEndpoint { get; init; }

    internal static Uri? Collector(IConfiguration configuration) =>
        (configuration[$"{Section}:{nameof(OtlpEndpoint)}"] ?? configuration[Standard]) is { Length: > 0 } endpoint ? new Uri(endpoint) : null;

    internal static bool IsEndpoint(string? text) =>
        string.IsNullOrEmpty(text) || (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps));
}
