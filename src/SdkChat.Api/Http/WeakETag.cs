using System.Buffers.Text;
using System.IO.Hashing;
using Microsoft.Net.Http.Headers;

namespace SdkChat.Api.Http;

/// <summary>The weak <c>ETag</c> of a body: a hash over all of its bytes, so that nothing the body shows can change without it.</summary>
internal readonly record struct WeakETag
{
    private WeakETag(string value) => Value = value;

    /// <summary>As the header has it.</summary>
    public string Value { get; }

    /// <summary>
    /// The hash tells versions of the caller's own data apart and protects nothing, so it need not be cryptographic: XXH128 takes a tenth
    /// of SHA-256's time.
    /// </summary>
    public static WeakETag Create(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(body, hash);
        return new WeakETag($"W/\"{Base64Url.EncodeToString(hash)}\"");
    }

    /// <summary>Sets the header. Where the request has that body already (<c>If-None-Match</c>), the status becomes 304.</summary>
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

    /// <summary>Whether the caller has the body already (<c>If-None-Match</c>).</summary>
    public bool IsKnownTo(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch.Count == 0)
            return false;

        var tag = EntityTagHeaderValue.Parse(Value);
        return request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any);
    }
}
