namespace SdkChat.Infrastructure.Tests.Chats.Search;

/// <summary>Which text a query finds. The same answer is expected from the tail and from the index.</summary>
public sealed class SearchTextTests
{
    private SearchFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task OneTimeSetUp() => _fixture = await SearchFixture.CreateAsync();

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _fixture.DisposeAsync();

    [TestCase("Dinner ideas?", "DINNER", true)]
    [TestCase("Dinner ideas?", "inner", true)]
    [TestCase("Dinner ideas?", "ideas dinner", true)]
    [TestCase("Dinner ideas?", "dinner lunch", false)]
    [TestCase("Dinner ideas?", "r i", true)]
    [TestCase("Dinner ideas?", "rideas", false)]
    [TestCase("Dinner ideas?", "?", true)]
    [TestCase("Ｄｉｎｎｅｒ １２３", "dinner 123", true)]
    [TestCase("dinner 123", "Ｄｉｎｎｅｒ　１２３", true)]
    [TestCase("오늘 저녁은 김치찌개", "찌", true)]
    [TestCase("오늘 저녁은 김치찌개", "김치 저녁", true)]
    [TestCase("오늘 저녁은 김치찌개", "늘저", false)]
    [TestCase("\u1100\u1161\u11ab", "간", true)]
    [TestCase("今夜はカレーです", "ｶﾚｰ", true)]
    [TestCase("ｶﾞﾑ", "ガ", true)]
    [TestCase("麻婆豆腐怎么做", "豆", true)]
    [TestCase("麻婆豆腐怎么做", "豆 婆", true)]
    [TestCase("麻婆豆腐怎么做", "豆婆", false)]
    [TestCase("𠮷野家", "𠮷", true)]
    [TestCase("İstanbul ve Iğdır", "istanbul", true)]
    [TestCase("istanbul", "İSTANBUL", true)]
    [TestCase("IĞDIR", "ığdır", true)]
    [TestCase("Straße", "STRASSE", true)]
    [TestCase("STRASSE", "straße", true)]
    [TestCase("GROẞ", "gross", true)]
    [TestCase("ΟΔΥΣΣΕΥΣ", "οδυσσευς", true)]
    [TestCase("οδυσσευς", "ΣΕΥΣ", true)]
    [TestCase("Cafe\u0301", "CAFÉ", true)]
    [TestCase("Café", "cafe\u0301", true)]
    [TestCase("ﬁsh", "FISH", true)]
    [TestCase("noodle\u200Bsoup", "noodlesoup", true)]
    [TestCase("noodlesoup", "noodle\u00ADsoup", true)]
    [TestCase("שלום\u200F עולם", "עולם", true)]
    [TestCase("\u202Eabc\u202C", "abc", true)]
    [TestCase("dinner 🍜🍜", "🍜", true)]
    [TestCase("family 👨‍👩‍👧", "👨‍👩‍👧", true)]
    [TestCase("family 👨‍👩‍👧", "👧", true)]
    [TestCase("100% off", "100%", true)]
    [TestCase("100 off", "100%", false)]
    [TestCase("snake_case", "e_c", true)]
    [TestCase("snakeXcase", "e_c", false)]
    [TestCase(@"back\slash", @"k\s", true)]
    [TestCase("backXslash", @"k\s", false)]
    [TestCase("a.c", "a.c", true)]
    [TestCase("abc", "a.c", false)]
    [TestCase("it's; drop table sdk_chat; --", "'s; --", true)]
    [TestCase("line one\nline two", "one two", true)]
    [TestCase("line one\nline two", "oneline", false)]
    [TestCase("left\u0001right", "t\u0001r", true)]
    [TestCase("left\u2028right", "t\u2028r", true)]
    [TestCase("leftright", "left\u0001right", true)]
    [TestCase("anything", "\u200B", false)]
    public async Task Search_Text_FindsWhatItShould(string prompt, string query, bool isFound)
    {
        var chat = await _fixture.AddAsync(prompt, profile: 2);

        (await _fixture.FindAsync(query)).Contains(chat).Should().Be(isFound, "it is in the tail or the index is being built");
        await _fixture.Index.CompleteAsync(default);
        (await _fixture.FindAsync(query)).Contains(chat).Should().Be(isFound, "it is in the index");
    }
}
