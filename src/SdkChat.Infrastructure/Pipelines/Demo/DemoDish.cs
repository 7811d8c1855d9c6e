namespace SdkChat.Infrastructure.Pipelines.Demo;

/// <summary>Something to cook, and what it takes.</summary>
internal sealed record DemoDish(DemoText Name, IReadOnlyList<DemoProduct> Products);
