namespace SdkChat.Contract.Fuzzing;

/// <summary>Text that readers of input have stumbled over.</summary>
internal static class HostileText
{
    public static readonly string[] All =
    [
        "", " ", "\t", "\0", "a\0b", "\r\nX-Injected: 1", "\u0001\u001f\u007f", "%", "%%", "_", "%_%", "\\", "\\\\", "'", "''", "\"", "`",
        "';--", "' OR '1'='1", "1; SELECT pg_sleep(5)",
        "*", ".*", "(", "[", "(a+)+$", "a|b", "^", "$", "{0}", "{{", "${x}", "$1", "@p0", ":p", "..", "../..", "..\\..", "/", "//", "?",
        "#", "&", "=", ";", ",", ",,", "a,,b",
        "<script>alert(1)</script>", "=1+1", "null", "undefined", "NaN", "Infinity", "true", "[]", "{}", "[1]", "-0", "+1", "1_000", "0x10",
        "1e400", "1e-400", "٣", "１", "²",
        "e\u0301", "\u0301", "\u200b", "\u200d", "\ufeff", "\u202eabc", "\u2066\u2069", "\ufffd", "\ufffe", "\uffff", "ß", "İ", "ı", "ﬁ",
        "ﷺ", "Å", "ｶﾞ", "ガ", "라면", "ㄹㅏ", "\u1112\u1161\u11ab", "拉麺", "𠮷", "👩‍👩‍👧‍👦",
        "a b  c", " a ", "a\u00a0b", "a\u3000b", "a\u2028b", "admin", "api", "osk_", "osk_demo_00000000", "Bearer x", "W/\"x\"", "\"",
        "*, W/\"x\"", "9999-99-99", "1969-12-31T23:59:59Z",
        "0001-01-01", "0000-00-00", "9999-12-31T23:59:59.9999999Z", "10000-01-01T00:00:00Z", "2026-02-29", "2026-02-28T24:00:00Z",
        "2026-06-30T23:59:60Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00+24:00",
        "-infinity", "now", "today", "Europe/Nowhere", "../../etc/passwd", "UTC+25", "Asia/Tokyo/../UTC",
    ];

    /// <summary>Longer than a limit of any kind, in code units, code points and bytes.</summary>
    public static readonly string[] Huge =
    [
        new('a', 101), new('a', 201), new('a', 2_000), new('a', 4_001), new('9', 400), new('-', 300), Repeat("👩‍👩‍👧‍👦", 100),
        Repeat("e\u0301", 300), Repeat("%", 300), Repeat("a ", 60), Repeat("라", 101), Repeat("ﷺ", 100),
        Repeat("in_progress,", 40), new('(', 500),
    ];

    public static readonly string[] WrongNumbers =
    [
        "", "a", "1.5", "1e3", "0x1", " 1", "1 ", "+1", "--1", "-1", "99999999999999999999", "2147483648", "1,2", "٣", "1\0", "NaN", "true",
    ];

    public static readonly string[] WrongBooleans = ["", "2", "yes", "TRUE ", "null", "truefalse", "true,false", "ﬀ", "t"];

    public static readonly string[] WrongIds =
    [
        "0", "abc", "{019f0000-0000-7000-8000-000000000000}", "019f0000000070008000000000000000", "019f0000-0000-7000-8000-00000000000",
        "019f0000-0000-7000-8000-0000000000000",
        "019f0000-0000-7000-8000-00000000000g", "+19f0000-0000-7000-8000-000000000000", "0x9f0000-0000-7000-8000-000000000000",
        "019f0000-0000-7000-8000-000000000000 ", "(019f0000-0000-7000-8000-000000000000)",
        "019f0000-0000-7000-8000-000000000000,019f0000-0000-7000-8000-000000000001", "019f0000–0000–7000–8000–000000000000",
    ];

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
