using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Retention;

/// <summary>How long chats are kept (section <c>Retention</c>).</summary>
public sealed record RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// Days after which a chat goes, counted from its creation; sessions go as long after their end, and deleted profiles that
    /// have no chats left as long after their deletion. Unset: nothing goes by itself.
    /// </summary>
    [Range(1, 36_500)]
    public int? Days { get; init; }
}
