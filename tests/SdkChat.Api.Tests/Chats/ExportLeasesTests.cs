using SdkChat.Api.Chats.Export;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tests.Chats;

public sealed class ExportLeasesTests
{
    private static readonly TenantId Tenant = new(Guid.NewGuid());

    [Test]
    public void Acquire_WhileTheCallersOtherExportRuns_IsRateLimited()
    {
        var leases = new ExportLeases();
        using var first = leases.Acquire(Tenant, "hanako");

        var second = () => leases.Acquire(Tenant, "hanako");

        second.Should().Throw<SdkChatException>().Which.Code.Should().Be(ErrorCode.RateLimited);
    }

    [Test]
    public void Acquire_ByAnotherCaller_IsAdmitted()
    {
        var leases = new ExportLeases();
        using var first = leases.Acquire(Tenant, "hanako");

        using var colleague = leases.Acquire(Tenant, "taro");
        using var otherTenant = leases.Acquire(new TenantId(Guid.NewGuid()), "hanako");
        using var backoffice = leases.Acquire(null, "hanako");

        colleague.Should().NotBeSameAs(first);
    }

    [Test]
    public void Dispose_Twice_DoesNotEndALaterLease()
    {
        var leases = new ExportLeases();
        var first = leases.Acquire(Tenant, "hanako");
        first.Dispose();
        using var second = leases.Acquire(Tenant, "hanako");
        first.Dispose();

        var third = () => leases.Acquire(Tenant, "hanako");

        third.Should().Throw<SdkChatException>();
    }
}
