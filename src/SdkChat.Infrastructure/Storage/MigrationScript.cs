using System.Reflection;

namespace SdkChat.Infrastructure.Storage;

/// <summary>One step of the schema: a file of <c>Storage/Migrations</c>, run once, in the order of the names.</summary>
/// <param name="Name">The name in the journal.</param>
internal sealed record MigrationScript(string Name, string Text)
{
    /// <summary>
    /// The first line of a script whose statements run one by one, each in its own transaction. Such a script can be repeated after a
    /// failure.
    /// </summary>
    private const string WithoutTransaction = "-- migration: no transaction";

    /// <summary>The line between two statements of such a script.</summary>
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

    /// <summary>The statements, each of which is sent to the server by itself.</summary>
    public IReadOnlyList<string> Statements => IsTransactional ? [Text] : Text.Split(Separator);

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
