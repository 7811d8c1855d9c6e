using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Tests.Authentication;

public sealed class PublishedKeysTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly PublishedKey _old = PublishedKey.Ec("old");
    private readonly PublishedKey _new = PublishedKey.Ec("new");

    private FakeTimeProvider _clock = null!;
    private PublishedKeys _keys = null!;
    private Func<string> _document = null!;
    private int _reads;

    [SetUp]
    public void StartAnew()
    {
        _clock = new FakeTimeProvider();
        _document = () => PublishedKey.Document(_old);
        _reads = 0;
        _keys = new PublishedKeys(new JwksSource("test", MaxAge, Pause, ReadAsync), _clock, NullLogger<PublishedKeys>.Instance);
    }

    [Test]
    public async Task Prepare_ManyTimes_ReadsOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _keys.PrepareAsync("old", default).AsTask()));

        _reads.Should().Be(1);
        Known().Should().Equal("old");
    }

    [Test]
    public async Task Current_DocumentReadAgain_IsAnotherOnlyWhereItSaysSomethingElse()
    {
        await _keys.PrepareAsync("old", default);
        var first = _keys.Current;

        _clock.Advance(MaxAge);
        await _keys.PrepareAsync("unknown", default);
        _reads.Should().Be(2);
        _keys.Current.Should().BeSameAs(first);

        _document = () => PublishedKey.Document(_old, _new);
        _clock.Advance(MaxAge);
        await _keys.PrepareAsync("new", default);
        _keys.Current.Should().NotBeSameAs(first);
    }

    [Test]
    public async Task Prepare_KeyThatHasJustBeenPublished_IsThereAtOnce()
    {
        await _keys.PrepareAsync("old", default);
        _document = () => PublishedKey.Document(_old, _new);
        _clock.Advance(Pause);

        await _keys.PrepareAsync("new", default);

        Known().Should().Equal("old", "new");
    }

    [Test]
    public async Task Prepare_MadeUpKeys_DoNotReadWithoutEnd()
    {
        await _keys.PrepareAsync("old", default);
        for (var i = 0; i < 100; i++)
            await _keys.PrepareAsync($"made-up-{i}", default);

        _reads.Should().Be(1);
        _clock.Advance(Pause);
        for (var i = 0; i < 100; i++)
            await _keys.PrepareAsync($"made-up-{i}", default);
        _reads.Should().Be(2);
    }

    [Test]
    public async Task Prepare_KeysGrownOld_AreReadBesideTheRequest()
    {
        await _keys.PrepareAsync("old", default);
        _document = () => PublishedKey.Document(_new);
        _clock.Advance(MaxAge);

        await _keys.PrepareAsync("old", default);
        // Joins the read that the call above has begun.
        await _keys.PrepareAsync("new", default);

        Known().Should().Equal("new");
        _reads.Should().Be(2);
    }

    [TestCase("down")]
    [TestCase("garbage")]
    public async Task Prepare_WhileTheDocumentCannotBeRead_KeepsTheLastGoodOne(string failure)
    {
        await _keys.PrepareAsync("old", default);
        _document = () => failure == "down" ? throw new HttpRequestException("Connection refused") : "<html>";
        _clock.Advance(MaxAge * 100);

        await _keys.PrepareAsync("unknown", default);
        await _keys.PrepareAsync("old", default);

        Known().Should().Equal("old");
        _reads.Should().Be(2);
    }

    [Test]
    public async Task Prepare_WithNoDocumentEver_IsUnavailableUntilThereIsOne()
    {
        _document = () => throw new HttpRequestException("Connection refused");
        var prepare = () => _keys.PrepareAsync("old", default).AsTask();
        await prepare.Should().ThrowAsync<UnavailableException>();

        _document = () => PublishedKey.Document(_old);
        _clock.Advance(Pause);
        await prepare.Should().NotThrowAsync();
    }

    private IEnumerable<string> Known() => _keys.Current.Select(key => key.KeyId);

    private Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return Task.FromResult(_document());
    }
}
