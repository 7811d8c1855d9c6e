using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Retention;

/// <summary>Deletion by age (section <c>Retention</c>).</summary>
public sealed record RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// Age in days at which data is deleted: chats since their creation, sessions since their end, deleted profiles without chats since
    /// their deletion. Unset: nothing is deleted by age.
    /// </summary>
    [Range(1, 36_500)]
    public int? Days { get; init; }
}
