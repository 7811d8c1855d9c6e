using System.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Instance;

namespace SdkChat.Development.Instance;

/// <summary>The configured database or, if none is configured, the embedded one of the data folder.</summary>
internal sealed class DevelopmentDatabaseSource : IDatabaseSource
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = $"Folder of the development instance (default: {DataFolder.EnvironmentVariable}, else .data)",
        HelpName = "DIR",
    };

    public IReadOnlyList<Option> Options => [_data];

    public DataFolder Folder(ParseResult parsed) => DataFolder.Open(parsed.GetValue(_data));

    public Task<OpenedDatabase> OpenAsync(ParseResult parsed, WebApplicationBuilder settings, CancellationToken cancellationToken) =>
        OpenAsync(Folder(parsed), settings, exclusive: false, cancellationToken);

    /// <param name="exclusive">Whether an embedded server must belong to this process, as for <c>up</c>.</param>
    public static Task<OpenedDatabase> OpenAsync(
        DataFolder folder, WebApplicationBuilder settings, bool exclusive, CancellationToken cancellationToken)
    {
        if (ConfiguredDatabase.IsIn(settings.Configuration))
            return Task.FromResult(ConfiguredDatabase.Open(settings.Configuration));
        if (settings.Environment.IsProduction())
            throw new CommandFailedException("In Production there is no embedded database: set ConnectionStrings__SdkChat.");
        return DevelopmentDatabase.OpenAsync(folder, exclusive, cancellationToken);
    }
}
