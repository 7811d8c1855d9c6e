using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tests.Authentication;

public sealed class TenantHostsTests
{
    private static readonly TenantHosts Hosts = new(Options.Create(new HostsOptions()));

    [TestCase("demo.aika.life", true)]
    [TestCase("demo.ones1ght.com", true)]
    [TestCase("DEMO.Aika.LIFE", true)]
    [TestCase("demo.aika.life.", true)]
    [TestCase("demo.aika.life:8443", true)]
    [TestCase("demo.aika.life.:8443", true)]
    [TestCase("acme.aika.life", false)]
    [TestCase("ACME.aika.life.:443", false)]
    [TestCase("demo2.aika.life", false)]
    [TestCase("xdemo.aika.life", false)]
    [TestCase("admin.aika.life", true)]
    [TestCase("API.ones1ght.com", true)]
    [TestCase("aika.life", true)]
    [TestCase("localhost:5080", true)]
    [TestCase("127.0.0.1", true)]
    [TestCase("[::1]:5080", true)]
    [TestCase("sdkchat.default.svc.cluster.local", true)]
    [TestCase("acme.example.com", true)]
    [TestCase("acmeaika.life", true)]
    [TestCase("", true)]
    public void IsAllowed_OnATenantHost_OnlyForThatTenant(string host, bool allowed) =>
        Hosts.IsAllowed(new HostString(host), Code("demo")).Should().Be(allowed);

    [TestCase("demo.eu.example.com", true)]
    [TestCase("acme.eu.example.com", false)]
    [TestCase("eu.example.com", true)]
    [TestCase("us.example.com", false)]
    [TestCase("demo.aika.life", true)]
    [TestCase("acme.aika.life", true)]
    public void IsAllowed_ConfiguredSuffixes_ReplaceTheDefaults(string host, bool allowed)
    {
        var hosts = new TenantHosts(Options.Create(new HostsOptions { TenantSuffixes = ["example.com", ".eu.example.com."] }));

        hosts.IsAllowed(new HostString(host), Code("demo")).Should().Be(allowed);
    }

    private static TenantCode Code(string text) => TenantCode.TryParse(text, out var code) ? code : throw new ArgumentException(text);
}
