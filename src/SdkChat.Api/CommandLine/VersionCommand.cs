using System.CommandLine;
using System.Reflection;
using SdkChat.Api.CommandLine.Help;

namespace SdkChat.Api.CommandLine;

/// <summary><c>version</c>: prints the version of this build.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new VerbCommand("version", "Print the version.");
        command.SetAction(_ => Console.WriteLine(Version()));
        return command;
    }

    /// <summary>The version, and the commit if the build knew it: <c>0.1.0+c191cc5…</c>.</summary>
    private static string? Version() =>
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
