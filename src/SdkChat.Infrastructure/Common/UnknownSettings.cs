using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SdkChat.Infrastructure.Common;

/// <summary>
/// Warns at the start about names in the service's own sections that are no settings: their values have no effect. Values are never logged.
/// </summary>
internal sealed partial class UnknownSettings(
    IConfiguration configuration, IEnumerable<SettingsSection> sections, ILogger<UnknownSettings> logger) : BackgroundService
{
    private readonly KnownSettings _known = new(sections, RenamedSettings.OldNames);

    /// <summary>The unknown names in the configuration, each with the setting that was probably meant; null if none is similar.</summary>
    public IEnumerable<(string Name, string? Meant)> Find() =>
        from root in configuration.GetChildren()
        let isOwn = _known.IsSection(root.Key)
        where isOwn || _known.IsSimilarToSection(root.Key)
        from setting in Leaves(root)
        // A variable of the environment may have the name of a section.
        where setting != root && !_known.IsKnown(setting.Path, setting.Value)
        let meant = _known.FindSimilar(setting.Path)
        where (isOwn && !KnownSettings.IsForeign(setting.Path)) || (meant is not null && DifferInOnePart(setting.Path, meant))
        select (setting.Path, meant);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var (name, meant) in Find())
        {
            if (meant is null)
                Unknown(name);
            else
                Misspelt(name, meant);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Outside of the own sections only a likely mistake is reported, since other programs read their settings from the same environment.
    /// </summary>
    private static bool DifferInOnePart(string name, string meant)
    {
        var (parts, right) = (name.Split(':'), meant.Split(':'));
        return parts.Length == right.Length
            && parts.Zip(right).Count(pair => !pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)) == 1;
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children.Count == 0 ? [section] : children.SelectMany(Leaves);
    }

    [LoggerMessage(1007, LogLevel.Warning, "Unknown setting {Setting}: did you mean {Meant}? It has no effect")]
    private partial void Misspelt(string setting, string meant);

    [LoggerMessage(1008, LogLevel.Warning, "Unknown setting {Setting}: it has no effect. docs/operations/configure.md lists all settings")]
    private partial void Unknown(string setting);
}
