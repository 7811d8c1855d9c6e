using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats;

/// <summary>Chats of several tenants that are looked up at the same time, and therefore with one statement.</summary>
public sealed class ChatLookupsTests
{
    private readonly List<(Guid Tenant, Guid Profile, Guid Chat, string Status)> _chats = [];
    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        var rows = new Rows(_database.ConnectionString);
        foreach (var code in new[] { "one", "two", "three" })
        {
            var tenant = await rows.TenantAsync(code);
            foreach (var _ in Enumerable.Range(0, 2))
            {
                var profile = await rows.ProfileAsync(tenant, """{"locale":"ko-KR"}""");
                foreach (var status in new[] { "in_progress", "completed", "error", "ended" })
                {
                    var chat = await rows.ChatAsync(tenant, profile, status: status, notificationItems: $"[\"{code}\"]");
                    _chats.Add((tenant, profile, chat, status));
                }
            }
        }

        await rows.ExecuteAsync(
            "insert into pipeline_run (chat_id, tenant_id, due_at, started_at) select chat_id, tenant_id, now(), now() from sdk_chat "
            + "where status = 'in_progress'");
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Find_ManyAtOnce_GivesEachWhatItGetsAlone()
    {
        var others = _chats.ConvertAll(chat => Key(chat.Tenant, chat.Profile, Guid.NewGuid()));
        List<ChatKeyParameters> keys =
        [
            .. _chats.Select(chat => Key(chat.Tenant, chat.Profile, chat.Chat)),
            // As another tenant, as another profile, without a profile, and without a chat.
            .. _chats.Select(chat => Key(_chats.First(other => other.Tenant != chat.Tenant).Tenant, chat.Profile, chat.Chat)),
            .. _chats.Select(chat => Key(
                chat.Tenant, _chats.First(other => other.Tenant == chat.Tenant && other.Profile != chat.Profile).Profile, chat.Chat)),
            .. _chats.Select(chat => Key(chat.Tenant, Guid.NewGuid(), chat.Chat)),
            .. others,
        ];
        keys =
        [
            .. keys, .. keys.Select(key => key with { Known = new ChatVersion(0, new DateTime(2026, 4, 23, 5, 28, 8, DateTimeKind.Utc)) }),
        ];
        var alone = new List<ChatLookup>();
        foreach (var key in keys)
            alone.Add(await new ChatLookups(new Database(_source), TimeProvider.System).FindAsync(key, default));
        alone.Count(lookup => lookup.IsKnown).Should().Be(_chats.Count(chat => chat.Status != "in_progress"));
        alone.Count(lookup => lookup.Chat is not null).Should().Be((2 * _chats.Count) - alone.Count(lookup => lookup.IsKnown));

        var lookups = new ChatLookups(new Database(_source), TimeProvider.System);
        var together = await Task.WhenAll(Enumerable.Range(0, 5).SelectMany(_ => keys).Select(key => lookups.FindAsync(key, default)));

        for (var n = 0; n < together.Length; n++)
            together[n].Should().BeEquivalentTo(
                alone[n % keys.Count], options => options.WithStrictOrdering(), "of {0}", keys[n % keys.Count]);
    }

    private static ChatKeyParameters Key(Guid tenant, Guid profile, Guid chat) =>
        new(new TenantId(tenant), new ProfileId(profile), new ChatId(chat));
}
