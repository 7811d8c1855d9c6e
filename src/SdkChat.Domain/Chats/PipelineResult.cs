using SdkChat.Domain.Common;

namespace SdkChat.Domain.Chats;

/// <summary>What the pipeline wrote: three JSON arrays of its own shape, kept verbatim.</summary>
public sealed record PipelineResult(RawJson Todos, RawJson RecommendedItems, RawJson NotificationItems)
{
    /// <summary>What a reader is shown until there is a result.</summary>
    public static readonly PipelineResult None = new(RawJson.EmptyArray, RawJson.EmptyArray, RawJson.EmptyArray);
}
