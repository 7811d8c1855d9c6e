using System.Text.Encodings.Web;
using System.Text.Json;
using SdkChat.Development.Pipelines;
using SdkChat.Domain.Profiles;

namespace SdkChat.Development.Seeding;

/// <summary>
/// Generates shoppers in the order of their creation: most of them Korean, some Japanese, some English-speaking. Some profiles have few
/// members.
/// </summary>
internal sealed class ProfileGenerator(SeedPlan plan)
{
    private static readonly int Languages = Enum.GetValues<DemoLanguage>().Length;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Diets = ["none", "none", "none", "vegetarian", "low_salt", "low_sugar", "halal"];

    private readonly Timeline _timeline = new(plan.Now);
    private readonly SplitMix _random = new(plan.Seed);

    public IEnumerable<SeededProfile> Generate()
    {
        for (var n = 0; n < plan.Profiles; n++)
        {
            // The shares of created shoppers and of started chats grow together, so each shopper can have chats afterwards.
            var createdAt = _timeline.At((double)n / plan.Profiles);
            // The first few ensure that the smallest demo has all languages.
            var language = n < Languages ? (DemoLanguage)n : Language(_random.Below(100));
            var id = new ProfileId(SeededIds.Version7(_random, createdAt));
            yield return new SeededProfile(id, language, Document(_random, language), createdAt);
        }
    }

    private static DemoLanguage Language(int percent) => percent switch
    {
        < 60 => DemoLanguage.Korean,
        < 82 => DemoLanguage.Japanese,
        _ => DemoLanguage.English,
    };

    private static string Document(SplitMix random, DemoLanguage language)
    {
        var isWoman = random.Below(100) < 58;
        var document = new Dictionary<string, object>();
        if (random.Below(100) < 94)
            document["name"] = ShopperNames.Pick(random, language, isWoman);
        if (random.Below(100) < 85)
            document["gender"] = isWoman ? "F" : "M";
        if (random.Below(100) < 88)
            document["age"] = 19 + Math.Min(random.Below(55), random.Below(70));
        document["locale"] = Locale(language);
        document["household"] = 1 + random.Below(5);
        document["diet"] = random.Pick(Diets);
        return JsonSerializer.Serialize(document, Readable);
    }

    private static string Locale(DemoLanguage language) => language switch
    {
        DemoLanguage.Korean => "ko",
        DemoLanguage.Japanese => "ja",
        _ => "en",
    };
}
