using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Time;

namespace SdkChat.Api.Chats.Export;

/// <summary>RFC 4180 in UTF-8, with a header line. Instants are local to the time zone and have its offset.</summary>
/// <param name="hasTenants">Whether each row begins with its tenant, as in the backoffice's list.</param>
/// <param name="hasBom">Whether the file begins with a byte order mark. Without it Excel reads the file in the computer's code page.</param>
internal sealed class CsvExportWriter(MemoryStream output, TimeZoneName zone, bool hasTenants, bool hasBom) : IChatExportWriter
{
    private static readonly string[] Header =
    [
        "chat_id", "profile_id", "name", "gender", "age", "locale", "prompt", "status", "last_error", "created_at", "updated_at", "ended_at",
    ];

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(zone.ToString());
    private readonly CsvWriter _csv = new(
        new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true),
        new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });

    public string ContentType => "text/csv; charset=utf-8";

    public string FileExtension => "csv";

    public void Begin()
    {
        if (hasBom)
            output.Write(Encoding.UTF8.Preamble);
        WriteRecord(hasTenants ? ["tenant_id", .. Header] : Header);
    }

    public ValueTask WriteAsync(ChatListItem chat, CancellationToken cancellationToken)
    {
        string?[] cells =
        [
            chat.Chat.Value.ToString(), chat.Profile.Value.ToString(),
            chat.ProfileSummary.Name, chat.ProfileSummary.Gender, Text(chat.ProfileSummary.Age), chat.ProfileSummary.Locale,
            chat.Prompt, JsonNamingPolicy.SnakeCaseLower.ConvertName(chat.Status.ToString()), chat.LastError,
            Instant(chat.CreatedAt), Instant(chat.UpdatedAt), chat.EndedAt is { } ended ? Instant(ended) : null,
        ];
        WriteRecord(hasTenants ? [chat.Tenant.Value.ToString(), .. cells] : cells);
        return ValueTask.CompletedTask;
    }

    public void Flush() => _csv.Flush();

    public void Dispose() => _csv.Dispose();

    private void WriteRecord(ReadOnlySpan<string?> cells)
    {
        foreach (var cell in cells)
            _csv.WriteField(Harmless(cell));
        _csv.NextRecord();
    }

    /// <summary>A spreadsheet evaluates a cell that begins with one of these characters as a formula.</summary>
    private static string? Harmless(string? cell) =>
        cell is ['=' or '+' or '-' or '@', ..] || (cell is [var first, ..] && char.IsControl(first)) ? "'" + cell : cell;

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    /// <summary>With three digits if the milliseconds are not zero, as in all responses.</summary>
    private string Instant(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone).ToString(
        instant.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:sszzz" : "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
