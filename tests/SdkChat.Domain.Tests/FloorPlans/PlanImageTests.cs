using System.Buffers.Binary;
using SdkChat.Domain.FloorPlans;

namespace SdkChat.Domain.Tests.FloorPlans;

/// <summary>What is a floor plan, by its bytes. The files are as a browser writes them.</summary>
public sealed class PlanImageTests
{
    private const string Jpeg =
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBD
        ARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCADIAUADASIAAhEBAxEB/8QAFwABAQEB
        AAAAAAAAAAAAAAAAAAYHBf/EACYQAQAABAQFBQAAAAAAAAAAAAAGFkRkgqPC4gEFERITFSNCUWH/xAAZAQEAAwEBAAAAAAAAAAAAAAAAAgMEAQX/xAAfEQEAAQMF
        AQEAAAAAAAAAAAAAAQIDExEyQVFhEjH/2gAMAwEAAhEDEQA/AOaA9BhAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        AAAAAAAAAAAAAAakrrr+E6KPplo1IV5/FmH1lo1IM/hh9ZaNSDP4YfWWipjWix6Usupq+o1VVU/M6ACSIAAAAAAAAAAAAAAAAAAAAAAAAAAAA1JlrUme/wAL7PIA
        zrwAAAEtGtFj0pZUxrRY9KWbLWyGS5ukAWIAAAAAAAAAAAAAAAAAAAAAAAAAAAADUmWtSZ7/AAvs8gDOvAAAAS0a0WPSllTGtFj0pZstbIZLm6QBYgAAAAAAAAAA
        AAAAAAAAAAAAAAAAAANSZa1Jnv8AC+zyAM68AAABLRrRY9KWVMa0WPSlmy1shkubpAFiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAqZxsM7alhGqmKv1KmqafxUzjYZ2
        0nGwztqWEcVHTuSrtUzjYZ20nGwztqWDFR0ZKu1TONhnbScbDO2pYMVHRkq7dXnfOPVvD7Hi8Xd8+7r16fnD6coE4iIjSEZmZnWQB1wAAAAAAAAAAAAAAAAAAAAA
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB//9k=
        """;

    private const string Webp =
        """
        UklGRgQDAABXRUJQVlA4WAoAAAAgAAAAPwEAxwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAA
        AAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFla
        AAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxt
        bHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAA
        ts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcA
        bwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggFgEAALAUAJ0BKkAByAA+0WixUj+mpKKiKAPwGglpbuF1UQe5f//fWwCzXWZeIXG+pqAOLsD33sZWywsC
        2+kikRXFcVsfTcq6moArxCnlpxWRqvELjfU0Xkzby06moArxC5w/OlpbF0b6moAqgSs6ycret2PrToD3HWZeIXG+pqAK8QuN9YdmXiFxvqagCvELjfU1AFeIXG+p
        qAK8QuN9TweXiFxvqagCvELjfU1AFeIUwAD+/hrv/Wvn7yMAP9Vdfek82nOimkWzunRTSLZ3TioiAC79/8zkX/Cv+BLaixEP/peDpzZ0ZWYqlePsioryitgpSTC5
        liomCuwD/E2N8H+aOPMjuPCno9sCr4AI4okQQAO44zYgAAAA
        """;

    private static readonly byte[] Png =
    [
        .. new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, .. Chunk("IHDR", [0, 0, 1, 64, 0, 0, 0, 200, 8, 6, 0, 0, 0]),
        .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", []),
    ];

    [TestCase("png", PlanImageType.Png)]
    [TestCase("jpeg", PlanImageType.Jpeg)]
    [TestCase("webp", PlanImageType.Webp)]
    [TestCase("lossy", PlanImageType.Webp)]
    [TestCase("lossless", PlanImageType.Webp)]
    public void Image_OfAKnownFormat_HasItsSize(string format, PlanImageType type) =>
        PlanImage.Read(Image(format)).Should().Be(new PlanImage(type, 320, 200));

    /// <summary>Nothing that is cut short is an image, and nothing makes the reader fail.</summary>
    [TestCase("png")]
    [TestCase("jpeg")]
    [TestCase("webp")]
    [TestCase("lossy")]
    [TestCase("lossless")]
    public void Image_CutShort_IsNone(string format)
    {
        var whole = Image(format);
        for (var length = 0; length < whole.Length; length++)
            PlanImage.Read(whole.AsSpan(0, length)).Should().BeNull($"{length} of {whole.Length} bytes");
    }

    /// <summary>
    /// Whatever a byte becomes, the reader answers; a size that is out of bounds is told by <see cref="PlanImage.HasValidSize"/>.
    /// </summary>
    [TestCase("png")]
    [TestCase("jpeg")]
    [TestCase("webp")]
    [TestCase("lossy")]
    [TestCase("lossless")]
    public void Image_WithAnyByteChanged_IsReadWithoutAFailure(string format)
    {
        var bytes = Image(format);
        for (var at = 0; at < bytes.Length; at++)
        {
            var before = bytes[at];
            foreach (var value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF })
            {
                bytes[at] = value;
                var read = () => PlanImage.Read(bytes);
                read.Should().NotThrow($"byte {at} is {value}");
            }

            bytes[at] = before;
        }
    }

    [Test]
    public void Animation_IsNone()
    {
        byte[] png = [.. Png.AsSpan(0, 33), .. Chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), .. Png.AsSpan(33)];
        var webp = Image("webp");
        webp[20] |= 0x02;

        PlanImage.Read(png).Should().BeNull();
        PlanImage.Read(webp).Should().BeNull();
    }

    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [TestCase("GIF89a@@")]
    [TestCase("<html>")]
    [TestCase("")]
    public void Text_AndOtherFormats_AreNone(string text) => PlanImage.Read(System.Text.Encoding.ASCII.GetBytes(text)).Should().BeNull();

    [TestCase(99, 100, false)]
    [TestCase(100, 100, true)]
    [TestCase(4096, 4096, true)]
    [TestCase(4096, 4097, false)]
    [TestCase(-1, 200, false)]
    public void Size_WithinTheLimits_IsValid(int width, int height, bool isValid) =>
        new PlanImage(PlanImageType.Png, width, height).HasValidSize.Should().Be(isValid);

    private static byte[] Image(string format) => format switch
    {
        "png" => [.. Png],
        "jpeg" => Convert.FromBase64String(Jpeg),
        "webp" => Convert.FromBase64String(Webp),
        "lossy" => Riff("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 64, 0x41, 200, 0x40]),
        _ => Riff("VP8L", [0x2F, .. LittleEndian((320u - 1) | ((200u - 1) << 14)), 0, 0, 0, 0, 0]),
    };

    private static byte[] Chunk(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. System.Text.Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
    }

    private static byte[] Riff(string kind, byte[] content) =>
    [
        .. "RIFF"u8, .. LittleEndian((uint)content.Length + 12), .. "WEBP"u8, .. System.Text.Encoding.ASCII.GetBytes(kind),
        .. LittleEndian((uint)content.Length), .. content,
    ];

    private static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
