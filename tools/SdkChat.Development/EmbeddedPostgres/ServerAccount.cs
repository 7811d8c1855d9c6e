using System.ComponentModel;
using System.Diagnostics;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>
/// The account that the server runs as: the caller's own, or <c>postgres</c> if the caller is root, as which PostgreSQL refuses to run.
/// </summary>
internal static class ServerAccount
{
    private const string Name = "postgres";

    private static readonly string[] Prefix = ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--clear-groups", "--"];

    public static bool IsOther { get; } = Environment.IsPrivilegedProcess;

    /// <summary>Changes the command so that it runs as the account.</summary>
    public static string[] Command(params string[] command) => IsOther ? [.. Prefix, .. command] : command;

    /// <summary>Makes the account the owner of a file or folder.</summary>
    public static void Own(string path)
    {
        if (IsOther && !TryRun(["chown", "-h", $"{Name}:{Name}", path], out var output))
            throw new EmbeddedPostgresException(
                $"PostgreSQL cannot run as root, and {path} cannot be given to the account '{Name}' ({Reason(output)}).");
    }

    /// <summary>Whether the account can enter the folder and write to it.</summary>
    public static bool CanUse(string folder) =>
        TryRun(Command("sh", "-c", "cd \"$1\" && test -w .", "sh", folder), out _);

    /// <summary>Runs a command as the account.</summary>
    /// <param name="input">The standard input of the command.</param>
    /// <exception cref="EmbeddedPostgresException">The command failed; the message is one line.</exception>
    public static void Run(string name, string[] command, string input = "")
    {
        if (!TryRun(Command(command), out var output, input))
            throw new EmbeddedPostgresException($"{name} failed: {Reason(output)}.");
    }

    /// <param name="output">The output of the command, standard error first.</param>
    public static bool TryRun(string[] command, out string output, string input = "")
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        using var process = Started(start);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var standard = process.StandardOutput.ReadToEndAsync();
        output = process.StandardError.ReadToEnd() + standard.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <exception cref="EmbeddedPostgresException">There is no such program.</exception>
    public static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new EmbeddedPostgresException($"{start.FileName} cannot be run: {exception.Message}.", exception);
        }
    }

    /// <summary>The most useful line of the output: the first with an error, otherwise the first.</summary>
    public static string Reason(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.FirstOrDefault()
            ?? "it did not say why").TrimEnd('.');
    }
}
