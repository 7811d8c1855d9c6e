namespace SdkChat.Development.Pipelines;

/// <summary>A product of the demo's store.</summary>
/// <param name="Ingredient">Its name on a shopping list.</param>
/// <param name="Name">Its name on the shelf, with its size.</param>
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
