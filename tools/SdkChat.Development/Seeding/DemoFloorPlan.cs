using SdkChat.Application.FloorPlans;
using SdkChat.Domain.Common;
using SdkChat.Domain.FloorPlans;

namespace SdkChat.Development.Seeding;

/// <summary>The floor plan of the demo's shops, on which the positions of <see cref="Pipelines.DemoSection"/> are.</summary>
internal static class DemoFloorPlan
{
    public static (FloorPlan Plan, byte[] Content) Create(TimeProvider clock)
    {
        var content = Read();
        var now = clock.Now();
        var image = PlanImage.Read(content) ?? throw new InvalidDataException("The demo's floor plan is not an image.");
        return (new FloorPlan(Guid.CreateVersion7(now), image, content.Length, now, UpdatedBy: null), content);
    }

    private static byte[] Read()
    {
        using var resource = typeof(DemoFloorPlan).Assembly.GetManifestResourceStream("floor-plan.png")
            ?? throw new InvalidDataException("The demo's floor plan is not in the assembly.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
