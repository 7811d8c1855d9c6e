namespace SdkChat.Api.Http.Origins;

/// <summary>Origins of browser pages that may call the service (section <c>Cors</c>).</summary>
public sealed record CorsSettings
{
    public const string Section = "Cors";

    /// <summary>
    /// Origins that may call <c>/api/</c> with credentials, as a browser sends them: <c>https://admin.example.com</c>, without a path.
    /// Wildcards are not supported. Default: the service's own origin only; Development adds the ports 3000, 4200, 5173 and 8080 of
    /// http://localhost and http://127.0.0.1.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Origins that may call <c>/v1/</c>, without credentials. Default: any.</summary>
    public IReadOnlyList<string> SdkOrigins { get; init; } = [];
}
