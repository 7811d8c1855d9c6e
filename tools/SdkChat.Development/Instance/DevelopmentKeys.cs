using System.Security.Cryptography;
using System.Text.Json;
using SdkChat.Api.Authentication;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Development.Files;

namespace SdkChat.Development.Instance;

/// <summary>The secrets that sign a development instance's tokens. They are stored only in its data folder.</summary>
internal sealed record DevelopmentKeys(string Tenant, string Backoffice)
{
    private const string FileName = "development-keys.json";
    private const int Length = JwtSchemeOptions.MinSecretBytes;

    /// <summary>The folder's keys. Creates them if there are none.</summary>
    public static DevelopmentKeys Get(DataFolder folder)
    {
        var file = Path.Combine(folder.Make().Path, FileName);
        try
        {
            var text = PrivateFile.ReadOrMake(file, () => JsonSerializer.Serialize(new DevelopmentKeys(NewSecret(), NewSecret())));
            return JsonSerializer.Deserialize<DevelopmentKeys>(text) is { Tenant.Length: >= Length, Backoffice.Length: >= Length } keys
                ? keys
                : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandFailedException($"{file} is damaged: delete it, and new keys are made.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                $"{file} cannot be used ({exception.Message.TrimEnd('.')}): choose another folder with --data.");
        }
    }

    /// <summary>Configures the service to accept these keys, unless others are configured.</summary>
    public void AddTo(IConfiguration configuration)
    {
        foreach (var (scheme, secret) in new[] { (Schemes.Tenant, Tenant), (Schemes.Backoffice, Backoffice) })
        {
            var options = JwtSchemeOptions.Read(configuration, scheme);
            if (!options.HasDocument && options.Secrets.Count == 0)
                configuration[$"{JwtSchemeOptions.Section}:{scheme}:Secrets:0"] = secret;
        }
    }

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
