namespace SdkChat.Application.Common.Documents;

/// <summary>
/// Computes the length of a JSON number in <c>jsonb</c>, which stores it as <c>numeric</c> and writes all digits without an exponent.
/// </summary>
internal static class JsonbNumber
{
    /// <summary>The maximum number of digits before the decimal point in a <c>numeric</c>.</summary>
    private const int MaxIntegerDigits = 131_072;

    /// <summary>The maximum number of digits after the decimal point in a <c>numeric</c>.</summary>
    private const int MaxScale = 16_383;

    /// <summary>Larger exponents are refused, whatever the digits.</summary>
    private const int MaxExponent = int.MaxValue / 2;

    /// <param name="number">A well-formed JSON number.</param>
    /// <param name="isStorable">Set to false if <c>numeric</c> cannot hold it.</param>
    public static long Length(ReadOnlySpan<byte> number, ref bool isStorable)
    {
        var isNegative = number[0] == '-';
        var mantissa = isNegative ? number[1..] : number;
        var exponent = CutAt(ref mantissa, "eE"u8, out var power) ? Exponent(power) : 0;
        var whole = mantissa;
        CutAt(ref whole, "."u8, out var fraction);

        var scale = Math.Max(0L, (long)fraction.Length - exponent);
        var digits = IntegerDigits(whole, fraction, exponent);
        if (Math.Abs(exponent) >= MaxExponent || scale > MaxScale || digits > MaxIntegerDigits)
            isStorable = false;

        var isZero = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9') < 0;
        return (isNegative && !isZero ? 1 : 0) + Math.Max(1, digits) + (scale > 0 ? 1 + scale : 0);
    }

    /// <summary>Truncates <paramref name="text"/> before the first of the marks.</summary>
    private static bool CutAt(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> marks, out ReadOnlySpan<byte> rest)
    {
        var at = text.IndexOfAny(marks);
        rest = at < 0 ? default : text[(at + 1)..];
        if (at >= 0)
            text = text[..at];
        return at >= 0;
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var exponent = 0L;
        foreach (var digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
            exponent = Math.Min((exponent * 10) + (digit - '0'), MaxExponent);
        return isNegative ? -exponent : exponent;
    }

    /// <returns>
    /// The number of digits before the decimal point after the exponent is applied; 0 or less for numbers below one, and for zero.
    /// </returns>
    private static long IntegerDigits(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long exponent)
    {
        var leading = whole.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (leading >= 0)
            return whole.Length - leading + exponent;

        leading = fraction.IndexOfAnyInRange((byte)'1', (byte)'9');
        return leading >= 0 ? exponent - leading : 0;
    }
}
