using System.Net;
using SdkChat.Api.Authentication;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Authentication;

/// <summary>Each endpoint × each bad credential × header and cookie (contract, section 1).</summary>
public sealed class CredentialMatrixTests
{
    private static readonly string[] Carriers = ["header", "cookie"];

    public static IEnumerable<TestCaseData> TokenEndpoints() =>
        from endpoint in ProtectedEndpoints.All
        where endpoint.Policy is Policies.TenantAdmin or Policies.SuperAdmin
        from carrier in Carriers
        select new TestCaseData(endpoint.Method, endpoint.Path, endpoint.Policy, carrier);

    [Test]
    public void Endpoints_OfTheApplication_AreAllProtectedByAKnownPolicy() =>
        ProtectedEndpoints.All.Select(endpoint => endpoint.Policy).Distinct()
            .Should().BeEquivalentTo(Policies.TenantAdmin, Policies.SuperAdmin, Policies.SdkKey);

    [TestCaseSource(nameof(TokenEndpoints))]
    public async Task Endpoint_WithABadToken_IsUnauthenticated(string method, string path, string policy, string carrier)
    {
        var failed = new List<string>();
        foreach (var (name, make) in (policy == Policies.TenantAdmin ? BadTokens.Tenant : BadTokens.Backoffice).All())
        {
            using var response = await SendAsync(method, path, policy, carrier, make());
            if (response.StatusCode != HttpStatusCode.Unauthorized || await response.FailureCodeAsync() != "UNAUTHENTICATED")
                failed.Add($"{name}: {(int)response.StatusCode}");
            (response.Header("WWW-Authenticate") ?? "").Should().StartWith("Bearer").And.NotContain("IDX", name);
        }

        failed.Should().BeEmpty();
    }

    [TestCaseSource(nameof(TokenEndpoints))]
    public async Task Endpoint_WithAGoodToken_LetsItIn(string method, string path, string policy, string carrier)
    {
        var tokens = policy == Policies.TenantAdmin ? BadTokens.Tenant : BadTokens.Backoffice;
        foreach (var token in new[] { TestTokens.Hs256(tokens.Good(), tokens.Secret), tokens.Key.Token(tokens.Good()) })
        {
            using var response = await SendAsync(method, path, policy, carrier, token);
            response.StatusCode.Should().NotBe(HttpStatusCode.Unauthorized).And.NotBe(HttpStatusCode.Forbidden);
        }
    }

    [TestCaseSource(nameof(TokenEndpoints))]
    public async Task Endpoint_WithoutTheRole_IsForbidden(string method, string path, string policy, string carrier)
    {
        var (tokens, claim) = policy == Policies.TenantAdmin ? (BadTokens.Tenant, "role") : (BadTokens.Backoffice, "roles");
        foreach (var role
            in new object?[] { null, "", "viewer", "ADMIN", "role_admin", " admin", new[] { "a", "b" }, true, new { admin = true } })
        {
            var claims = new Dictionary<string, object?>(tokens.Good()) { [claim] = role };
            using var response = await SendAsync(method, path, policy, carrier, TestTokens.Hs256(claims, tokens.Secret));
            (await response.FailureCodeAsync()).Should().Be("FORBIDDEN", "role {0}", role);
        }
    }

    private static IEnumerable<TestCaseData> TenantEndpoints() =>
        TokenEndpoints().Where(test => (string)test.Arguments[2]! == Policies.TenantAdmin);

    [TestCaseSource(nameof(TenantEndpoints))]
    public async Task Endpoint_OfAnotherOrADisabledTenant_IsForbidden(string method, string path, string policy, string carrier)
    {
        async Task<string> CodeAsync(string token, string? host = null)
        {
            using var response = await SendAsync(method, path, policy, carrier, token, host);
            response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
            return await response.FailureCodeAsync();
        }

        var api = SharedApi.Api;
        (await CodeAsync(api.TenantToken(SharedApi.Demo), "acme.aika.life")).Should().Be("TENANT_MISMATCH");
        (await CodeAsync(api.TenantToken(SharedApi.Demo, code: "acme"))).Should().Be("TENANT_MISMATCH");
        (await CodeAsync(api.TenantToken(SharedApi.Closed))).Should().Be("TENANT_DISABLED");
        (await CodeAsync(api.TenantToken(SharedApi.Closed), "demo.aika.life")).Should().Be("TENANT_MISMATCH");
        (await CodeAsync(api.TenantToken(SharedApi.Closed, role: null), "demo.aika.life")).Should().Be("FORBIDDEN");
        (await CodeAsync(api.TenantToken(Guid.CreateVersion7()))).Should().Be("TENANT_DISABLED");
    }

    [TestCaseSource(nameof(TenantEndpoints))]
    public async Task Endpoint_WithoutATenantInTheToken_IsUnauthenticated(string method, string path, string policy, string carrier)
    {
        var id = SharedApi.Demo;
        foreach (var claim
            in new object?[] { null, "", "demo", $"{{{id}}}", id.ToString("n"), 1, new[] { id, SharedApi.Acme }, new { id } })
        {
            var claims = new Dictionary<string, object?>(BadTokens.Tenant.Good()) { ["tenant_id"] = claim };
            using var response = await SendAsync(method, path, policy, carrier, TestTokens.Hs256(claims, TestTokens.TenantSecret));
            (await response.FailureCodeAsync()).Should().Be("UNAUTHENTICATED", "tenant_id {0}", claim);
        }
    }

    private static Task<HttpResponseMessage> SendAsync(
        string method, string path, string policy, string carrier, string token, string? host = null)
    {
        var cookie = policy == Policies.TenantAdmin ? "tenant_token" : "backoffice_token";
        var request = carrier == "header"
            ? Request(path, method, headers: ("Authorization", $"Bearer {token}"))
            : Request(path, method, headers: ("Cookie", $"{cookie}={token}"));
        request.Headers.Host = host;
        // What a page of the service's own would send; without it a cookie counts on GET alone.
        request.Headers.TryAddWithoutValidation(
            "Origin", host is null ? SharedApi.Api.BaseAddress.GetLeftPart(UriPartial.Authority) : $"http://{host}");
        return SharedApi.Api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
