using SdkChat.Application.Common.Time;

namespace SdkChat.Api.Http.Binding;

/// <summary>Converts bucket units between parameters, bodies and <see cref="BucketUnit"/>.</summary>
internal static class BucketUnitText
{
    public static readonly IReadOnlyDictionary<string, BucketUnit> Names = new Dictionary<string, BucketUnit>(StringComparer.Ordinal)
    {
        ["hour"] = BucketUnit.Hour,
        ["day"] = BucketUnit.Day,
        ["week"] = BucketUnit.Week,
    };

    public static string NameOf(BucketUnit unit) => Names.Single(name => name.Value == unit).Key;
}
