using SdkChat.Application.Auditing;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Auditing;

namespace SdkChat.Infrastructure.Tests.Auditing;

public sealed class AuditRowTests
{
    private static readonly AuditEntry Read = new(
        new DateTimeOffset(2026, 4, 23, 5, 0, 0, TimeSpan.Zero), "hanako", "list_chats", new TenantId(Guid.NewGuid()), Guid.NewGuid(), 200,
        "1") { Page = "page=0" };

    private static IEnumerable<AuditEntry> Others =>
    [
        Read with { At = Read.At.AddHours(1) },
        Read with { Subject = "jiro" },
        Read with { Action = "read_chat" },
        Read with { Tenant = null },
        Read with { Target = null },
        Read with { Page = "page=1" },
        Read with { Page = null },
    ];

    [Test]
    public void From_ReadsOfOnePageWithinAnHour_HaveOneId() =>
        AuditRow.From(Read with { At = Read.At.AddMinutes(59), RequestId = "2", Status = 304 }).Id.Should().Be(AuditRow.From(Read).Id);

    [TestCaseSource(nameof(Others))]
    public void From_AnythingElse_HasAnother(AuditEntry other) => AuditRow.From(other).Id.Should().NotBe(AuditRow.From(Read).Id);

    [Test]
    public void Merge_SeveralOfOneId_CountsThemAndKeepsTheFirst()
    {
        var later = Read with { At = Read.At.AddMinutes(5), RequestId = "2" };
        var single = Read with { Page = null };

        var rows = AuditRow.Merge([AuditRow.From(Read), AuditRow.From(single), AuditRow.From(later)]);

        rows.Select(row => (row.Entry, row.Count, row.LastAt)).Should().Equal((Read, 2, later.At), (single, 1, single.At));
    }
}
