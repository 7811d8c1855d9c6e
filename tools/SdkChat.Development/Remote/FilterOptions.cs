using System.CommandLine;
using System.Globalization;
using SdkChat.Client;

namespace SdkChat.Development.Remote;

/// <summary>The filters of lists and exports as options.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _status = new("--status")
    {
        Description = "Any of in_progress, completed, error, ended, separated by commas", HelpName = "STATUS",
    };
    private readonly Option<string?> _search = new("--q") { Description = "Words in prompt, name or error; or an id", HelpName = "TEXT" };
    private readonly Option<Guid?> _profile = new("--profile") { Description = "Only this profile's", HelpName = "UUID" };
    private readonly RemoteTenant _tenant = new("With --all: code or id of a tenant: only its chats");
    private readonly Option<bool?> _triggered = new("--triggered") { Description = "With (true) or without (false) a back-list trigger" };

    public Option<DateTimeOffset?> From { get; } = InstantOption(
        "--from", "Created then or later: today, yesterday, a date (UTC) or an instant");

    public Option<DateTimeOffset?> To { get; } = InstantOption("--to", "Created before: today, yesterday, a date (UTC) or an instant");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _status, From, To, _search, _profile, _tenant.Option, _triggered })
            command.Add(option);
    }

    public async Task<ChatFilter> GetAsync(
        ParseResult parsed, SdkChatClient client, bool isBackoffice, CancellationToken cancellationToken) =>
        new()
        {
            Statuses = parsed.GetValue(_status)?.Split(','),
            From = parsed.GetValue(From),
            To = parsed.GetValue(To),
            Search = parsed.GetValue(_search),
            Profile = parsed.GetValue(_profile),
            Tenant = await _tenant.FindAsync(parsed, client, isBackoffice, cancellationToken),
            Triggered = parsed.GetValue(_triggered),
        };

    public static Option<DateTimeOffset?> InstantOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "WHEN",
        CustomParser = result =>
        {
            if (TryParse(result.Tokens[0].Value, out var instant))
                return instant;

            result.AddError($"{name} takes today, yesterday, a date such as 2026-04-23, or an instant with its offset.");
            return null;
        },
    };

    private static bool TryParse(string text, out DateTimeOffset instant)
    {
        var today = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero);
        instant = text == "today" ? today : today.AddDays(-1);
        return text is "today" or "yesterday"
            || DateTimeOffset.TryParseExact(
                text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out instant);
    }
}
