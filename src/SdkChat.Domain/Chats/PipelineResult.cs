using SdkChat.Domain.Common;

namespace SdkChat.Domain.Chats;

/// <summary>The result of a run: three JSON arrays, unchanged to the byte. The pipeline defines their contents.</summary>
public sealed record PipelineResult(RawJson Todos, RawJson RecommendedItems, RawJson NotificationItems)
{
    /// <summary>The empty result that readers get before the run has completed.</summary>
    public static readonly PipelineResult None = new(RawJson.EmptyArray, RawJson.EmptyArray, RawJson.EmptyArray);
}
