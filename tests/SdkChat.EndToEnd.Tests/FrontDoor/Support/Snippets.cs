using System.Diagnostics;
using System.Text.RegularExpressions;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor.Support;

/// <summary>
/// Runs code blocks of the documentation as a reader would paste them: in a folder with <c>./sdkchat</c> and <c>.data</c>, which are the
/// program under test and the running instance.
/// </summary>
internal sealed partial class Snippets : IDisposable
{
    private static readonly TimeSpan WaitLimit = Deadlines.Program;

    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-snippets-").FullName;
    private readonly Instance _instance;
    private readonly Uri _address;

    public Snippets(Instance instance, Uri address)
    {
        (_instance, _address) = (instance, address);
        Program("sdkchat", $"""
            if [ "$1" = contract ]; then
                shift
                case $* in *--base-url*) ;; *) set -- --base-url '{address}' "$@" ;; esac
                export SDKCHAT_OPERATOR="'{DotNet}' '{SdkChatProgram.Dll}'"
                exec '{DotNet}' '{Suite}' "$@"
            fi
            exec '{DotNet}' '{SdkChatProgram.Dll}' "$@"
            """);
        // The tools of the repository.
        Directory.CreateSymbolicLink(Path.Combine(_folder, ".config"), Path.Combine(SdkChatProgram.Repository, ".config"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, ".data"), instance.Folder);
    }

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Suite { get; } = Path.Combine(
        SdkChatProgram.Repository, "tests", "SdkChat.Contract", "bin",
        Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(SdkChatProgram.Dll)!)!), "net10.0", "SdkChat.Contract.dll");

    /// <summary>Where the blocks run.</summary>
    public string Folder => _folder;

    /// <summary>The one block of this language on a page that has this text.</summary>
    public static string Block(string page, string language, string text) =>
        Fence().Matches(File.ReadAllText(Path.Combine(SdkChatProgram.Repository, page)))
            .Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value)
            .Single(block => block.Contains(text, StringComparison.Ordinal));

    public async Task<Finished> RunAsync(string script)
    {
        using var process = Start(script);
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(WaitLimit);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return new Finished(process.ExitCode, output, await error);
    }

    /// <summary>What a script that does not end by itself prints, up to and with this line.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(string script, string last)
    {
        // One process, that is: what ends the shell ends the program.
        using var process = Start($"exec {script}");
        using var deadline = new CancellationTokenSource(WaitLimit);
        var lines = new List<string>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            {
                lines.Add(line);
                if (line == last)
                    return lines;
            }

            throw new InvalidOperationException(
                $"It ended without '{last}': {string.Join('\n', lines)} {await process.StandardError.ReadToEndAsync(deadline.Token)}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Program(string name, string script)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private Process Start(string script)
    {
        var start = new ProcessStartInfo(
            "sh", ["-c", script.Replace("http://127.0.0.1:5080", _address.ToString().TrimEnd('/'), StringComparison.Ordinal)])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["ASPNETCORE_ENVIRONMENT"], start.Environment["SDKCHAT_DATA"]) = ("Development", _instance.Folder);
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"(?ms)^```(\w*)\n(.*?)^```")]
    private static partial Regex Fence();
}
