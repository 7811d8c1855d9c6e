using System.Globalization;
using System.Text;

namespace SdkChat.Client;

/// <summary>Which chats a list, or the counts, include. Criteria combine; those left out include every chat.</summary>
public sealed record ChatFilter
{
    /// <summary>Only this tenant's; for the backoffice.</summary>
    public Guid? Tenant { get; init; }

    /// <summary>Only this profile's.</summary>
    public Guid? Profile { get; init; }

    /// <summary>Only chats with one of these statuses: <c>in_progress</c>, <c>completed</c>, <c>error</c>, <c>ended</c>.</summary>
    public IReadOnlyList<string>? Statuses { get; init; }

    /// <summary>Only chats created at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only chats created before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>True: only chats with at least one accepted back-list trigger. False: only chats without.</summary>
    public bool? Triggered { get; init; }

    /// <summary>
    /// Words that must all occur in the prompt, the shopper's name or the error; or the id of a chat, a profile or a session.
    /// </summary>
    public string? Search { get; init; }

    internal string ToQuery()
    {
        var query = new StringBuilder();
        Add("tenant_id", Tenant?.ToString());
        Add("profile_id", Profile?.ToString());
        Add("status", Statuses is { Count: > 0 } ? string.Join(',', Statuses) : null);
        Add("from", Text(From));
        Add("to", Text(To));
        Add("triggered", Triggered is { } triggered ? (triggered ? "true" : "false") : null);
        Add("q", Search);
        return query.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
                query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static string? Text(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
