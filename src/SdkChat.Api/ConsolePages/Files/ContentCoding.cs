namespace SdkChat.Api.ConsolePages.Files;

/// <summary>Parses the content codings that a client accepts (RFC 9110, section 12.5.3).</summary>
internal static class ContentCoding
{
    public const string Brotli = "br";
    public const string Gzip = "gzip";

    /// <summary>
    /// Whether the coding is named, directly or by <c>*</c>, with a quality other than 0. An invalid header accepts no coding.
    /// </summary>
    public static bool Accepts(HttpRequest request, string coding)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var named = accepted.FirstOrDefault(item => item.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(item => item.Value == "*");
        return named is not null && named.Quality is null or > 0;
    }
}
