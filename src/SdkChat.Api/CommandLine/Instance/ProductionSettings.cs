using SdkChat.Api.Authentication.Bearer;
using SdkChat.Infrastructure;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>What Production cannot do without, said in one sentence before anything is started.</summary>
internal static class ProductionSettings
{
    public static void Check(IConfiguration configuration)
    {
        var missing = Missing(configuration).ToList();
        if (missing.Count > 0)
            throw new CommandFailedException($"In Production these must be set: {string.Join("; ", missing)}.");
    }

    private static IEnumerable<string> Missing(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString(DependencyInjection.ConnectionStringName)))
            yield return "ConnectionStrings__SdkChat";
        foreach (var scheme in JwtSchemeOptions.Names.Where(scheme => !HasKey(JwtSchemeOptions.Read(configuration, scheme))))
            yield return $"a key for Authentication__{scheme} (__Authority, __JwksUrl, __JwksFile or __Secrets__0)";
        if (string.IsNullOrWhiteSpace(configuration["Pipeline:BaseUrl"]))
            yield return "Pipeline__BaseUrl";
    }

    private static bool HasKey(JwtSchemeOptions options) => options.HasDocument || options.Secrets.Count > 0;
}
