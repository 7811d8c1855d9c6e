using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SdkChat.Infrastructure.Common;

/// <summary>
/// Settings whose names have changed. The old name is accepted for one release, unless the new one is set too. Each use is logged at the
/// start.
/// </summary>
internal sealed partial class RenamedSettings(IConfiguration configuration, ILogger<RenamedSettings> logger) : BackgroundService
{
    /// <summary>New names by old ones, since version 0.2.0.</summary>
    private static readonly Dictionary<string, string> NewNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Live:DeafPollMilliseconds"] = "Live:FallbackPollMilliseconds",
        ["Live:ProbeGrace"] = "Live:ProbeFailureThreshold",
    };

    public static IEnumerable<string> OldNames => NewNames.Keys;

    /// <summary>Binds the settings of a section that are set by their old names only.</summary>
    public static void Bind(object options, string section, IConfiguration configuration)
    {
        var values =
            from name in NewNames
            where name.Value.StartsWith(section + ':', StringComparison.Ordinal) && configuration[name.Value] is null
                && configuration[name.Key] is not null
            select KeyValuePair.Create(name.Value, configuration[name.Key]);
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(section).Bind(options);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var (old, current) in NewNames)
        {
            if (configuration[old] is not null)
                Renamed(old, current);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(
        1006, LogLevel.Warning,
        "The setting {Old} is now {New}. The old name is ignored from the next release on, and now if both are set")]
    private partial void Renamed(string old, string @new);
}
