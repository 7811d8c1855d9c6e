using System.Text;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

public sealed class FrameBatchTests
{
    private static readonly TenantId Demo = new(Guid.NewGuid());
    private static readonly TenantId Acme = new(Guid.NewGuid());

    [Test]
    public void Pieces_OfTwoTenants_AreApartAndInOrder()
    {
        var batch = new FrameBatch();
        foreach (var (tenant, text) in new[] { (Demo, "1"), (Acme, "a"), (Demo, "2"), (Demo, "3"), (Acme, "b") })
            batch.Add(tenant, SseFrame.Create(Encoding.ASCII.GetBytes(text)));

        batch.Pieces().ToDictionary(piece => piece.Tenant, piece => string.Concat(piece.Frames.Select(frame => Encoding.ASCII.GetString(frame.Span))))
            .Should().BeEquivalentTo(new Dictionary<TenantId, string> { [Demo] = "123", [Acme] = "ab" });
    }

    [Test]
    public void Pieces_OfLargeFrames_AreCutAndLoseNothing()
    {
        var batch = new FrameBatch();
        int[] sizes = [100_000, 30_000, 30_000, 30_000, 1];
        foreach (var size in sizes)
            batch.Add(Demo, SseFrame.Create(new byte[size]));

        batch.Pieces().Select(piece => piece.Frames.Select(frame => frame.Length).ToArray())
            .Should().BeEquivalentTo(new int[][] { [100_000], [30_000, 30_000], [30_000, 1] }, options => options.WithStrictOrdering());
    }

    [TestCase(1, "1\r\n")]
    [TestCase(255, "ff\r\n")]
    [TestCase(70_000, "11170\r\n")]
    public void LiveFrame_AnySize_IsOneChunk(int length, string prefix)
    {
        var bytes = Enumerable.Repeat((byte)'x', length).ToArray();
        var frame = SseFrame.Create(bytes);

        Encoding.ASCII.GetString(frame.Chunk.Span).Should().Be($"{prefix}{new string('x', length)}\r\n");
        frame.ToArray().Should().Equal(bytes);
        frame.Length.Should().Be(length);
    }

    [Test]
    public void LiveFrame_OfSeveral_IsOneChunkInTheirOrder() =>
        Encoding.ASCII.GetString(SseFrame.Join([SseFrame.Create("ab"u8), SseFrame.Create("c"u8)]).Chunk.Span).Should().Be("3\r\nabc\r\n");

    [Test]
    public void LiveFrame_OfNothing_IsRefused() =>
        FluentActions.Invoking(() => SseFrame.Create(ReadOnlySpan<byte>.Empty)).Should().Throw<ArgumentOutOfRangeException>();
}
