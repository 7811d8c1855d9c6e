using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Mutants;

/// <summary>A service that takes tokens for good that are not.</summary>
internal static class TokenMutants
{
    public static IEnumerable<Mutant> All =>
    [
        Taking("expired tokens", "1.expired-token", claims => Number(claims, "exp") < Forge.InSeconds(-1000)),
        Taking("five minutes of skew", "1.clock-skew", claims => Number(claims, "exp") < Forge.InSeconds(-30)),
        Taking("tokens without an end", "1.exp-required", claims => !claims.ContainsKey("exp")),
        Taking("tokens for others", "1.other-issuer", claims => claims["aud"]?.GetValue<string>() == "somebody-else"),
        Taking("tokens of no tenant", "1.tenant-claim", claims => !claims.ContainsKey("tenant_id")),
        Taking("unsigned tokens", "1.unsigned-token", IsTheTenants),
        Taking("keys that tokens bring", "1.embedded-key", IsTheTenants),
        new("takes what is encrypted for signed", "1.jwe")
        {
            Swaps = Needs.Tenant, Request = request => Swap(request, token => token.Count('.') == 4, MutantStand.Means.Tenant!),
        },
        new("takes roles in arrays alone", "1.roles-claim")
        {
            Swaps = Needs.AdminWithoutRole,
            Request = request => Swap(request, token => Claims(token)?["roles"] is JsonValue, MutantStand.Means.AdminWithoutRole!),
        },
    ];

    private static Mutant Taking(string what, string rule, Func<JsonObject, bool> isTaken) =>
        new($"takes {what}", rule)
        {
            Swaps = Needs.Tenant,
            Request = request => Swap(request, token => Claims(token) is { } claims && isTaken(claims), MutantStand.Means.Tenant!),
        };

    private static void Swap(HttpRequestMessage request, Func<string, bool> isMeant, Credential other)
    {
        if (request.Headers.Authorization?.Parameter is { } token && isMeant(token))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", other.Value);
    }

    private static bool IsTheTenants(JsonObject claims) => JsonNode.DeepEquals(claims, new Forge(MutantStand.Means.Tenant!, null).Claims);

    private static long? Number(JsonObject claims, string name) => claims[name]?.GetValue<long>();

    /// <summary>What a token says, whoever signed it; null of what is none.</summary>
    private static JsonObject? Claims(string token)
    {
        try
        {
            return token.Split('.') is [_, var payload, ..] && JsonNode.Parse(Base64Url.DecodeFromChars(payload)) is JsonObject claims
                ? claims
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
