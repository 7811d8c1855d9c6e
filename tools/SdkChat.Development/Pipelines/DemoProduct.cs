namespace SdkChat.Development.Pipelines;

/// <summary>Something that the demo's store sells.</summary>
/// <param name="Ingredient">What a shopping list calls it.</param>
/// <param name="Name">What the shelf calls it, with its size.</param>
/// <param name="Reason">Why it is recommended.</param>
internal sealed record DemoProduct(
    string Id, DemoSection Section, DemoText Ingredient, DemoText Name, int Won, decimal Dollars, int Yen, DemoText Reason)
{
    public (decimal Price, string Currency) PriceIn(DemoLanguage language) => language switch
    {
        DemoLanguage.Korean => (Won, "KRW"),
        DemoLanguage.Japanese => (Yen, "JPY"),
        _ => (Dollars, "USD"),
    };
}
