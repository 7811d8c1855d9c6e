using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Live;

namespace SdkChat.Api.OpenApi;

/// <summary>The descriptions of parameters, by location and name; the same for all operations. The linter reports a missing one.</summary>
internal static class DocumentedParameters
{
    private const string Id = "01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02";
    private const string OtherId = "01970b6e-5a00-7c00-8000-000000000001";
    private const string Tag = "W/\"uWyCKcVbyKZ8vzFGSbCXBg\"";

    private static readonly string EventNames = string.Format(
        CultureInfo.InvariantCulture, "^({0})(,({0}))*$", string.Join('|', LiveEventNames.All));

    private static readonly Dictionary<(ParameterLocation In, string Name), (string Description, JsonNode Example)> Known = new()
    {
        [(ParameterLocation.Path, "chat_id")] = ("The chat. One of another tenant is as unknown as one that does not exist.", Id),
        [(ParameterLocation.Path, "profile_id")] = (
            "The shopper's profile. One of another tenant is as unknown as one that does not exist.", Id),
        [(ParameterLocation.Path, "stream_id")] = ("The stream, from the list of open ones.", Id),
        [(ParameterLocation.Path, "tenant_id")] = ("The tenant, from the list of tenants.", Id),
        [(ParameterLocation.Path, "key_prefix")] = ("The beginning of the key, from the list of keys.", "osk_demo_01234567"),
        [(ParameterLocation.Path, "screen_id")] = ("The screen, from the list of screens.", Id),
        [(ParameterLocation.Path, "block_id")] = ("The block, from the list of blocks.", Id),
        [(ParameterLocation.Query, "profile_id")] = ("Only this profile's chats.", Id),
        [(ParameterLocation.Query, "events")] = (
            "The kinds of events, separated by commas: any of `chat_started`, `chat_completed`, `chat_failed`, `chat_ended`, "
            + "`backlist_triggered`. Without it `chat_completed` and `backlist_triggered` are sent.",
            "chat_started,chat_failed"),
        [(ParameterLocation.Query, "tenant_id")] = ("Only what is this tenant's.", Id),
        [(ParameterLocation.Query, "status")] = ("Only chats with one of these statuses; several with commas between them.", "error,ended"),
        [(ParameterLocation.Query, "from")] = ("Not before: an instant with its offset, or a date in `tz`.", "2026-04-23"),
        [(ParameterLocation.Query, "to")] = (
            "Before: an instant with its offset, or a date in `tz`. Not before `from`.", "2026-04-23T15:00:00Z"),
        [(ParameterLocation.Query, "tz")] = ("The time zone of dates, a name of the IANA database.", "Asia/Tokyo"),
        [(ParameterLocation.Query, "bucket")] = ("How the range is cut, on the clock of `tz`. A week begins on Monday.", "day"),
        [(ParameterLocation.Query, "group_by")] = ("Adds the numbers of the range by tenant.", "tenant"),
        [(ParameterLocation.Query, "questions")] = ("`true`: adds the most frequent questions.", true),
        [(ParameterLocation.Query, "triggered")] = (
            "`true`: only chats with at least one accepted back-list trigger; `false`: only chats without.", true),
        [(ParameterLocation.Query, "changes")] = ("`true`: also what super admins changed.", true),
        [(ParameterLocation.Query, "subject")] = ("Only this caller's: the `sub` of the token, exactly.", "hanako"),
        [(ParameterLocation.Query, "action")] = ("Only this action.", "read_chat"),
        [(ParameterLocation.Query, "q")] = (
            "Words that must all occur in the prompt, the shopper's name or the error, in any case and width; one Korean, Japanese "
            + "or Chinese character is enough. The id of a chat, a profile or a session finds exactly that.",
            "라면"),
        [(ParameterLocation.Query, "name")] = (
            "Only tenants whose code or name contains this text of 1 to 100 characters, in any case and width.", "shop"),
        [(ParameterLocation.Query, "ids")] = (
            "Only these tenants: up to 100 ids with commas between them. Ids that no tenant has are left out.", $"{Id},{OtherId}"),
        [(ParameterLocation.Query, "format")] = ("How the file is written.", "csv"),
        [(ParameterLocation.Query, "bom")] = ("`true`: the CSV file begins with a byte order mark, which Excel needs.", true),
        [(ParameterLocation.Query, "detail")] = ("`true`: each NDJSON row is the chat's detail, with its result.", true),
        [(ParameterLocation.Query, "page")] = ("Which page, counting from 0.", 0),
        [(ParameterLocation.Query, "size")] = ("Rows a page, at least 1; more than 100 is answered as 100.", 20),
        [(ParameterLocation.Query, "cursor")] = (
            "Opaque, from a `Link` header: where the page begins. Beside it `page` does not count. An export also takes a row's "
            + "`created_at,chat_id`, and begins after it.",
            "Abc"),
        [(ParameterLocation.Header, FromIdempotencyKeyAttribute.Header)] = (
            "Kept a day, per tenant: a retry gets the first answer again and causes nothing.", "7f0c9a52-kickoff-1"),
    };

    public static OpenApiParameter IfNoneMatch { get; } =
        Header(HeaderNames.IfNoneMatch, "The `ETag` of the body that the caller has; or several, or `*`.", Tag);

    public static OpenApiParameter Prefer { get; } = Header(
        PreferHeader.Name,
        "`wait=20` (RFC 7240): with `If-None-Match`, answer when the chat changes, at the latest after so many seconds. "
            + "At most 30 are applied. Anything else is ignored.",
        "wait=20");

    public static OpenApiParameter OwnRequestId { get; } =
        Header(RequestId.Header, "The caller's own name for the request: up to 128 letters, digits and `-_.:/+=`.", "checkout-4711");

    public static void Describe(OpenApiParameter parameter)
    {
        if (parameter.In is { } place && Known.TryGetValue((place, parameter.Name ?? ""), out var known))
            (parameter.Description, parameter.Example) = (known.Description, known.Example.DeepClone());
        if (parameter is { In: ParameterLocation.Query, Name: "format" })
            parameter.Required = true;
        if (parameter is { In: ParameterLocation.Query, Name: "events", Schema: OpenApiSchema events })
            (events.Pattern, events.MaxLength) = (EventNames, LiveEventNames.MaxLength);
    }

    private static OpenApiParameter Header(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    };
}
