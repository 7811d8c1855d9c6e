using System.Buffers.Text;
using System.IO.Hashing;
using Microsoft.Net.Http.Headers;

namespace SdkChat.Api.Http;

/// <summary>
/// The weak <c>ETag</c> of a body: every change of the body changes the tag. Usually it is a hash of all bytes.
/// </summary>
internal readonly record struct WeakETag
{
    private WeakETag(string value) => Value = value;

    /// <summary>The value of the header.</summary>
    public string Value { get; }

    /// <summary>
    /// The hash distinguishes versions of the caller's own data and protects nothing, so it need not be cryptographic: XXH128 takes a tenth
    /// of the time of SHA-256.
    /// </summary>
    public static WeakETag Create(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(body, hash);
        Span<char> text = stackalloc char[Base64Url.GetEncodedLength(hash.Length)];
        Base64Url.EncodeToChars(hash, text);
        return FromText(text);
    }

    /// <param name="text">Identifies the body's content; letters, digits and hyphens.</param>
    public static WeakETag FromText(ReadOnlySpan<char> text) => new($"W/\"{text}\"");

    /// <summary>Sets the header. If the caller already has that body (<c>If-None-Match</c>), the status becomes 304.</summary>
    /// <returns>True for 304: the response has no body.</returns>
    public bool TrySetNotModified(HttpContext context)
    {
        context.Response.Headers.ETag = Value;
        if (!IsKnownTo(context.Request))
            return false;

        SetNotModified(context.Response);
        return true;
    }

    /// <summary>Makes the response a 304.</summary>
    public void SetNotModified(HttpResponse response)
    {
        response.Headers.ETag = Value;
        response.StatusCode = StatusCodes.Status304NotModified;
    }

    /// <summary>Whether the caller already has the body (<c>If-None-Match</c>).</summary>
    public bool IsKnownTo(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch.Count == 0)
            return false;

        var tag = EntityTagHeaderValue.Parse(Value);
        return request.GetTypedHeaders()
            .IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any);
    }
}
