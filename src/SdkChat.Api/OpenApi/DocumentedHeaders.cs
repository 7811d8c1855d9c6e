using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;

namespace SdkChat.Api.OpenApi;

/// <summary>The response headers, each described once.</summary>
internal static class DocumentedHeaders
{
    public const string AccelBuffering = "X-Accel-Buffering";

    private static readonly string[] Everywhere =
        [RequestId.Header, HeaderNames.CacheControl, HeaderNames.Vary, HeaderNames.XContentTypeOptions];

    public static IDictionary<string, IOpenApiHeader> All { get; } = new Dictionary<string, IOpenApiHeader>
    {
        [HeaderNames.Allow] = Header("The methods that this address knows.", "GET, HEAD"),
        [HeaderNames.CacheControl] = Header("`private, no-cache`; on the stream `no-cache, no-store, no-transform`.", "private, no-cache"),
        [HeaderNames.ETag] = Header(
            "A weak tag over all that the body shows; send it back as `If-None-Match`.", "W/\"uWyCKcVbyKZ8vzFGSbCXBg\""),
        [HeaderNames.Link] = Header(
            "Where the list goes on: relative references (RFC 8288) with the relations `next`, `prev`, `first` and `last`, each left out "
            + "where there is none. They keep filters and size; lists of chats hold a cursor in the place of `page`.",
            "</api/v1/sdk-chat?size=20&cursor=Abc>; rel=\"next\", </api/v1/sdk-chat?size=20&cursor=Xyz>; rel=\"last\""),
        [PreferHeader.Applied] = Header(
            "`wait` in seconds, as it was applied. Missing where the request could not wait: then pause before the next one.", "wait=20",
            required: false),
        [HeaderNames.RetryAfter] = new OpenApiHeader
        {
            Description = "In seconds: when it is worth trying again.",
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" },
            Example = 30,
        },
        [HeaderNames.Vary] = Header("The request headers that the answer depends on.", "Origin, Authorization, Cookie"),
        [HeaderNames.WWWAuthenticate] = Header("Which credential is wanted (RFC 9110, RFC 6750).", "Bearer error=\"invalid_token\""),
        [AccelBuffering] = Header("`no`: asks a proxy to pass events on at once.", "no"),
        [HeaderNames.XContentTypeOptions] = Header("Always `nosniff`.", "nosniff"),
        [RequestId.Header] = Header(
            "Names the request in our logs: the caller's own `X-Request-Id` where it sent a sane one, else a new one.",
            "01970b6e6a647c119d5e3f1f2b6a9c02"),
    };

    /// <summary>The headers of every response, and further ones of this response.</summary>
    public static IDictionary<string, IOpenApiHeader> With(IEnumerable<string> special, OpenApiDocument? document) =>
        Everywhere.Concat(special).ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document));

    /// <summary>The <c>ETag</c> of a response that has it only for callers that wait.</summary>
    public static OpenApiHeader OptionalETag { get; } =
        Header("Only with `Prefer: wait`: a weak tag over all that the body shows.", "W/\"uWyCKcVbyKZ8vzFGSbCXBg\"", required: false);

    private static OpenApiHeader Header(string description, string example, bool required = true) => new()
    {
        Description = description,
        Required = required,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    };
}
