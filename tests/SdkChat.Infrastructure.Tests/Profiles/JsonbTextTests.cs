using System.Text;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using SdkChat.Application.Common.Documents;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Profiles;

/// <summary>PostgreSQL itself says how long the text of its jsonb is, and what it cannot hold.</summary>
public sealed class JsonbTextTests
{
    private TestDatabase _database = null!;
    private NpgsqlConnection _connection = null!;

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _connection = new NpgsqlConnection(_database.ConnectionString);
        await _connection.OpenAsync();
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("1e131071")]
    [TestCase("1e131072")]
    [TestCase("9.99e131071")]
    [TestCase("123e131069")]
    [TestCase("123e131070")]
    [TestCase("1e-16383")]
    [TestCase("1e-16384")]
    [TestCase("1.5e-16382")]
    [TestCase("1.5e-16383")]
    [TestCase("0e999999")]
    [TestCase("0e-16383")]
    [TestCase("0e-16384")]
    [TestCase("0e1073741822")]
    [TestCase("0e1073741823")]
    [TestCase("1e99999999999999999999")]
    [TestCase("1e-99999999999999999999")]
    [TestCase("-0")]
    [TestCase("-0.00")]
    [TestCase("-1.50E+3")]
    [TestCase("0.001e5")]
    [TestCase("0.001e1")]
    [TestCase("100e-2")]
    [TestCase("1.0E2")]
    [TestCase("""{}""")]
    [TestCase("""{"b":[],"a":{"c":[1,"x",null,true,false,{}]}}""")]
    [TestCase(""""{"😀é":"\u0001\u001f\u007f\u0080\u07ff\u0800\uffff\ud83d\ude00\"\\\/\b\f\n\r\t\u0022\u005c\u000a\u0041"}"""")]
    [TestCase("""["\u0000"]""")]
    [TestCase("""["\ud800"]""")]
    [TestCase("""["\ud800x"]""")]
    [TestCase("""["\ud800\n"]""")]
    [TestCase("""["\udc00\ud800"]""")]
    [TestCase("""["\ud800\ud800\udc00"]""")]
    [TestCase("""["\\u0000"]""")]
    public void Length_Value_IsWhatStorageWrites(string json) => Computed(json).Should().Be(LengthInStorage(json), json);

    [Test]
    public void Length_AnyValue_IsWhatStorageWrites() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1500),
            Prop.ForAll(Values(3).ToArbitrary(), json => Computed(json) == LengthInStorage(json)));

    private static long? Computed(string json)
    {
        var length = JsonbText.Length(Encoding.UTF8.GetBytes(json), out var isStorable);
        return isStorable ? length : null;
    }

    /// <returns>Null where it is refused.</returns>
    private long? LengthInStorage(string json)
    {
        try
        {
            return _connection.ExecuteScalar<int>(
                "select octet_length(convert_from(@json, 'UTF8')::jsonb::text)", new { json = Encoding.UTF8.GetBytes(json) });
        }
        catch (PostgresException)
        {
            return null;
        }
    }

    private static Gen<string> Values(int depth) => depth == 0
        ? Gen.OneOf(Numbers(), Strings(), Gen.Elements("true", "false", "null"))
        : Gen.OneOf(
            Values(0),
            Values(depth - 1).ListOf().Select(items => $"[{string.Join(",", items.Take(5))}]"),
            Values(depth - 1).ListOf().Select(items => $"{{{string.Join(",", items.Take(5).Select((item, n) => $"\"k{n}\":{item}"))}}}"));

    private static Gen<string> Numbers() =>
        from sign in Gen.Elements("", "-")
        from whole in Gen.Elements("0", "1", "10", "9999", "10000", "12345678901234567890")
        from fraction in Gen.Elements("", ".0", ".000", ".5", ".00120", ".99999")
        from exponent in Gen.OneOf(
            Gen.Constant(""), Gen.Choose(-16400, 16400).Select(n => $"e{n}"), Gen.Choose(-6, 6).Select(n => $"E{n:+0;-0;+0}"))
        select sign + whole + fraction + exponent;

    private static Gen<string> Strings() =>
        Gen.Elements(
            "a", "é", "한", "😀", "\\u0001", "\\u0000", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\ude00",
            "\u007f")
            .ListOf().Select(parts => $"\"{string.Concat(parts.Take(6))}\"");
}
