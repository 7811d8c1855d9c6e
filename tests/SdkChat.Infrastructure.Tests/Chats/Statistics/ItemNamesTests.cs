using System.Text;
using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

/// <summary>
/// The names of recommended items, whose shape is the pipeline's own: of <see cref="ItemNames"/>, and of <c>chat_item_names</c> (migration
/// 0041).
/// </summary>
public sealed class ItemNamesTests
{
    private TestDatabase _database = null!;

    private static IEnumerable<TestCaseData> Results =>
    [
        Case("[]"), Case("{}"), Case("null"), Case("7"), Case("\"Tea\""), Case(""), Case("no JSON"), Case("[{\"name\":"),
        Case("[{\"name\":\"Tea\"}"),
        Case("{\"name\":\"Tea\"}"),
        Case("[\"Tea\",7,null,[],[{\"name\":\"Tea\"}]]"),
        Case("[{\"name\":7},{\"name\":null},{\"name\":{}},{\"name\":\"\"},{\"title\":\"Tea\"}]"),
        Case("[{\"name\":\"Udon\"},{\"name\":\"Tea\"},{\"name\":\"Udon\"}]", "Udon", "Tea"),
        Case("[{\"name\":\"Tea\",\"name\":\"Udon\"}]", "Udon"),
        Case("[{\"name\":\"Tea\",\"price\":1e999999,\"size\":-0.0}]", "Tea"),
        Case("[{\"name\":\"\\u8336 \\uD83C\\uDF75\"}]", "茶 🍵"),
        Case(
            "[{\"name\":\"a\\u0000b\"},{\"name\":\"\\ud800\"},{\"name\":\"\\uDC00\\ud83c\"},{\"name\":\"Tea\",\"note\":\"\\u0000 "
                + "\\udfff\"}]",
            "Tea"),
        Case(
            "[{\"name\":\"\\ud83c\\ud83c\\udf75\"},{\"name\":\"\\ud83c\\udf75\\udf75\"},{\"name\":\"\\ud83c\\udf75\\ud83c\\udf75\"}]",
            "🍵🍵"),
        Case("[{\"name\":\"\\\\u0000 \\\\\\\" \\\\ud800\"},{\"name\":\"\\\\\\u0000\"}]", "\\u0000 \\\" \\ud800"),
        Case($"[{{\"name\":\"{new string('x', 500)}\"}}]", new string('x', 200)),
        Case(
            $"[{string.Join(',', Enumerable.Range(100, 150).Select(n => $"{{\"name\":\"{n}\"}}"))}]",
            [.. Enumerable.Range(100, 100).Select(n => $"{n}")]),
        Case($"[{{\"name\":\"Tea\",\"deep\":{new string('[', 990)}{new string(']', 990)}}}]", "Tea"),
        Case($"[{{\"name\":\"Tea\",\"note\":\"{new string('x', 128 * 1024)}\"}}]"),
        Case($"{new string('[', 100_000)}"), Case($"{new string('[', 100_000)}{new string(']', 100_000)}"),
        new TestCaseData(new byte[] { 0x5B, 0x7B, 0x22, 0xFF }, Array.Empty<string>()).SetArgDisplayNames("no UTF-8"),
        new TestCaseData(null, Array.Empty<string>()).SetArgDisplayNames("null"),
    ];

    [OneTimeSetUp]
    public async Task OneTimeSetUp() => _database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Results))]
    public async Task Names_OfAResultOfAnyShape_AreItsTextsEachOnce(byte[]? items, string[] names)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);

        (await connection.QueryAsync<string>("select name from chat_item_names(@items::bytea) n (name)", new { items }))
            .Should().BeEquivalentTo(names);
        ItemNames.Read(items).Should().Equal(names);
    }

    /// <summary>What is read one by one and what is counted are parts of one sum.</summary>
    [Test]
    [CancelAfter(Deadlines.ProgramMilliseconds)]
    public async Task Names_OfRandomResults_AreTheSameInBoth(CancellationToken cancellationToken)
    {
        var random = new Random(17);
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var found = 0;
        for (var n = 0; n < 2_000; n++)
        {
            var items = RandomResult(random);

            var names = (await connection.QueryAsync<string>("select name from chat_item_names(@items) n (name)", new { items })).AsList();

            ItemNames.Read(items).Should().BeEquivalentTo(names, "of {0}", Convert.ToHexString(items));
            found += names.Count;
        }

        found.Should().BeGreaterThan(1_000);
    }

    /// <summary>An array of items, of which one in four results has a byte changed, taken away or added.</summary>
    private static byte[] RandomResult(Random random)
    {
        var items = Enumerable.Range(0, random.Next(random.Next(20) == 0 ? 150 : 6)).Select(_ => RandomItem(random));
        var json = Encoding.UTF8.GetBytes($"[{string.Join(random.Next(2) == 0 ? "," : " ,\n", items)}]");
        var at = random.Next(json.Length);
        return random.Next(12) switch
        {
            0 => [.. json[..at], (byte)random.Next(256), .. json[(at + 1)..]],
            1 => [.. json[..at], .. json[(at + 1)..]],
            2 => [.. json[..at], (byte)random.Next(256), .. json[at..]],
            _ => json,
        };
    }

    private static string RandomItem(Random random) => random.Next(8) switch
    {
        0 => Pick(random, "7", "null", "\"name\"", "[{\"name\":\"Tea\"}]", "{}", "-1e400", "true"),
        1 => $"{{{RandomName(random)},{RandomName(random)}}}",
        2 => $"{{\"note\":\"{RandomText(random)}\",{RandomName(random)},\"sub\":{{{RandomName(random)}}}}}",
        _ => $"{{{RandomName(random)}}}",
    };

    private static string RandomName(Random random) =>
        $"\"{Pick(random, "name", "name", "name", "name", "\\u006eame", "n\\ud800ame", "Name", "title")}\":{RandomValue(random)}";

    private static string RandomValue(Random random) =>
        random.Next(10) == 0 ? Pick(random, "7", "null", "{\"name\":\"Tea\"}", "[]", "false") : $"\"{RandomText(random)}\"";

    private static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(random.Next(10) == 0 ? 300 : 4)).Select(_ => Pick(
            random, "a", "b", "Tea", "茶", "🍵", "\\n", "\\\\", "\\\"", "\\u0000", "\\ud83c\\udf75", "\\uD83C", "\\udf75", "\uFDD0", "\uFDD1",
            "\\ufdd0", "\\ufdd1", "\\\\u0000", "\\u00e9")));

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];

    /// <summary>Deletions wait for it. A pattern that looks behind takes half a minute.</summary>
    [TestCase(@"\ud800")]
    [TestCase(@"\u0000")]
    [TestCase(@"\ud83c\udf75")]
    public async Task Names_OfAResultOfEscapes_AreReadInLinearTime(string escape)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync("set statement_timeout = '15s'");
        var items = Encoding.UTF8.GetBytes($"[{{\"name\":\"{string.Concat(Enumerable.Repeat(escape, 126_000 / escape.Length))}\"}}]");

        var names = await connection.QueryAsync<string>("select name from chat_item_names(@items::bytea) n (name)", new { items });

        names.Should().HaveCount(escape.Length == 12 ? 1 : 0);
    }

    private static TestCaseData Case(string json, params string[] names) =>
        new TestCaseData(Encoding.UTF8.GetBytes(json), names)
            .SetArgDisplayNames(json.Length > 60 ? $"{json[..20]} of {json.Length}" : json);
}
