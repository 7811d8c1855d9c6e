using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Development.Files;
using SdkChat.Development.Instance;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor.Support;

/// <summary>A data folder in a temporary place, and what runs on it.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private static readonly Lazy<Task<string?>> Template =
        new(() => EphemeralTemplate.EnsureAsync(TestContext.Progress.WriteLine, default));

    private readonly string _parent;

    /// <param name="name">The folder's path within a temporary folder; made by the program.</param>
    /// <param name="isOpen">Whether other accounts may pass through the temporary folder.</param>
    public Instance(string name = "data", bool isOpen = true)
    {
        _parent = TestFolders.Create(isOpen);
        Folder = Path.Combine(_parent, name);
    }

    /// <summary>
    /// One whose database was made: a copy of the template of ephemeral instances (docs/decisions/0051). For tests in which it does not
    /// matter how <c>up</c> makes a database, which takes most of the processor time of its first start.
    /// </summary>
    public static async Task<Instance> PreparedAsync()
    {
        var instance = new Instance();
        if (await Template.Value is { } template)
        {
            Directory.CreateDirectory(instance.Folder);
            var password = File.ReadAllText(Path.Combine(template, EmbeddedPostgresServer.PasswordFile));
            PrivateFile.Write(Path.Combine(instance.Folder, EmbeddedPostgresServer.PasswordFile), password);
            new Cluster(ClusterHome.ClusterOf(ClusterHome.Prepare(instance.Folder))).CopyUnlessThere(ClusterHome.ClusterIn(template));
        }

        return instance;
    }

    public string Folder { get; }

    /// <summary>What <c>up</c> takes for the home of whoever started it.</summary>
    public string PersonsHome => Path.Combine(_parent, "home");

    /// <summary>Where the cluster really is.</summary>
    public string Home => new FileInfo(Path.Combine(Folder, "postgres")).LinkTarget ?? Path.Combine(Folder, "postgres");

    /// <summary>How other programs reach the server of a running <c>up</c>.</summary>
    public string ConnectionString => File.ReadAllText(Path.Combine(Folder, "connection-string")) + ";Pooling=false";

    /// <summary>The process of the server on this folder; null when there is none.</summary>
    public int? Server =>
        Processes(words => words[0].EndsWith("/postgres", StringComparison.Ordinal) && words.Contains(Path.Combine(Home, "cluster")))
            .Cast<int?>().FirstOrDefault();

    /// <summary>Starts <c>up</c> on a free port; it serves when this returns.</summary>
    public Task<(SdkChatProgram Program, Uri Address)> UpAsync(bool demo = false, params (string Name, string Value)[] settings) =>
        UpAsync("", demo, settings);

    /// <param name="before">As <see cref="SdkChatProgram.Start(string[], string, ValueTuple{string, string}[])"/> takes it.</param>
    public async Task<(SdkChatProgram Program, Uri Address)> UpAsync(
        string before, bool demo = false, params (string Name, string Value)[] settings)
    {
        Directory.CreateDirectory(PersonsHome);
        string[] options = demo ? [] : ["--no-demo"];
        var program = SdkChatProgram.Start(
            ["up", "--urls", "http://127.0.0.1:0", "--data", Folder, .. options], before, [("HOME", PersonsHome), .. settings]);
        var address = (await program.LineAsync("  API ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
        await program.LineAsync("Ctrl-C");
        return (program, new Uri(address));
    }

    /// <summary>Runs a verb on this folder to its end.</summary>
    public Task<Finished> RunAsync(params string[] verb) => SdkChatProgram.RunAsync([.. verb, "--data", Folder]);

    /// <summary>A server whose program was killed ends by itself, soon. It may have ended already.</summary>
    public Task ServerShouldEndAsync() =>
        Server is { } id ? Eventually.TrueAsync(() => Task.FromResult(!IsRunning(id)), Deadlines.Program) : Task.CompletedTask;

    /// <summary>The shells that stop a server on this folder when its program is gone.</summary>
    public IEnumerable<int> Keepers => Processes(words => words[0] == "sh" && words.Contains(Path.Combine(Home, "cluster")));

    private static IEnumerable<int> Processes(Func<string[], bool> isMeant) => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
        .Where(id => id > 0 && isMeant(CommandLine(id)));

    /// <summary>Not so a process that has ended and that nobody has asked about yet: it keeps its number, but no command line.</summary>
    public static bool IsRunning(int process) => CommandLine(process) is not [""];

    public async ValueTask DisposeAsync()
    {
        if (Server is { } server)
            SdkChatProgram.Signal("QUIT", server);
        await ServerShouldEndAsync();
        if (!Home.StartsWith(Folder, StringComparison.Ordinal) && Path.GetDirectoryName(Home) is { } elsewhere)
            Directory.Delete(elsewhere, recursive: true);
        Directory.Delete(_parent, recursive: true);
    }

    private static string[] CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return [""];
        }
    }
}
