using SdkChat.Application.FloorPlans;

namespace SdkChat.Api.FloorPlans;

/// <summary>Whether the tenant has a floor plan.</summary>
/// <param name="FloorPlan">Null if it has none.</param>
public sealed record FloorPlanStateResponse(FloorPlanResponse? FloorPlan);

/// <summary>A floor plan, without its picture.</summary>
public sealed class FloorPlanResponse
{
    /// <summary>Another one with each change.</summary>
    public required Guid Version { get; init; }

    /// <summary><c>image/png</c>, <c>image/jpeg</c> or <c>image/webp</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The size of the picture in bytes.</summary>
    public required int Bytes { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The subject of the admin who stored it; null if the token has none.</summary>
    public required string? UpdatedBy { get; init; }

    internal static FloorPlanResponse From(FloorPlan plan) => new()
    {
        Version = plan.Version, ContentType = ImageBody.NameOf(plan.Image.Type), Width = plan.Image.Width, Height = plan.Image.Height,
        Bytes = plan.Bytes, UpdatedAt = plan.UpdatedAt, UpdatedBy = plan.UpdatedBy,
    };
}
