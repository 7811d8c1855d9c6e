using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Development.Pipelines;

/// <summary>
/// Creates the demo's results. The result depends only on the run's id and the locale, to the byte, so that every node returns the same,
/// restarted or not. The contract defines the items (section 5).
/// </summary>
internal static class DemoRecommendation
{
    private const int Extras = 2;
    private const int Notices = 3;

    // Readable in storage and responses: 김치, not \uAE40\uCE58.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="locale">The locale in the shopper's profile. English if it is null or the demo does not have the language.</param>
    public static PipelineResult Create(Guid runId, string? locale)
    {
        var random = SplitMix.For(runId);
        var dish = random.Pick(DemoCatalogue.Dishes);
        return Create(random, DemoText.LanguageOf(locale), Basket(random, dish), dish.Products.Count, Notices);
    }

    /// <param name="basket">The products to recommend. If an id occurs twice, the second one gets a number of its own.</param>
    /// <param name="todos">How many of the basket's first products are on the shopping list.</param>
    /// <param name="notices">How many products are shown on the floor plan.</param>
    public static PipelineResult Create(
        SplitMix random, DemoLanguage language, IReadOnlyList<DemoProduct> basket, int todos, int notices)
    {
        var ids = new string[basket.Count];
        for (var n = 0; n < ids.Length; n++)
            ids[n] = Array.IndexOf(ids, basket[n].Id, 0, n) < 0 ? basket[n].Id : $"{basket[n].Id}-{n}";

        return new PipelineResult(
            Todos(random, language, basket.Take(todos)),
            RecommendedItems(language, basket, ids),
            NotificationItems(random, language, basket, ids, notices));
    }

    private static List<DemoProduct> Basket(SplitMix random, DemoDish dish)
    {
        var basket = dish.Products.ToList();
        while (basket.Count < dish.Products.Count + Extras)
        {
            var extra = random.Pick(DemoCatalogue.Products);
            if (!basket.Contains(extra))
                basket.Add(extra);
        }

        return basket;
    }

    private static RawJson Todos(SplitMix random, DemoLanguage language, IEnumerable<DemoProduct> products)
    {
        var (buffer, json) = Begin();
        var number = 0;
        foreach (var product in products)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, $"todo-{++number}");
            json.WriteString("text"u8, product.Ingredient.In(language));
            json.WriteNumber("quantity"u8, 1 + random.Below(3));
            json.WriteEndObject();
        }

        return End(buffer, json);
    }

    private static RawJson RecommendedItems(DemoLanguage language, IReadOnlyList<DemoProduct> products, string[] ids)
    {
        var (buffer, json) = Begin();
        foreach (var (product, id) in products.Zip(ids))
        {
            var (price, currency) = product.PriceIn(language);
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("name"u8, product.Name.In(language));
            json.WriteString("section"u8, product.Section.Name.In(language));
            json.WriteNumber("price"u8, price);
            json.WriteString("currency"u8, currency);
            json.WriteStartObject("reason"u8);
            json.WriteString("ko"u8, product.Reason.Korean);
            json.WriteString("en"u8, product.Reason.English);
            json.WriteString("ja"u8, product.Reason.Japanese);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return End(buffer, json);
    }

    private static RawJson NotificationItems(
        SplitMix random, DemoLanguage language, IReadOnlyList<DemoProduct> products, string[] ids, int notices)
    {
        var (buffer, json) = Begin();
        for (var n = 0; n < Math.Min(notices, products.Count); n++)
        {
            var product = products[n];
            json.WriteStartObject();
            json.WriteString("id"u8, $"notice-{n + 1}");
            json.WriteString("title"u8, product.Ingredient.In(language));
            json.WriteString("message"u8, Message(product.Name).In(language));
            json.WriteString("product_id"u8, ids[n]);
            json.WriteStartObject("position"u8);
            json.WriteNumber("x"u8, Near(random, product.Section.X));
            json.WriteNumber("y"u8, Near(random, product.Section.Y));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return End(buffer, json);
    }

    private static DemoText Message(DemoText name) => new(
        $"{name.Korean} 상품이 바로 가까이에 있어요.", $"You are close to: {name.English}.", $"{name.Japanese}がすぐ近くにあります。");

    /// <summary>A position in the section: within 0.05 of its middle, to two decimals.</summary>
    private static decimal Near(SplitMix random, double middle) =>
        Math.Clamp((decimal)middle + ((random.Below(11) - 5) / 100m), 0, 1);

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Begin()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var json = new Utf8JsonWriter(buffer, Readable);
        json.WriteStartArray();
        return (buffer, json);
    }

    private static RawJson End(ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.Dispose();
        return new RawJson(buffer.WrittenMemory.ToArray());
    }
}
