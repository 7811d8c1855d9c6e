using SdkChat.Development.Pipelines;
using SdkChat.Domain.Chats;

namespace SdkChat.Development.Seeding;

/// <summary>
/// A few hundred results per language, rendered once and reused: rendering a million of them would take longer than storing them. One in
/// two hundred is tens of kilobytes large.
/// </summary>
internal sealed class ResultPool
{
    private const int Plain = 256;
    private const int Large = 8;
    private const int LargePerThousand = 5;

    private readonly Dictionary<DemoLanguage, (PipelineResult[] Plain, PipelineResult[] Large)> _results = [];

    public ResultPool(SplitMix random)
    {
        foreach (var language in Enum.GetValues<DemoLanguage>())
        {
            var (plain, large) = (new PipelineResult[Plain], new PipelineResult[Large]);
            for (var n = 0; n < Plain; n++)
                plain[n] = Create(random, language, products: 2 + random.Below(2), notices: 1);
            for (var n = 0; n < Large; n++)
                large[n] = Create(random, language, products: 60 + random.Below(80), notices: 30);
            _results[language] = (plain, large);
        }
    }

    public PipelineResult Pick(SplitMix random, DemoLanguage language)
    {
        var (plain, large) = _results[language];
        return random.Pick(random.Below(1000) < LargePerThousand ? large : plain);
    }

    private static PipelineResult Create(SplitMix random, DemoLanguage language, int products, int notices)
    {
        var dish = random.Pick(DemoCatalogue.Dishes);
        var basket = dish.Products.Take(products).ToList();
        while (basket.Count < products)
            basket.Add(random.Pick(DemoCatalogue.Products));
        return DemoRecommendation.Create(random, language, basket, todos: products, notices);
    }
}
