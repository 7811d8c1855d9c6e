using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats.Export;

/// <summary>RFC 4180 in UTF-8, with a header line. Instants are local to the time zone and have its offset.</summary>
/// <param name="hasTenants">Whether each row begins with its tenant, as in the backoffice's list.</param>
/// <param name="hasBom">
/// Whether the file begins with a byte order mark. Without it Excel reads the file in the computer's code page.
/// </param>
internal sealed class CsvExportWriter(MemoryStream output, TimeZoneName zone, bool hasTenants, bool hasBom) : IChatExportWriter
{
    private static readonly string[] Header =
    [
        "chat_id", "profile_id", "name", "gender", "age", "locale", "prompt", "status", "last_error", "created_at", "updated_at",
        "ended_at",
    ];

    private static readonly Dictionary<ChatStatus, string> StatusNames =
        Enum.GetValues<ChatStatus>()
            .ToDictionary(status => status, status => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()));

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
        foreach (var name in hasTenants ? ["tenant_id", .. Header] : Header)
            WritePlain(name);
        _csv.NextRecord();
    }

    public ValueTask WriteAsync(ChatListItem chat, CancellationToken cancellationToken)
    {
        if (hasTenants)
            WritePlain(chat.Tenant.Value.ToString());
        WritePlain(chat.Chat.Value.ToString());
        WritePlain(chat.Profile.Value.ToString());
        WriteText(chat.ProfileSummary.Name);
        WriteText(chat.ProfileSummary.Gender);
        WriteText(chat.ProfileSummary.Age?.ToString(CultureInfo.InvariantCulture));
        WriteText(chat.ProfileSummary.Locale);
        WriteText(chat.Prompt);
        WritePlain(StatusNames[chat.Status]);
        WriteText(chat.LastError);
        WritePlain(Instant(chat.CreatedAt));
        WritePlain(Instant(chat.UpdatedAt));
        WritePlain(chat.EndedAt is { } ended ? Instant(ended) : null);
        _csv.NextRecord();
        return ValueTask.CompletedTask;
    }

    public void Flush() => _csv.Flush();

    public void Dispose() => _csv.Dispose();

    /// <summary>A cell of the service's own, such as an id: it needs no quotes, and no spreadsheet evaluates it.</summary>
    private void WritePlain(string? cell) => _csv.WriteField(cell, shouldQuote: false);

    private void WriteText(string? cell) => _csv.WriteField(Harmless(cell));

    /// <summary>A spreadsheet evaluates a cell that begins with one of these characters as a formula.</summary>
    private static string? Harmless(string? cell) =>
        cell is ['=' or '+' or '-' or '@', ..] || (cell is [var first, ..] && char.IsControl(first)) ? "'" + cell : cell;

    /// <summary>With three digits if the milliseconds are not zero, as in all responses.</summary>
    private string Instant(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone).ToString(
        instant.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:sszzz" : "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
