using System.Diagnostics;

namespace SdkChat.Infrastructure.EmbeddedPostgres;

/// <summary>
/// The account that the server runs as: the caller's own, or <c>postgres</c> where the caller is root, as which
/// PostgreSQL refuses to run.
/// </summary>
internal static class ServerAccount
{
    private const string Name = "postgres";

    private static readonly string[] Prefix = ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--clear-groups", "--"];

    public static bool IsOther { get; } = Environment.IsPrivilegedProcess;

    /// <summary>The command, so that it runs as the account.</summary>
    public static string[] Command(params string[] command) => IsOther ? [.. Prefix, .. command] : command;

    /// <summary>Gives a file or folder to the account.</summary>
    public static void Own(string path)
    {
        if (IsOther)
            Run(["chown", "-h", $"{Name}:{Name}", path]);
    }

    /// <summary>Whether the account can enter the folder and write in it.</summary>
    public static bool CanUse(string folder) =>
        TryRun(Command("sh", "-c", "cd \"$1\" && test -w .", "sh", folder), out _);

    /// <exception cref="EmbeddedPostgresException">The command failed; the message is its last line.</exception>
    public static void Run(string[] command)
    {
        if (!TryRun(command, out var output))
            throw new EmbeddedPostgresException($"{Path.GetFileName(command.First(part => part.Contains('/', StringComparison.Ordinal) || part == command[0]))} failed: {LastLine(output)}");
    }

    private static bool TryRun(string[] command, out string output)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var standard = process.StandardOutput.ReadToEndAsync();
        output = process.StandardError.ReadToEnd() + standard.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string LastLine(string output) => output.Trim().Split('\n')[^1];
}
