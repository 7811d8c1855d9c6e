using System.Diagnostics;
using System.Globalization;

namespace SdkChat.EndToEnd.Tests.FrontDoor.Support;

/// <summary>
/// A source tree with the real scripts and next to no sources, and a <c>dotnet</c> that notes how it is called instead of
/// building anything.
/// </summary>
internal sealed class ScriptTree : IDisposable
{
    private const string Dotnet =
        """
        #!/bin/sh
        echo "$*" >>"$STUB/calls"
        case $1 in
            --list-sdks) echo '10.0.100 [/some where]' ;;
            --list-runtimes) cat "$STUB/runtimes" ;;
            --version) echo 10.0.100 ;;
            restore) ls -A "$2" >>"$STUB/restored" ;;
            build)
                mktemp -d >>"$STUB/folders"
                if [ -e "$STUB/broken" ]; then echo 'Chat.cs(1,2): error CS1002: ; expected'; exit 1; fi
                mkdir -p "$TREE/tools/SdkChat.Development/bin/Release/net10.0"
                touch "$TREE/tools/SdkChat.Development/bin/Release/net10.0/SdkChat.Development.dll"
                case $2 in *.sln) exit ;; esac
                mkdir -p "$2/bin/Release/net10.0"
                touch "$2/bin/Release/net10.0/$(basename "$2").dll" ;;
            test)
                name=$(basename "$2" .dll)
                for word in "$@"; do [ "$before" = --results-directory ] && results=$word; before=$word; done
                if [ -e "$STUB/$name.hangs" ]; then exec sleep 600; fi
                if [ -e "$STUB/$name.trx" ]; then cp "$STUB/$name.trx" "$results/"; fi
                exit "$(cat "$STUB/$name.code")" ;;
            *) shift; echo "$ASPNETCORE_ENVIRONMENT $HOME $SDKCHAT_DATA $*" ;;
        esac
        """;

    private readonly string _stub = Directory.CreateTempSubdirectory("sdkchat-stub-").FullName;

    public ScriptTree()
    {
        Root = Path.Combine(Directory.CreateTempSubdirectory("sdkchat-tree-").FullName, "a tree");
        foreach (var script in new[] { "sdkchat", "tests/run", "tests/repeat", ".ci/run" })
            Add(script);

        foreach (var source in new[]
        {
            "src/SdkChat.Api/Chat.cs", "tools/SdkChat.Development/Program.cs", "Directory.Build.props", "global.json", ".editorconfig",
        })
            Write(source, "");
        Program("dotnet", Dotnet);
        // Found, so that no script goes and installs them.
        foreach (var found in new[]
        {
            "initdb", "curl", "chromium", "firefox-esr", "WebKitWebDriver", "Xvfb", "node", "npm", "nginx", "haproxy", "apache2", "caddy",
            "varnishd", "prometheus", "redis-server", "pgbouncer", "ip", "iptables",
        })
            Program(found, "#!/bin/sh");
    }

    public string Root { get; }

    /// <summary>How often the compiler was called.</summary>
    public int Builds => Calls.Count(call => call.StartsWith("build ", StringComparison.Ordinal));

    /// <summary>What <c>dotnet</c> was called with, one line for each call.</summary>
    public IReadOnlyList<string> Calls => File.ReadAllLines(Path.Combine(_stub, "calls"));

    /// <summary>The folders that builds made, as the SDK does, and left.</summary>
    public IReadOnlyList<string> FoldersOfBuilds => File.ReadAllLines(Path.Combine(_stub, "folders"));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
        File.WriteAllText(Path.Combine(Root, path), text);
    }

    /// <summary>A script of this tree.</summary>
    public void Add(string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, script))!);
        File.Copy(Path.Combine(SdkChatProgram.Repository, script), Path.Combine(Root, script));
    }

    /// <summary>The runtimes that <c>dotnet</c> lists.</summary>
    public void Runtime(string version) =>
        File.WriteAllText(Path.Combine(_stub, "runtimes"), $"Microsoft.NETCore.App {version} [/shared/Microsoft.NETCore.App]\n");

    /// <summary>What was in the folder that <c>dotnet restore</c> was called for.</summary>
    public IReadOnlyList<string> Restored => File.ReadAllLines(Path.Combine(_stub, "restored"));

    public void BreakTheBuild() => File.WriteAllText(Path.Combine(_stub, "broken"), "");

    /// <summary>A test project that will end with this code; without counters it crashed.</summary>
    public void TestProject(string name, int code, int? passed = null, int failed = 0, int skipped = 0)
    {
        Directory.CreateDirectory(Path.Combine(Root, "tests", name));
        File.WriteAllText(Path.Combine(_stub, name + ".code"), code.ToString(CultureInfo.InvariantCulture));
        if (passed is not null)
        {
            var results = string.Concat(
                Enumerable.Range(1, failed).Select(n => $"""<UnitTestResult testName="{name}.Failing{n}" outcome="Failed" />"""));
            File.WriteAllText(
                Path.Combine(_stub, name + ".trx"),
                $"""<TestRun><ResultSummary outcome="Completed"><Counters total="{passed + failed + skipped}" executed="{passed + failed}" passed="{passed}" failed="{failed}" error="0" /></ResultSummary>{results}</TestRun>""");
        }
    }

    /// <summary>A test project that does not end.</summary>
    public void TestProjectThatHangs(string name)
    {
        TestProject(name, code: 0);
        File.WriteAllText(Path.Combine(_stub, name + ".hangs"), "");
    }

    /// <summary>What <c>dotnet test</c> was called with, one line for each project.</summary>
    public IReadOnlyList<string> TestCalls => [.. Calls.Where(call => call.StartsWith("test ", StringComparison.Ordinal))];

    /// <summary>Runs a command in a shell whose directory is the file system's root.</summary>
    public async Task<Finished> RunAsync(string command, string? home = "/tmp")
    {
        var start = new ProcessStartInfo("sh", ["-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = $"{_stub}:/usr/bin:/bin";
        (start.Environment["STUB"], start.Environment["TREE"]) = (_stub, Root);
        if (home is not null)
            start.Environment["HOME"] = home;

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Finished(process.ExitCode, output, await error);
    }

    public void Dispose()
    {
        Directory.Delete(_stub, recursive: true);
        Directory.Delete(Path.GetDirectoryName(Root)!, recursive: true);
    }

    private void Program(string name, string text)
    {
        File.WriteAllText(Path.Combine(_stub, name), text);
        File.SetUnixFileMode(Path.Combine(_stub, name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
