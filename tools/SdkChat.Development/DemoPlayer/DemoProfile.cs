namespace SdkChat.Development.DemoPlayer;

/// <summary>The profile of the demo's shopper. The pipeline answers in its language.</summary>
internal sealed record DemoProfile(string Name, string Gender, int Age, string Locale)
{
    private static readonly DemoProfile English = new("Emma Clark", "F", 34, "en");
    private static readonly DemoProfile Korean = new("김민지", "F", 29, "ko");
    private static readonly DemoProfile Japanese = new("佐藤花子", "F", 32, "ja");

    /// <summary>A shopper who speaks the language of the question, as far as its letters say.</summary>
    public static DemoProfile For(string prompt) => prompt.Any(IsHangul) ? Korean : prompt.Any(IsJapanese) ? Japanese : English;

    private static bool IsHangul(char letter) =>
        letter is (>= '\uAC00' and <= '\uD7A3') or (>= '\u1100' and <= '\u11FF') or (>= '\u3130' and <= '\u318F');

    /// <summary>Kana, and the characters that Japanese shares with Chinese.</summary>
    private static bool IsJapanese(char letter) => letter is (>= '\u3040' and <= '\u30FF') or (>= '\u4E00' and <= '\u9FFF');
}
