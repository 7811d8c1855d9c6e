using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Common.Time;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Parses one parameter of the path or the query. It is stricter than MVC's own binders, which ignore an empty <c>profile_id=</c>, use the
/// first of two values, and accept <c>{…}</c> as a UUID; see <see cref="ScalarText"/>.
/// </summary>
internal sealed class StrictScalar
{
    /// <summary>The parser of each type (null for an invalid text), and the error message.</summary>
    private static readonly Dictionary<Type, (Func<string?, object?> Parse, string Message)> Scalars = new()
    {
        [typeof(string)] = (text => text, ""),
        [typeof(Guid)] = (
            text => ScalarText.TryParseUuid(text, out var id) ? id : null, "is not a UUID, such as 3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50."),
        [typeof(int)] = (
            text => ScalarText.TryParseNumber(text, out var number) ? number : null, $"is not a whole number of at most {int.MaxValue}."),
        [typeof(bool)] = (text => text switch { "true" => true, "false" => false, _ => null }, "is neither true nor false."),
        [typeof(ChatStatuses)] = (
            text => ChatStatusesText.TryParse(text, out var statuses) ? statuses : null,
            $"is not a list of {string.Join(", ", ChatStatusesText.Names.Keys)} with commas between them."),
        [typeof(TimeBound)] = (
            text => TimeBound.TryParse(text, out var bound) ? bound : null,
            "is neither an instant with its offset, such as 2026-04-23T05:28:08Z (a plus sign is %2B), nor a date, such as 2026-04-23."),
        [typeof(TimeZoneName)] = (
            text => TimeZoneName.TryParse(text, out var zone) ? zone : null,
            "is not a time zone of the IANA database, such as Asia/Tokyo."),
        [typeof(BucketUnit)] = (
            text => text is not null && BucketUnitText.Names.TryGetValue(text, out var unit) ? unit : null,
            $"is not one of {string.Join(", ", BucketUnitText.Names.Keys)}."),
        [typeof(StatsGrouping)] = (text => text is "tenant" ? StatsGrouping.Tenant : null, "is not tenant."),
        [typeof(TenantIds)] = (text => TenantIds.TryParse(text, out var ids) ? ids : null, TenantIds.Message),
        [typeof(ExportFormat)] = (
            text => text switch { "csv" => ExportFormat.Csv, "ndjson" => ExportFormat.Ndjson, _ => null }, ExportFormatText.Message),
        [typeof(ExportCursor)] = (
            text => ExportCursor.TryParse(text, out var cursor) ? cursor : null,
            "is neither a row's created_at and chat_id with a comma between them (a plus sign is %2B) nor a list's cursor to a next page."),
        [typeof(PageCursor)] = (
            text => PageCursor.TryParse(text, out var cursor) ? cursor : null,
            "is not one of this list's: follow the Link header of an answer, or leave it out."),
    };

    private readonly Func<string?, object?> _parse;
    private readonly string _message;

    private StrictScalar(Type type) => (_parse, _message) = Scalars[type];

    public static bool CanParse(Type type) => Scalars.ContainsKey(type);

    /// <param name="type">A type for which <see cref="CanParse"/> is true.</param>
    public static StrictScalar Get(Type type) => new(type);

    /// <param name="values">At least one.</param>
    /// <param name="error">What is wrong, if the result is false.</param>
    public bool TryParse(StringValues values, [NotNullWhen(true)] out object? value, out string error)
    {
        (value, error) = values.Count > 1 ? (null, "is given more than once.") : (_parse(values[0]), _message);
        return value is not null;
    }
}
