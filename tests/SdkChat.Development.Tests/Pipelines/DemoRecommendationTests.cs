using System.Text.Json;
using SdkChat.Development.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Development.Tests.Pipelines;

public sealed class DemoRecommendationTests
{
    private const string PinnedTodos =
        """
        [{"id":"todo-1","text":"牛肉","quantity":1},{"id":"todo-2","text":"しょうゆ","quantity":2},{"id":"todo-3","text":"玉ねぎ","quantity":3},{"id":"todo-4","text":"しいたけ","quantity":2},{"id":"todo-5","text":"長ねぎ","quantity":2}]
        """;

    private static readonly Guid Run = Guid.Parse("019dd9b0-5a58-7e3e-8d9d-4c4b6f2b7a11");

    [Test]
    public void Create_SameRunAndLocale_GivesTheSameBytes()
    {
        DemoRecommendation.Create(Run, "ko").Should().Be(DemoRecommendation.Create(Run, "ko"));
        DemoRecommendation.Create(Run, "ko").Should().NotBe(DemoRecommendation.Create(Run, "ja"));
    }

    [Test]
    public void Create_PinnedRun_GivesTheBytesOfEveryBuild() =>
        // A change here means that two builds side by side answer one run differently: fine in a release, if it is meant.
        DemoRecommendation.Create(Run, "ja").Todos.ToString().Should().Be(PinnedTodos);

    [TestCase("ko", "KRW")]
    [TestCase("ko-KR", "KRW")]
    [TestCase("ja_JP", "JPY")]
    [TestCase("JA", "JPY")]
    [TestCase("en", "USD")]
    [TestCase("fr", "USD")]
    [TestCase("", "USD")]
    [TestCase(null, "USD")]
    public void Create_Locale_DecidesLanguageAndCurrency(string? locale, string currency) =>
        Items(DemoRecommendation.Create(Run, locale).RecommendedItems)
            .Should().OnlyContain(item => item.GetProperty("currency").GetString() == currency);

    [Test]
    public void Create_AnyRun_HasTheContractsShapes()
    {
        for (var n = 0; n < 300; n++)
        {
            var result = DemoRecommendation.Create(Guid.CreateVersion7(), ((string?[])["ko", "en", "ja", null])[n % 4]);
            ShapesOf(result);
        }
    }

    [Test]
    public void Create_ManyRuns_UseEveryDish() =>
        Enumerable.Range(0, 300).Select(_ => DemoRecommendation.Create(Guid.CreateVersion7(), "en").Todos.ToString())
            .Select(todos => JsonDocument.Parse(todos).RootElement[0].GetProperty("text").GetString())
            .Distinct().Should().HaveCount(DemoCatalogue.Dishes.Select(dish => dish.Products[0]).Distinct().Count());

    [Test]
    public void Catalogue_EveryText_IsThereInThreeLanguages() =>
        DemoCatalogue.Products.SelectMany(product => new[] { product.Ingredient, product.Name, product.Reason, product.Section.Name })
            .Concat(DemoCatalogue.Dishes.Select(dish => dish.Name))
            .SelectMany(text => new[] { text.Korean, text.English, text.Japanese })
            .Should().OnlyContain(text => text.Length > 0 && text == text.Trim());

    [Test]
    public void Catalogue_Ids_AreUnique() => DemoCatalogue.Products.Select(product => product.Id).Should().OnlyHaveUniqueItems();

    private static void ShapesOf(PipelineResult result)
    {
        Items(result.Todos).Should().HaveCountGreaterThan(3).And.AllSatisfy(todo =>
        {
            Names(todo).Should().Equal("id", "text", "quantity");
            todo.GetProperty("quantity").GetInt32().Should().BeInRange(1, 3);
        });
        var products = Items(result.RecommendedItems);
        products.Should().AllSatisfy(item =>
        {
            Names(item).Should().Equal("id", "name", "section", "price", "currency", "reason");
            Names(item.GetProperty("reason")).Should().Equal("ko", "en", "ja");
            item.GetProperty("price").GetDecimal().Should().BePositive();
        });
        var ids = products.Select(item => item.GetProperty("id").GetString()).ToArray();
        ids.Should().OnlyHaveUniqueItems();
        Items(result.NotificationItems).Should().HaveCount(3).And.AllSatisfy(item =>
        {
            Names(item).Should().Equal("id", "title", "message", "product_id", "position");
            ids.Should().Contain(item.GetProperty("product_id").GetString());
            item.GetProperty("position").GetProperty("x").GetDouble().Should().BeInRange(0, 1);
            item.GetProperty("position").GetProperty("y").GetDouble().Should().BeInRange(0, 1);
        });
    }

    private static JsonElement[] Items(RawJson json) => [.. JsonDocument.Parse(json.Utf8).RootElement.EnumerateArray()];

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
