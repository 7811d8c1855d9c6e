namespace SdkChat.Api.Http.Origins;

/// <summary>Whether an <c>Origin</c> is the service's own: the scheme and host that this request was made to.</summary>
internal static class OwnOrigin
{
    public static bool Matches(HttpRequest request, string? origin)
    {
        var rest = origin.AsSpan();
        if (!rest.StartsWith(request.Scheme, StringComparison.OrdinalIgnoreCase))
            return false;

        rest = rest[request.Scheme.Length..];
        if (!rest.StartsWith("://", StringComparison.Ordinal))
            return false;

        var port = request.IsHttps ? ":443" : ":80";
        return request.Host.HasValue
            && WithoutPort(rest[3..], port).Equals(WithoutPort(request.Host.Value, port), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The default port may be present or not.</summary>
    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host, string port) =>
        host.EndsWith(port, StringComparison.Ordinal) ? host[..^port.Length] : host;
}
