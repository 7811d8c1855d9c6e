namespace SdkChat.Development.Pipelines;

/// <summary>One text in the demo's three languages.</summary>
internal sealed record DemoText(string Korean, string English, string Japanese)
{
    public string In(DemoLanguage language) => language switch
    {
        DemoLanguage.Korean => Korean,
        DemoLanguage.Japanese => Japanese,
        _ => English,
    };

    /// <summary>The language of a locale such as <c>ko</c>, <c>ja-JP</c> or <c>en_US</c>; English for any other.</summary>
    public static DemoLanguage LanguageOf(string? locale) => locale?.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "ko" => DemoLanguage.Korean,
        "ja" => DemoLanguage.Japanese,
        _ => DemoLanguage.English,
    };
}
