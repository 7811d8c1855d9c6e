using SdkChat.Api.Authentication;
using SdkChat.Api.CommandLine.Errors;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>Settings without which the service cannot run. They are checked before anything is started.</summary>
internal static class RequiredSettings
{
    /// <exception cref="CommandFailedException">One line with every missing setting.</exception>
    public static void Check(WebApplicationBuilder builder)
    {
        var missing = Missing(builder.Configuration).ToList();
        if (missing.Count > 0)
            throw new CommandFailedException($"In {builder.Environment.EnvironmentName} these must be set: {string.Join("; ", missing)}.");
    }

    private static IEnumerable<string> Missing(ConfigurationManager configuration)
    {
        if (!ConfiguredDatabase.IsIn(configuration))
            yield return "ConnectionStrings__SdkChat";
        foreach (var scheme in JwtSchemeOptions.Names.Where(scheme => !HasKey(JwtSchemeOptions.Read(configuration, scheme))))
            yield return $"a key for Authentication__{scheme} (__Authority, __JwksUrl, __JwksFile or __Secrets__0)";
        if (string.IsNullOrWhiteSpace(configuration["Pipeline:BaseUrl"]))
            yield return "Pipeline__BaseUrl";
    }

    private static bool HasKey(JwtSchemeOptions options) => options.HasDocument || options.Secrets.Count > 0;
}
