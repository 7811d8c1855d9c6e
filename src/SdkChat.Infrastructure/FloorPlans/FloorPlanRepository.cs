using SdkChat.Application.FloorPlans;
using SdkChat.Domain.FloorPlans;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.FloorPlans;

internal sealed class FloorPlanRepository(Database database) : IFloorPlanRepository
{
    public async Task<FloorPlan?> FindAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<Row>(FloorPlanSql.Find, new { tenant = tenant.Value }, cancellationToken);
        return row is null
            ? null
            : new FloorPlan(
                row.Version, new PlanImage(TypeOf(row.ImageType), row.Width, row.Height), row.Bytes, row.UpdatedAt, row.UpdatedBy);
    }

    public async Task<FloorPlanImage?> FindImageAsync(TenantId tenant, Guid? known, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<ImageRow>(
            FloorPlanSql.FindImage, new { tenant = tenant.Value, known }, cancellationToken);
        return row is null ? null : new FloorPlanImage(row.Version, TypeOf(row.ImageType), row.Image);
    }

    public Task SetAsync(TenantId tenant, FloorPlan plan, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        database.ExecuteAsync(FloorPlanSql.Set, ParametersOf(tenant, plan, content), cancellationToken);

    /// <summary>The parameters of <see cref="FloorPlanSql.Set"/>.</summary>
    internal static object ParametersOf(TenantId tenant, FloorPlan plan, ReadOnlyMemory<byte> content) => new
    {
        tenant = tenant.Value, version = plan.Version, type = NameOf(plan.Image.Type), width = plan.Image.Width, height = plan.Image.Height,
        image = content.ToArray(), at = plan.UpdatedAt, by = plan.UpdatedBy,
    };

    public async Task<bool> RemoveAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(FloorPlanSql.Remove, new { tenant = tenant.Value }, cancellationToken) == 1;

    private static PlanImageType TypeOf(string name) => Enum.Parse<PlanImageType>(name, ignoreCase: true);

    private static string NameOf(PlanImageType type) => type switch
    {
        PlanImageType.Png => "png",
        PlanImageType.Jpeg => "jpeg",
        PlanImageType.Webp => "webp",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A floor plan has one of three types."),
    };

    private sealed record Row(Guid Version, string ImageType, int Width, int Height, int Bytes, DateTime UpdatedAt, string? UpdatedBy);

    private sealed record ImageRow(Guid Version, string ImageType, byte[]? Image);
}
