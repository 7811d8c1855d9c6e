namespace SdkChat.Domain.FloorPlans;

/// <summary>
/// The formats of floor plans. SVG is none of them: a browser runs scripts of an SVG document, and loads what it refers to.
/// </summary>
public enum PlanImageType
{
    Png,
    Jpeg,
    Webp,
}

/// <summary>A picture of a shop's floor, as its own bytes describe it.</summary>
/// <param name="Width">In pixels, without the rotation that a JPEG may ask for.</param>
/// <param name="Height">In pixels, as <paramref name="Width"/>.</param>
public sealed record PlanImage(PlanImageType Type, int Width, int Height)
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The smallest width and height, in pixels.</summary>
    public const int MinSide = 100;

    /// <summary>The largest width and height, in pixels. A browser holds four bytes of each pixel.</summary>
    public const int MaxSide = 4096;

    /// <summary>Whether width and height are within the limits.</summary>
    public bool HasValidSize => Width is >= MinSide and <= MaxSide && Height is >= MinSide and <= MaxSide;

    /// <summary>Reads the type from the content, never from a name.</summary>
    /// <returns>Null for another format, an animation, or a file that was cut short.</returns>
    public static PlanImage? Read(ReadOnlySpan<byte> bytes) =>
        PngHeader.Read(bytes) ?? JpegHeader.Read(bytes) ?? WebpHeader.Read(bytes);
}
