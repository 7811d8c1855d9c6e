namespace SdkChat.Api.Telemetry;

/// <summary>
/// Export of traces and metrics (section <c>Telemetry</c>). OpenTelemetry's own variables (<c>OTEL_…</c>) set headers, sampling and the
/// rest.
/// </summary>
public sealed record TelemetryOptions
{
    public const string Section = "Telemetry";

    private const string Standard = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// OTLP collector over gRPC, such as <c>http://127.0.0.1:4317</c>. Default: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. If neither is set,
    /// nothing is sent and no trace is recorded.
    /// </summary>
    public string? OtlpEndpoint { get; init; }

    internal static Uri? Collector(IConfiguration configuration) =>
        (configuration[$"{Section}:{nameof(OtlpEndpoint)}"] ?? configuration[Standard]) is { Length: > 0 } endpoint
            ? new Uri(endpoint)
            : null;

    internal static bool IsEndpoint(string? text) =>
        string.IsNullOrEmpty(text)
        || (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps));
}
