using System.Text;
using SdkChat.Application.Live;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

public sealed class EventBatchTests
{
    private static readonly TenantId Demo = new(Guid.NewGuid());
    private static readonly TenantId Acme = new(Guid.NewGuid());

    [Test]
    public void Pieces_OfTwoTenants_AreApartAndInOrder()
    {
        var batch = new EventBatch();
        foreach (var (tenant, text) in new[] { (Demo, "1"), (Acme, "a"), (Demo, "2"), (Demo, "3"), (Acme, "b") })
            batch.Add(tenant, Published(SseFrame.Create(Encoding.ASCII.GetBytes(text))));

        batch.Pieces()
            .ToDictionary(
                piece => piece.Tenant,
                piece => string.Concat(piece.Events.Select(published => Encoding.ASCII.GetString(published.Frame.Span))))
            .Should().BeEquivalentTo(new Dictionary<TenantId, string> { [Demo] = "123", [Acme] = "ab" });
    }

    [Test]
    public void Pieces_OfLargeFrames_AreCutAndLoseNothing()
    {
        var batch = new EventBatch();
        int[] sizes = [100_000, 30_000, 30_000, 30_000, 1];
        foreach (var size in sizes)
            batch.Add(Demo, Published(SseFrame.Create(new byte[size])));

        batch.Pieces().Select(piece => piece.Events.Select(published => published.Frame.Length).ToArray())
            .Should().BeEquivalentTo(new int[][] { [100_000], [30_000, 30_000], [30_000, 1] }, options => options.WithStrictOrdering());
    }

    [TestCase(1, "1\r\n")]
    [TestCase(255, "ff\r\n")]
    [TestCase(70_000, "11170\r\n")]
    public void Frame_AnySize_IsOneChunk(int length, string prefix)
    {
        var bytes = Enumerable.Repeat((byte)'x', length).ToArray();
        var frame = SseFrame.Create(bytes);

        Encoding.ASCII.GetString(frame.Chunk.Span).Should().Be($"{prefix}{new string('x', length)}\r\n");
        frame.ToArray().Should().Equal(bytes);
        frame.Length.Should().Be(length);
    }

    [Test]
    public void Frame_OfSeveral_IsOneChunkInTheirOrder() =>
        Encoding.ASCII.GetString(SseFrame.Join([SseFrame.Create("ab"u8), SseFrame.Create("c"u8)]).Chunk.Span).Should().Be("3\r\nabc\r\n");

    [Test]
    public void Frame_OfNothing_IsRefused() =>
        FluentActions.Invoking(() => SseFrame.Create(ReadOnlySpan<byte>.Empty)).Should().Throw<ArgumentOutOfRangeException>();

    private static PublishedEvent Published(SseFrame frame) => new(frame, LiveEvents.ChatCompleted, new ProfileId(Guid.NewGuid()));
}
