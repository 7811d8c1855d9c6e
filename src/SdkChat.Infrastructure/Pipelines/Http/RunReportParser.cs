using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Infrastructure.Pipelines.Http;

/// <summary>
/// Parses <c>{status, back_list_status, result: {todos, recommended_items, notification_items}, error}</c>. The lists are copied from the
/// received bytes, unchanged. A missing list is empty. A list that is not an array, like any other breach of the contract, makes the whole
/// response invalid.
/// </summary>
internal static class RunReportParser
{
    private const int MaxErrorLength = 1000;
    private const int MaxStatusLength = 100;

    // The same depth as in requests of the service's own callers.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    public static RunReport Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            return new RunReport.NoAnswer("not UTF-8");
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Parse(document.RootElement) : Unusable("no object");
        }
        // Reading a string with an unpaired surrogate throws InvalidOperationException.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Unusable("no well-formed JSON");
        }
    }

    private static RunReport Parse(JsonElement answer) => Text(answer, "status") switch
    {
        "running" => new RunReport.Running(),
        "completed" => Completed(answer),
        "error" => new RunReport.Failed(Error(answer)),
        _ => Unusable("no known status"),
    };

    private static RunReport Completed(JsonElement answer)
    {
        var backList = Member(answer, "back_list_status");
        if (backList is { ValueKind: not JsonValueKind.String })
            return Unusable("back_list_status is no string");

        var status = backList?.GetString();
        if (status?.Length > MaxStatusLength || status?.Contains('\0') == true)
            return Unusable("back_list_status is no sane string");

        var result = Member(answer, "result");
        if (result is { ValueKind: not JsonValueKind.Object })
            return Unusable("result is no object");

        return List(result, "todos") is { } todos
            && List(result, "recommended_items") is { } recommended
            && List(result, "notification_items") is { } notifications
            ? new RunReport.Completed(
                new PipelineResult(todos, recommended, notifications), string.IsNullOrWhiteSpace(status) ? null : status)
            : Unusable("a list is no array");
    }

    /// <returns>Null if the member is not an array.</returns>
    private static RawJson? List(JsonElement? result, string name) => (result is { } found ? Member(found, name) : null) switch
    {
        null => RawJson.EmptyArray,
        { ValueKind: JsonValueKind.Array } list => new RawJson(JsonMarshal.GetRawUtf8Value(list).ToArray()),
        _ => null,
    };

    private static string Error(JsonElement answer)
    {
        var text = Text(answer, "error")?.Replace("\0", "", StringComparison.Ordinal).Trim();
        if (string.IsNullOrEmpty(text))
            return "The pipeline reported an error.";
        if (text.Length <= MaxErrorLength)
            return text;

        // Do not cut a surrogate pair.
        return text[..(char.IsHighSurrogate(text[MaxErrorLength - 1]) ? MaxErrorLength - 1 : MaxErrorLength)];
    }

    private static string? Text(JsonElement answer, string name) =>
        Member(answer, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <returns>Null if the member is missing or null.</returns>
    private static JsonElement? Member(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static RunReport.NoAnswer Unusable(string reason) => new(reason);
}
