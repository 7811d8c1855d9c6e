namespace SdkChat.Api.ConsolePages.Files;

/// <summary>Which codings a caller takes (RFC 9110, section 12.5.3).</summary>
internal static class ContentCoding
{
    public const string Brotli = "br";
    public const string Gzip = "gzip";

    /// <summary>Named outright or by <c>*</c>, and not with a quality of 0. What cannot be read accepts nothing.</summary>
    public static bool Accepts(HttpRequest request, string coding)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var named = accepted.FirstOrDefault(item => item.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(item => item.Value == "*");
        return named is not null && named.Quality is null or > 0;
    }
}
