using Microsoft.AspNetCore.Mvc.ModelBinding;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Common.Time;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Binds ids, numbers, texts and cursors of the path and the query. It is stricter than MVC's own binders, which ignore an empty
/// <c>profile_id=</c>, use the first of two values, and accept <c>{…}</c> as a UUID; see <see cref="ScalarText"/>.
/// </summary>
internal sealed class StrictScalarBinder : IModelBinder
{
    /// <summary>The parser of each type (null for an invalid text), and the error message.</summary>
    private static readonly Dictionary<Type, (Func<string?, object?> Parse, string Message)> Scalars = new()
    {
        [typeof(string)] = (text => text, ""),
        [typeof(Guid)] = (text => ScalarText.TryParseUuid(text, out var id) ? id : null, "is not a UUID, such as 3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50."),
        [typeof(int)] = (text => ScalarText.TryParseNumber(text, out var number) ? number : null, $"is not a whole number of at most {int.MaxValue}."),
        [typeof(bool)] = (text => text switch { "true" => true, "false" => false, _ => null }, "is neither true nor false."),
        [typeof(ChatStatuses)] = (
            text => ChatStatusesText.TryParse(text, out var statuses) ? statuses : null,
            $"is not a list of {string.Join(", ", ChatStatusesText.Names.Keys)} with commas between them."),
        [typeof(TimeBound)] = (
            text => TimeBound.TryParse(text, out var bound) ? bound : null,
            "is neither an instant with its offset, such as 2026-04-23T05:28:08Z (a plus sign is %2B), nor a date, such as 2026-04-23."),
        [typeof(TimeZoneName)] = (text => TimeZoneName.TryParse(text, out var zone) ? zone : null, "is not a time zone of the IANA database, such as Asia/Tokyo."),
        [typeof(BucketUnit)] = (
            text => text is not null && BucketUnitText.Names.TryGetValue(text, out var unit) ? unit : null, $"is not one of {string.Join(", ", BucketUnitText.Names.Keys)}."),
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

    public static bool CanBind(Type type) => Scalars.ContainsKey(type);

    public Task BindModelAsync(ModelBindingContext context)
    {
        var values = context.ValueProvider.GetValue(context.ModelName);
        if (values == ValueProviderResult.None)
            return Task.CompletedTask;

        context.ModelState.SetModelValue(context.ModelName, values);
        var (parse, message) = Scalars[context.ModelMetadata.UnderlyingOrModelType];
        if (values.Length > 1)
            Reject(context, "is given more than once.");
        else if (parse(values.FirstValue) is { } value)
            context.Result = ModelBindingResult.Success(value);
        else
            Reject(context, message);
        return Task.CompletedTask;
    }

    private static void Reject(ModelBindingContext context, string message)
    {
        context.ModelState.TryAddModelError(context.ModelName, message);
        context.Result = ModelBindingResult.Failed();
    }
}
