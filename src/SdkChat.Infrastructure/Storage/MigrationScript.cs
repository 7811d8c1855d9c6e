using System.Reflection;

namespace SdkChat.Infrastructure.Storage;

/// <summary>One step of the schema: a file of <c>Storage/Migrations</c>, run once, in the order of the names.</summary>
/// <param name="Name">As the journal has it.</param>
internal sealed record MigrationScript(string Name, string Text)
{
    /// <summary>The first line of a script whose statements run one by one, each in a transaction of its own. It can be run again after a failure.</summary>
    private const string WithoutTransaction = "-- migration: no transaction";

    /// <summary>What separates the statements of such a script, a line by itself.</summary>
    private const string Separator = "\n-- next statement\n";

    private const string Prefix = "SdkChat.Infrastructure.Storage.Migrations.";

    /// <summary>The scripts of this build, in the order in which they run.</summary>
    public static IReadOnlyList<MigrationScript> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new MigrationScript(name, Read(name))),
    ];

    public bool IsTransactional => !Text.StartsWith(WithoutTransaction, StringComparison.Ordinal);

    /// <summary>What is sent to the server in one piece each.</summary>
    public IReadOnlyList<string> Statements => IsTransactional ? [Text] : Text.Split(Separator);

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
