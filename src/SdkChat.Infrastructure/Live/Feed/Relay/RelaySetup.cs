using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Common;
using StackExchange.Redis;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>Registers the backplane that <c>Backplane</c> names: <c>postgres</c>, the default, or <c>redis</c>.</summary>
internal static class RelaySetup
{
    public const string Setting = "Backplane";

    /// <summary>The configuration is read at the start, since hosted services cannot be chosen later.</summary>
    public static IServiceCollection AddRelay(this IServiceCollection services)
    {
        services.AddValidatedOptions<RedisOptions>(RedisOptions.Section);
        services.AddSingleton<IValidateOptions<RedisOptions>, BackplaneValidator>();
        services.AddSingleton<RedisLink>();
        services.AddSingleton<RelayInbox>();
        services.AddSingleton<RelayFollowing>();
        services.AddSingleton<RelayReception>();
        services.AddSingleton<RelayElection>();
        services.AddSingleton<RelayPublisher>();
        services.AddSingleton<RelaySubscriptions>();
        services.AddSingleton<RedisRelay>();
        services.AddSingleton<IFeedRelay>(provider => IsRedis(provider) ? provider.GetRequiredService<RedisRelay>() : new NoRelay());
        services.AddHostedService<RelayWorkers>();
        return services;
    }

    internal static bool IsRedis(IServiceProvider provider) =>
        string.Equals(provider.GetRequiredService<IConfiguration>()[Setting], "redis", StringComparison.OrdinalIgnoreCase);

    /// <summary>A wrong setting stops the start, with the name of the setting.</summary>
    private sealed class BackplaneValidator(IConfiguration configuration, IOptions<LiveOptions> live) : IValidateOptions<RedisOptions>
    {
        public ValidateOptionsResult Validate(string? name, RedisOptions options)
        {
            var backplane = configuration[Setting];
            if (string.IsNullOrWhiteSpace(backplane) || backplane.Equals("postgres", StringComparison.OrdinalIgnoreCase))
                return ValidateOptionsResult.Success;
            if (!backplane.Equals("redis", StringComparison.OrdinalIgnoreCase))
                return ValidateOptionsResult.Fail($"{Setting} is '{backplane}': it is postgres or redis.");

            if (ProblemWith(configuration.GetConnectionString(RedisOptions.ConnectionStringName)) is { } problem)
                return ValidateOptionsResult.Fail(
                    $"{Setting} is redis, and ConnectionStrings:{RedisOptions.ConnectionStringName} {problem}.");

            // A node whose leader is lost reads after the silence, and its streams must not have ended by then.
            return live.Value.IsWithinGrace(options.SilenceMilliseconds)
                ? ValidateOptionsResult.Success
                : LiveOptionsValidator.FailTooLong($"{RedisOptions.Section}:{nameof(RedisOptions.SilenceMilliseconds)}");
        }

        private static string? ProblemWith(string? connectionString)
        {
            if (string.IsNullOrWhiteSpace(connectionString))
                return "is missing";
            try
            {
                return ConfigurationOptions.Parse(connectionString).EndPoints.Count > 0 ? null : "names no server";
            }
            catch (ArgumentException exception)
            {
                return $"cannot be read: {exception.Message.TrimEnd('.')}";
            }
        }
    }
}
