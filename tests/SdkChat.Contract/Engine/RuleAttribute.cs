namespace SdkChat.Contract.Engine;

/// <summary>Makes a method the test of one rule of the contract.</summary>
/// <param name="id">Its section, a dot and a name.</param>
/// <param name="says">The rule in one sentence.</param>
/// <param name="needs">Without these it is skipped.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuleAttribute(string id, string says, Needs needs = Needs.Nothing) : Attribute
{
    public string Id { get; } = id;

    public string Says { get; } = says;

    public Needs Needs { get; } = needs;

    /// <summary>Whether it takes more than some seconds, most of them waiting; <c>--fast</c> leaves it out.</summary>
    public bool IsLong { get; init; }
}
