using SdkChat.Contract.Calls;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Fuzzing;

/// <summary>Which credential an operation takes, by the names of the document's security schemes.</summary>
internal sealed class FuzzCredentials(Means means)
{
    /// <summary>Null where none is known: then the operation is not called.</summary>
    public Credential? For(ApiOperation operation) =>
        operation.Schemes.Select(ByScheme).FirstOrDefault(credential => credential is not null);

    /// <summary>The option that gives it.</summary>
    public static string Option(ApiOperation operation) => (operation.Schemes is [var scheme, ..] ? scheme : "") switch
    {
        "tenant_token" => "--tenant-token",
        "backoffice_token" => "--admin-token",
        _ => "--api-key",
    };

    /// <summary>A credential that the operation does not take, or none.</summary>
    public Credential? Other(ApiOperation operation, Random random)
    {
        var good = For(operation)!;
        return random.Next(5) switch
        {
            0 => null,
            1 => good.Forged(good.Value[..^2]),
            2 => good.Forged(HeaderText.Clean(HostileText.All[random.Next(HostileText.All.Length)])),
            3 => good.Forged(new string('a', random.Next(1, 3000))),
            _ =>
                new[] { means.Tenant, means.Admin, means.Key }.OfType<Credential>()
                    .FirstOrDefault(credential => credential.Value != good.Value) is { } other
                    ? good.Forged(other.Value)
                    : null,
        };
    }

    private Credential? ByScheme(string scheme) => scheme switch
    {
        "tenant_token" => means.Tenant,
        "backoffice_token" => means.Admin,
        "sdk_key" => means.Key,
        _ => null,
    };
}
