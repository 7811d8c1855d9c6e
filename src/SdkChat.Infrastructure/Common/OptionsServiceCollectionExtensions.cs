using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Common;

/// <summary>Registers settings. All settings are registered with it.</summary>
public static class OptionsServiceCollectionExtensions
{
    /// <summary>
    /// Binds options to a section of the configuration. A wrong value stops the start of the service and names the setting; an unknown name
    /// is logged at the start.
    /// </summary>
    /// <param name="name">Null for options with a single instance.</param>
    public static OptionsBuilder<TOptions> AddValidatedOptions<TOptions>(
        this IServiceCollection services, string section, string? name = null)
        where TOptions : class => services.AddSingleton(new SettingsSection(section, typeof(TOptions))).AddOptions<TOptions>(name)
            .BindConfiguration(section)
            .Configure<IConfiguration>((options, configuration) => RenamedSettings.Bind(options, section, configuration))
            .ValidateDataAnnotations()
            .ValidateOnStart();
}
