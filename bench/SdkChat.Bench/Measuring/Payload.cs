using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SdkChat.Bench.Measuring;

/// <summary>
/// What every server sends: a <c>chat_completed</c> of 130 bytes. Its chat id says which event it is and when it was
/// published, on the clock that all processes of a machine share.
/// </summary>
internal static class Payload
{
    /// <summary>What the id follows in every server's answer.</summary>
    public const string Marker = "\"chat_id\":\"";

    public const int IdLength = 36;

    private static readonly Guid Profile = Guid.Parse("01961111-0000-7000-8000-00000000000a");

    /// <summary>Numbered <paramref name="number"/>, published now.</summary>
    public static Guid NewId(int number)
    {
        var now = Stopwatch.GetTimestamp();
        return Guid.ParseExact(
            FormattableString.Invariant($"{number:x8}-0000-7000-{(ushort)(now >> 48):x4}-{now & 0xFFFFFFFFFFFF:x12}"), "d");
    }

    public static (int Number, long Published) Parse(ReadOnlySpan<byte> id)
    {
        var isOurs = Utf8Parser.TryParse(id[..8], out uint number, out _, 'x')
            & Utf8Parser.TryParse(id[19..23], out ushort high, out _, 'x')
            & Utf8Parser.TryParse(id[24..36], out long low, out _, 'x');
        if (!isOurs)
            throw new FormatException("An event that the bench has not published.");
        return ((int)number, ((long)high << 48) | low);
    }

    public static string Json(Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"profile_id\":\"{Profile}\",\"chat_id\":\"{id}\"}}");

    public static byte[] Frame(Guid id) => Encoding.ASCII.GetBytes($"event: chat_completed\ndata: {Json(id)}\n\n");
}
