namespace SdkChat.Development.Pipelines;

/// <summary>A dish and its ingredients.</summary>
internal sealed record DemoDish(DemoText Name, IReadOnlyList<DemoProduct> Products);
