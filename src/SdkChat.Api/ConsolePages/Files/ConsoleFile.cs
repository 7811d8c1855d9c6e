using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace SdkChat.Api.ConsolePages.Files;

/// <summary>One file of the console in every content coding. Each is compressed once, at its first request.</summary>
internal sealed class ConsoleFile
{
    private const int BrotliQuality = 9;
    private const int BrotliWindow = 22;
    private const int TagBytes = 16;

    private readonly string _contentType;
    private readonly byte[] _content;
    private readonly string _hash;
    private readonly Lazy<byte[]?> _brotli;
    private readonly Lazy<byte[]?> _gzip;

    public ConsoleFile(string contentType, byte[] content)
    {
        (_contentType, _content) = (contentType, content);
        _hash = Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, TagBytes));
        _brotli = new Lazy<byte[]?>(() => IfSmaller(Brotli(content)));
        _gzip = new Lazy<byte[]?>(() => IfSmaller(Gzip(content)));
    }

    /// <summary>Returns the file in a coding that the request accepts, or 304 if the client already has it.</summary>
    public IResult Answer(HttpContext context, string cacheControl, int status = StatusCodes.Status200OK)
    {
        var (coding, bytes) = Choose(context.Request);
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (coding is not null)
            headers.ContentEncoding = coding;
        context.Response.StatusCode = status;
        // A tag identifies bytes: the same file in another coding has another tag.
        var tag = new EntityTagHeaderValue($"\"{_hash}{(coding is null ? "" : "-" + coding)}\"");
        return Results.Bytes(bytes, _contentType, entityTag: status == StatusCodes.Status200OK ? tag : null);
    }

    private (string? Coding, byte[] Bytes) Choose(HttpRequest request)
    {
        if (ContentCoding.Accepts(request, ContentCoding.Brotli) && _brotli.Value is { } brotli)
            return (ContentCoding.Brotli, brotli);
        return ContentCoding.Accepts(request, ContentCoding.Gzip) && _gzip.Value is { } gzip
            ? (ContentCoding.Gzip, gzip)
            : (null, _content);
    }

    private byte[]? IfSmaller(byte[] packed) => packed.Length < _content.Length ? packed : null;

    private static byte[] Brotli(byte[] content)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, packed, out var length, BrotliQuality, BrotliWindow) ? packed[..length] : content;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(content);
        return packed.ToArray();
    }
}
