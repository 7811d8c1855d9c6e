using System.Text;

namespace SdkChat.Contract.Calls;

/// <summary>One request, so that it can be sent, and told to somebody who wants to send it again.</summary>
internal sealed record Call(string Method, string Path, Credential? Credential = null)
{
    private const int Readable = 400;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    public string? ContentType { get; init; } = "application/json";

    /// <summary>Whether the body does not say beforehand how long it is.</summary>
    public bool IsChunked { get; init; }

    /// <summary>
    /// Whether the address is sent as it is written here, without the corrections that clients make (<c>..</c>, <c>%2e</c>).
    /// </summary>
    public bool IsVerbatim { get; init; }

    public HttpRequestMessage ToRequest(Uri service)
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), Address(service));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            if (ContentType is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            request.Headers.TransferEncodingChunked = IsChunked;
        }

        foreach (var (name, value) in Credential is null ? Headers : [Credential.Line, .. Headers])
        {
            if (name == "Host")
                request.Headers.Host = value;
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>A line for a shell; credentials are variables.</summary>
    public string Curl(Uri service)
    {
        var address = Address(service);
        var line = new StringBuilder(IsVerbatim ? $"curl -i --globoff --path-as-is '{address.OriginalString}'" : $"curl -i '{address}'");
        if (Method != "GET")
            line.Append($" -X {Method}");
        if (Credential is not null)
            line.Append($" -H \"{Credential.Shown}\"");
        foreach (var (name, value) in Headers)
            line.Append($" -H '{name}: {Quoted(value)}'");
        if (Body is not null && ContentType is not null)
            line.Append($" -H 'Content-Type: {ContentType}'");
        if (Body is { Length: <= Readable })
            line.Append($" --data-binary '{Quoted(Encoding.UTF8.GetString(Body))}'");
        else if (Body is not null)
            line.Append($" --data-binary @body   # {Body.Length} bytes");
        return line.ToString();
    }

    private Uri Address(Uri service) => IsVerbatim
        ? new Uri(
            service.GetLeftPart(UriPartial.Authority) + Path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
        : new Uri(service, Path);

    private static string Quoted(string text) => text.Replace("'", @"'\''", StringComparison.Ordinal);
}
