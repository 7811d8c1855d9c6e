using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Http.Json;

/// <summary>Writes an instant in UTC: <c>2026-04-23T05:28:08Z</c>, or with exactly three digits if the milliseconds are not zero.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTimeOffset(out var instant) ? instant.ToMilliseconds() : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte["2026-04-23T05:28:08.123Z".Length];
        // The standard format with the rest appended: a custom format takes several times as long, and a page has dozens.
        value.UtcDateTime.TryFormat(text, out var length, "s", CultureInfo.InvariantCulture);
        var milliseconds = (int)(value.UtcTicks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond);
        if (milliseconds > 0)
        {
            text[length++] = (byte)'.';
            milliseconds.TryFormat(text[length..], out var digits, "D3", CultureInfo.InvariantCulture);
            length += digits;
        }

        text[length++] = (byte)'Z';
        writer.WriteStringValue(text[..length]);
    }
}
