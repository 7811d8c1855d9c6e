using System.CommandLine;
using SdkChat.Api.CommandLine.Instance;

namespace SdkChat.Api.CommandLine.Help;

/// <summary>A verb with examples, which are printed below its help.</summary>
/// <param name="examples">The arguments after the program's name.</param>
internal sealed class VerbCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Adds the options that choose the database. A collection initializer calls this method.</summary>
    public void Add(IDatabaseSource databases)
    {
        foreach (var option in databases.Options)
            Options.Add(option);
    }
}
