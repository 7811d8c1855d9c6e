using System.CommandLine;

namespace SdkChat.Api.CommandLine.Help;

/// <summary>A verb, and lines that show how it is typed.</summary>
internal sealed class VerbCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>What follows <c>./sdkchat</c>; printed below the verb's help.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
