namespace SdkChat.Api.Http.Origins;

/// <summary>Which pages in a browser may call the service (section <c>Cors</c>).</summary>
public sealed record CorsSettings
{
    public const string Section = "Cors";

    /// <summary>
    /// Origins that may call <c>/api/</c> with credentials, each as a browser sends it: <c>https://admin.example.com</c>,
    /// without a path. No wildcards: a sibling of an allowed host is not allowed. Default: none but the service's own; the settings of Development add http://localhost:5173.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Origins that may call <c>/v1/</c>, without credentials. Default: empty, which means any.</summary>
    public IReadOnlyList<string> SdkOrigins { get; init; } = [];
}
