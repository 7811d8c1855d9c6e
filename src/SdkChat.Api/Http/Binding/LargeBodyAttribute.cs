using Microsoft.AspNetCore.Http.Metadata;

namespace SdkChat.Api.Http.Binding;

/// <summary>Allows an action a larger body than <see cref="BodyLimit.Bytes"/>.</summary>
/// <param name="bytes">The maximum.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LargeBodyAttribute(int bytes) : Attribute, IRequestSizeLimitMetadata
{
    public int Bytes { get; } = bytes;

    /// <summary>The server counts the framing of chunks too, so its limit is a quarter higher.</summary>
    public long? MaxRequestBodySize => Bytes + (Bytes / 4);
}
