using System.Text.Json.Nodes;

namespace SdkChat.Api.Tests.Mapping.Violations;

internal class Base
{
    public int Number { get; init; }
}

internal sealed class ContainsItself
{
    public ContainsItself? Inner { get; init; }
}

internal sealed class ContainsItselfInList
{
    public IReadOnlyList<ContainsItselfInList> Inner { get; init; } = [];
}

internal sealed class ContainsItselfFarther
{
    public ContainsItBack? Inner { get; init; }
}

internal sealed class ContainsItBack
{
    public ContainsItselfFarther[] Back { get; init; } = [];
}

internal sealed class ContainsBaseOfItself : Base
{
    public Base? Inner { get; init; }
}

internal sealed class ContainsItselfInField
{
#pragma warning disable CS0649 // AutoMapper maps public fields as well; only its type matters here.
    public ContainsItselfInField? Inner;
#pragma warning restore CS0649
}

internal sealed class ContainsAnything
{
    public object? Inner { get; init; }
}

internal sealed class ContainsInterface
{
    public IFormattable? Inner { get; init; }
}

internal sealed class ContainsDictionary
{
    public Dictionary<string, string> Inner { get; init; } = [];
}

internal sealed class ContainsReadOnlyDictionary
{
    public IReadOnlyDictionary<string, int>? Inner { get; init; }
}

internal sealed class ContainsDictionaryFarther
{
    public ContainsDictionary[] Inner { get; init; } = [];
}

internal sealed class ContainsJsonTree
{
    public JsonObject? Inner { get; init; }
}
