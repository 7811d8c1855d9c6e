namespace SdkChat.Development.Pipelines;

/// <summary>Something to cook, and what it takes.</summary>
internal sealed record DemoDish(DemoText Name, IReadOnlyList<DemoProduct> Products);
