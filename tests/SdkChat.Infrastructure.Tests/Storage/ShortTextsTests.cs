using System.Data.Common;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

public sealed class ShortTextsTests
{
    [Test]
    public async Task Read_TextsOfAnyLengthAndScript_AreUnchanged_AndEqualShortOnesAreOneString()
    {
        string?[] texts =
        [
            "", "ko", "completed", "abcdefghijklmnop", "abcdefghijklmnopq", "가나다라마", "가나다라마바", "🙂🙂🙂🙂", "🙂🙂🙂🙂🙂", "e\u0301", "é", null, "ko",
        ];
        await using var database = await TestDatabase.CreateAsync();
        await using var source = DataSourceFactory.Create(database.ConnectionString, TestDatabase.Options);

        var read = await new Database(source).ReadAsync(
            "select text from unnest(@texts::text[]) with ordinality as given (text, place) order by place", new { texts }, ReadAsync,
            default);

        read.Should().Equal(texts);
        read[^1].Should().BeSameAs(read[1]);
    }

    private static async Task<List<string?>> ReadAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        var (texts, read) = (new ShortTexts(), new List<string?>());
        while (await row.ReadAsync(cancellationToken))
            read.Add(texts.Read(row, 0));
        return read;
    }
}
