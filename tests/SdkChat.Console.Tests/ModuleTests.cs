using System.ComponentModel;
using System.Diagnostics;

namespace SdkChat.Console.Tests;

/// <summary>
/// The console's modules on Node.js: their types are right, and what needs no browser does what it should. Each file
/// <c>node/*.test.js</c> tests one module.
/// </summary>
public sealed class ModuleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "node");

    private static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Folder, "*.test.js").Select(file => Path.GetFileName(file)!).Order();

    [Test]
    public void Types_Hold()
    {
        Install();
        Run("node", "node_modules/typescript/bin/tsc", "--project", ".");
    }

    [TestCaseSource(nameof(Files))]
    public void Module_Works(string file) => Run("node", file);

    private static void Install()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            Run("npm", "ci", "--silent", "--no-audit", "--no-fund");
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        if (process.ExitCode != 0)
            Assert.Fail($"{program} {string.Join(' ', arguments)}:\n{said}");
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{program} is not installed.");
            throw;
        }
    }
}
