using SdkChat.Domain.FloorPlans;

namespace SdkChat.Application.FloorPlans;

/// <summary>A tenant's floor plan, without its picture.</summary>
/// <param name="Version">Another one with each change.</param>
/// <param name="Bytes">The size of the picture.</param>
/// <param name="UpdatedBy">The admin's subject, from the token; null if the token has none.</param>
public sealed record FloorPlan(Guid Version, PlanImage Image, int Bytes, DateTimeOffset UpdatedAt, string? UpdatedBy);

/// <summary>The picture of a floor plan.</summary>
/// <param name="Content">Null if the caller has this version.</param>
public sealed record FloorPlanImage(Guid Version, PlanImageType Type, ReadOnlyMemory<byte>? Content);
