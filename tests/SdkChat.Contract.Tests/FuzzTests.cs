using SdkChat.Contract.Calls;
using SdkChat.Contract.Fuzzing;
using SdkChat.Contract.Standing;
using SdkChat.Contract.Mutants;

namespace SdkChat.Contract.Tests;

/// <summary>
/// Requests that are generated from the OpenAPI document: what the service answers, and what is found where it answers otherwise.
/// </summary>
public sealed class FuzzTests
{
    /// <summary>One fault for each kind of problem, each at another operation.</summary>
    private static readonly (string Problem, Func<Reply, bool> IsMeant, int Status, string Body)[] Faults =
    [
        ("status 500", reply => reply.Path == Paths.AdminList + "/counts", 500, """{"success":false,"code":"INTERNAL","message":"x"}"""),
        ("status 503 without Retry-After", reply => reply.Method == "DELETE", 503, "{}"),
        ("status 418, which the document does not list", reply => reply.Path.EndsWith("/session/end", StringComparison.Ordinal), 418, "{}"),
        ("status 200 as 'application/json', which the document does not list", reply => reply.Path == Paths.Export, 200, "{}"),
        (
            "status 401 without WWW-Authenticate, which the document requires", reply => reply.Path == Paths.Validation, 401,
            """{"success":false,"code":"UNAUTHENTICATED","message":"x"}"""),
        (
            "status 202 with a body that the document describes otherwise", reply => reply.Status == 202, 202,
            """{"success":true,"data":{}}"""),
        (
            "status 200 for a value that the document excludes", reply => reply is { Method: "GET", Status: 400 }, 200,
            """{"success":true,"data":{}}"""),
        (
            "status 400 for an example of the document", reply => reply.Path == Paths.ApiKeys && reply.Status == 201, 400,
            """{"success":false,"code":"VALIDATION_FAILED","message":"x","errors":{}}"""),
    ];

    private Means _means = null!;

    /// <summary>
    /// A tenant and subjects of its own: some limits, such as one export at a time, are by tenant and subject, and other tests run beside.
    /// </summary>
    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        var @operator = new TestOperator(TestStand.Api);
        await @operator.AddTenantAsync("fuzz");
        _means = TestStand.Means with
        {
            Tenant = Credential.Token("TENANT_TOKEN", (await @operator.TokenAsync("fuzz"))!),
            Admin = TestStand.Means.AdminForge!.With(claims => claims["sub"] = "fuzz") with { Name = "ADMIN_TOKEN" },
            Key = Credential.Key("API_KEY", await @operator.CreateKeyAsync("fuzz")),
        };
    }

    [Test]
    public async Task Service_GeneratedRequests_AnswersEachAsDocumented()
    {
        var result = await RunAsync(TestStand.Api.BaseAddress, requests: 1000);

        result.Findings.Should().BeEmpty(result.Text());
        result.Requests.Should().Be(1000);
        result.Left.Should().BeEmpty();
        result.Statuses.Keys.Should().Contain([200, 201, 202, 400, 401, 404, 405, 415], result.Text());
    }

    [Test]
    public async Task Service_AnswersOtherwise_IsFound()
    {
        await using var proxy = await MutatingProxy.StartAsync(
            TestStand.Api.BaseAddress, new Mutant("answers otherwise", "") { Reply = Spoil });

        var result = await RunAsync(proxy.Address, requests: 250);

        result.Findings.Select(finding => finding.Problem.Split(':')[0])
            .Should().Contain(Faults.Select(fault => fault.Problem), result.Text());
        result.Text().Should().Contain($"seed 1, request {result.Findings[0].Number}")
            .And.Contain($"curl -i --globoff --path-as-is '{proxy.Address}");
        result.Text().Should().NotContainAny(_means.Tenant!.Value, _means.Admin!.Value, _means.Key!.Value);
    }

    /// <summary>Writes name only what the run created: the tenant's own key and the other tenants still work.</summary>
    [Test]
    public async Task Service_AfterARun_HasWhatItHadBefore()
    {
        await RunAsync(TestStand.Api.BaseAddress, requests: 200);

        (await TestStand.CheckAsync(_means, "1.tenant-endpoints", "1.backoffice-endpoints", "1.key-headers", "1.foreign-profile"))
            .Should().OnlyContain(outcome => outcome.Verdict == Engine.Verdict.Kept);
    }

    [Test]
    public async Task Service_MayNotBeWrittenTo_IsOnlyRead()
    {
        using var fuzzer = new Fuzzer(_means with { AllowsWrites = false, Admin = null });

        var result = await fuzzer.RunAsync(1, 60, TimeSpan.FromHours(1));

        result.Statuses.Keys.Should().NotContain([201, 202]);
        result.Left.Should().HaveCount(2).And.Contain(left => left.Contains("needs --allow-writes"))
            .And.Contain(left => left.Contains("needs --admin-token"));
    }

    private async Task<FuzzResult> RunAsync(Uri service, int requests)
    {
        using var fuzzer = new Fuzzer(_means with { Service = service });
        return await fuzzer.RunAsync(seed: 1, requests, TimeSpan.FromHours(1));
    }

    private static void Spoil(Reply reply)
    {
        foreach (var fault in Faults.Where(fault => fault.IsMeant(reply)).Take(1))
        {
            (reply.Status, reply.Body) = (fault.Status, fault.Body);
            reply.Headers["Content-Type"] = "application/json";
        }
    }
}
