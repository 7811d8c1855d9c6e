using System.Collections.Frozen;
using SdkChat.Api.Auditing;
using SdkChat.Api.Chats;
using SdkChat.Api.Chats.Sdk;
using SdkChat.Api.Chats.Statistics;
using SdkChat.Api.FloorPlans;
using SdkChat.Api.Http;
using SdkChat.Api.Live;
using SdkChat.Api.Profiles;
using SdkChat.Api.Screens;
using SdkChat.Api.Tenants;
using SdkChat.Application.Auditing;
using SdkChat.Application.Chats;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Api.OpenApi;

/// <summary>An example of every body. They are instances of the response types, so their structure is always correct.</summary>
internal static class Examples
{
    private static readonly Guid Tenant = Guid.Parse("01970b6e-5a00-7c00-8000-000000000001");
    private static readonly Guid Stream = Guid.Parse("01970b6e-7000-7e10-8d00-2c3d4e5f6a7b");
    private static readonly Guid Profile = Guid.Parse("01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90");
    private static readonly Guid Session = Guid.Parse("01970b6e-6001-7d10-9c44-5b1f0e6a7d33");
    private static readonly Guid Chat = Guid.Parse("01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02");
    private static readonly DateTimeOffset Asked = new(2026, 4, 23, 5, 28, 8, TimeSpan.Zero);
    private static readonly DateTimeOffset Answered = new(2026, 4, 23, 5, 30, 0, 250, TimeSpan.Zero);

    private static readonly RawJson Document = RawJson.FromText(
        """{"name":"Sato Hanako","gender":"F","age":32,"locale":"ja","allergies":["nuts"]}""");
    private static readonly RawJson Todos = RawJson.FromText("""[{"id":"t1","text":"Udon","quantity":3}]""");
    private static readonly RawJson Recommended = RawJson.FromText(
        """[{"id":"p1","name":"Sanuki udon","section":"Noodles","price":298,"currency":"JPY","reason":{"ko":"…","en":"Quick and warm.","ja":"…"}}]""");
    private static readonly RawJson Notifications = RawJson.FromText(
        """[{"id":"n1","title":"Udon","message":"On your left.","product_id":"p1","position":{"x":0.42,"y":0.17}}]""");

    private static readonly RawJson Meta = RawJson.FromText("""{"entrance":"north"}""");

    private static readonly ProfileSummaryResponse Summary = new() { Name = "Sato Hanako", Gender = "F", Age = 32, Locale = "ja" };

    private const string Picture = "(the bytes of the picture)";

    private static readonly FloorPlanResponse Plan = new()
    {
        Version = Session, ContentType = "image/png", Width = 1000, Height = 640, Bytes = 16519, UpdatedAt = Asked, UpdatedBy = "hanako",
    };

    private static readonly ChatStatsResponse Stats = new()
    {
        From = new DateTimeOffset(2026, 4, 22, 15, 0, 0, TimeSpan.Zero), To = new DateTimeOffset(2026, 4, 23, 15, 0, 0, TimeSpan.Zero),
        Bucket = "day", Tz = "Asia/Tokyo",
        Buckets =
        [
            new StatsBucketResponse
            {
                Start = new DateTimeOffset(2026, 4, 22, 15, 0, 0, TimeSpan.Zero), Started = 234, Completed = 214, Error = 12, Ended = 6,
                InProgress = 2, Triggered = 75, AnswerMs = new AnswerTimesResponse(4200, 11900),
            },
        ],
        Total = new StatsNumbersResponse
        {
            Started = 234, Completed = 214, Error = 12, Ended = 6, InProgress = 2, Triggered = 75,
            AnswerMs = new AnswerTimesResponse(4200, 11900),
        },
        Errors = [new ErrorCountResponse("The pipeline did not finish in time.", 9)],
        Items = [new ItemCountResponse("Sanuki udon", 57)],
        Questions = [new QuestionCountResponse("Dinner ideas?", 31)],
    };

    private static readonly BlockResponse Blocked = new()
    {
        BlockId = Session, TenantId = Tenant, Subject = "hanako", Until = new(2026, 4, 30, 15, 0, 0, TimeSpan.Zero),
        Reason = "The account was taken over.", CreatedAt = Answered, CreatedBy = "admin@aika.life",
    };

    private static readonly ApiKeyResponse Key = new()
    {
        KeyPrefix = "osk_demo_01234567", Name = "iOS app, 2026", Status = ApiKeyState.Active, CreatedAt = Asked,
        ExpiresAt = Asked.AddDays(90), RevokedAt = null, LastUsedAt = Answered,
    };

    private static readonly FrozenDictionary<Type, object> ByType = new object[]
    {
        Document,
        new StartChatRequest("Dinner ideas?"),
        new TriggerBackListRequest { ChatId = Chat, NotificationItems = Notifications },
        PageOf(new ChatListItemResponse
        {
            ChatId = Chat, ProfileId = Profile, ProfileSummary = Summary, Prompt = "Dinner ideas?", Status = ChatStatus.Completed,
            LastError = null, CreatedAt = Asked, UpdatedAt = Answered, EndedAt = null,
        }),
        PageOf(new AdminChatListItemResponse
        {
            TenantId = Tenant, ChatId = Chat, ProfileId = Profile, ProfileSummary = Summary, Prompt = "Dinner ideas?",
            Status = ChatStatus.Error, LastError = "The pipeline did not finish in time.", CreatedAt = Asked, UpdatedAt = Answered,
            EndedAt = null,
        }),
        Answer(new ChatCountsResponse { Total = 234, InProgress = 2, Completed = 214, Error = 12, Ended = 6, Triggered = 75 }),
        Answer(Stats),
        Answer(new AdminChatStatsResponse
        {
            From = Stats.From, To = Stats.To, Bucket = Stats.Bucket, Tz = Stats.Tz, Buckets = Stats.Buckets, Total = Stats.Total,
            Errors = Stats.Errors, Items = Stats.Items, Questions = Stats.Questions,
            Groups = [new TenantStatsResponse(Tenant, "demo", Stats.Total)],
        }),
        Answer(new ChatDetailResponse
        {
            ChatId = Chat, ProfileId = Profile, ProfileSessionId = Session, ProfileSummary = Summary, Prompt = "Dinner ideas?",
            Status = ChatStatus.Completed, BackListStatus = "completed", Todos = Todos, RecommendedItems = Recommended,
            NotificationItems = Notifications, LastError = null,
            CreatedAt = Asked, UpdatedAt = Answered, EndedAt = null,
        }),
        Answer(new TimelineResponse(
            [
                new TimelineItemResponse { At = Asked, Type = TimelineEntryType.Started },
                new TimelineItemResponse
                {
                    At = Asked.AddSeconds(30), Type = TimelineEntryType.Stamped, Status = "ENTERED_STORE", Meta = Meta,
                },
                new TimelineItemResponse { At = Answered, Type = TimelineEntryType.Completed },
                new TimelineItemResponse
                {
                    At = Answered.AddMinutes(5), Type = TimelineEntryType.BacklistTriggered, NotificationItems = Notifications,
                },
            ],
            OmittedTriggers: null)),
        Answer(new PolledChatResponse
        {
            ChatId = Chat, ProfileId = Profile, Prompt = "Dinner ideas?", Status = ChatStatus.Completed, BackListStatus = "completed",
            Todos = Todos, RecommendedItems = Recommended, NotificationItems = Notifications, LastError = null, CreatedAt = Asked,
            UpdatedAt = Answered, EndedAt = null,
        }),
        Answer(new StreamPageResponse(
            [
                new StreamResponse
                {
                    StreamId = Stream, TenantId = Tenant, TenantCode = "demo", Subject = "hanako", Node = "sdkchat-7d4b", Since = Asked,
                    Sent = 42, Queued = 0,
                },
            ],
            Total: 1, Page: 0, Size: 20, new NodesResponse(Asked: 3, Answered: 3))),
        Answer(new DisconnectedStreamResponse(Stream)),
        PageOf(new TenantResponse { TenantId = Tenant, Code = "demo", Name = "Demo shop", Enabled = true }),
        Answer(new TenantOverviewPageResponse(
            [
                new TenantOverviewResponse
                {
                    TenantId = Tenant, Code = "demo", Name = "Demo shop", Enabled = true, Chats = 412, Failed = 9, Waiting = 2,
                    WaitingSince = Asked, LastChatAt = Answered, Streams = 3, ExpiringKeys = 1, NextKeyExpiry = Asked.AddDays(9),
                },
            ],
            Total: 1, Page: 0, Size: 20, From: new(2026, 4, 22, 15, 0, 0, TimeSpan.Zero), new NodesResponse(Asked: 3, Answered: 3))),
        Answer(new TenantResponse { TenantId = Tenant, Code = "demo", Name = "Demo shop", Enabled = true }),
        new AddTenantRequest("demo", "Demo shop"),
        new UpdateTenantRequest("Demo shop", Enabled: false),
        new CreateApiKeyRequest("iOS app, 2026", ExpiresInDays: 90),
        Answer(new CreatedApiKeyResponse
        {
            // Split, so that secret scanners do not report it.
            Key = "osk_demo_" + "01234567890123456789012345678901", KeyPrefix = "osk_demo_01234567", Name = "iOS app, 2026",
            CreatedAt = Asked, ExpiresAt = Asked.AddDays(90),
        }),
        new BlockRequest(Tenant, "hanako", "2099-05-01T00:00:00+09:00", "The account was taken over."),
        PageOf(Blocked),
        Answer(Blocked),
        PageOf(new AuditEntryResponse
        {
            AuditId = Session, At = Asked, LastAt = Answered, Count = 7, Caller = AuditCaller.Backoffice, Subject = "admin@aika.life",
            Action = "read_chat", TenantId = Tenant, TargetId = Chat, TargetKind = "chat", KeyPrefix = null, Status = 200,
            RequestId = "0HN7GLLMD2F3K:00000001",
        }),
        PageOf(new AccessEntryResponse
        {
            At = Asked, LastAt = Answered, Count = 7, Action = "read_chat", ChatId = Chat, ProfileId = null, AllTenants = false,
        }),
        PageOf(Key),
        Answer(Key),
        Answer(new StartedChatResponse(Chat, Profile, ChatStatus.InProgress)),
        Answer(new TriggeredBackListResponse(Chat, Profile, "completed", Notifications)),
        Answer(new ProfileIdResponse(Profile)),
        Answer(new ProfileResponse(Profile, Document)),
        Answer(new SessionResponse(Session, Profile, Asked, Answered, [new SessionStampResponse("ENTERED_STORE", Meta, Asked)])),
        Answer(new ProfileHistoryResponse
        {
            ProfileId = Profile, ProfileSummary = Summary, Data = Document, CreatedAt = Asked.AddDays(-3), UpdatedAt = Asked,
            DeletedAt = null, FirstSeenAt = Asked.AddDays(-3), LastSeenAt = Answered,
            Sessions = [new ProfileSessionResponse(
                Session, Asked.AddMinutes(-1), EndedAt: null, [new SessionStampResponse("ENTERED_STORE", Meta, Asked)])],
        }),
        new EraseProfileRequest(Profile, "Sato Hanako"),
        Answer(new ErasedProfileResponse { ProfileId = Profile, ErasureId = Session, ErasedAt = Answered, Chats = 44, Sessions = 12 }),
        new AddScreenRequest("Counter, ground floor"),
        Answer(new ScreensResponse(
        [
            new ScreenResponse
            {
                ScreenId = Session, Name = "Counter, ground floor", CreatedAt = Asked, CreatedBy = "hanako", ActivatedAt = Answered,
                LastUsedAt = Answered, UsableUntil = null,
            },
        ])),
        Answer(new AddedScreenResponse
        {
            // Split, so that secret scanners do not report it.
            ScreenId = Session, Name = "Counter, ground floor", Path = "/console/wall#" + "0123456789012345678901234567890123456789012",
            UsableUntil = Asked.AddMinutes(10),
        }),
        Answer(new FloorPlanStateResponse(Plan)),
        Answer(Plan),
        new StampSessionRequest { Status = "ENTERED_STORE", Meta = Meta },
        Answer(new StampedSessionResponse(Session, Profile, "ENTERED_STORE", Asked)),
        Answer(new KeyValidationResponse("active", "client_sdk", "osk_demo_01234567", "demo", Asked, null)),
        // The only body that is not JSON: the stream.
        $$"""
        retry: 2250

        event: ready
        data: {}

        event: chat_completed
        data: {"profile_id":"{{Profile}}","chat_id":"{{Chat}}"}

        event: ping
        data:


        """,
    }.ToFrozenDictionary(example => example.GetType());

    /// <summary>The examples of exports, by media type.</summary>
    public static readonly FrozenDictionary<string, object> Files = new Dictionary<string, object>
    {
        ["text/csv"] = "chat_id,profile_id,name,gender,age,locale,prompt,status,last_error,created_at,updated_at,ended_at\r\n"
            + $"{Chat},{Profile},Sato Hanako,F,32,ja,Dinner ideas?,completed,,2026-04-23T05:28:08Z,2026-04-23T05:30:00.250Z,\r\n",
        ["application/x-ndjson"] = $$"""
            {"chat_id":"{{Chat}}","profile_id":"{{Profile}}","profile_summary":{"name":"Sato Hanako","gender":"F","age":32,"locale":"ja"},"prompt":"Dinner ideas?","status":"completed","last_error":null,"created_at":"2026-04-23T05:28:08Z","updated_at":"2026-04-23T05:30:00.250Z","ended_at":null}

            """,
        ["image/png"] = Picture, ["image/jpeg"] = Picture, ["image/webp"] = Picture,
    }.ToFrozenDictionary();

    /// <returns>Null for a type without an example, which a test reports.</returns>
    public static object? Get(Type? type) => type is null ? null : ByType.GetValueOrDefault(type);

    private static ApiResponse<T> Answer<T>(T data) => new(data);

    private static ApiResponse<PageResponse<T>> PageOf<T>(T item) => Answer(new PageResponse<T>([item], Total: 234, Page: 0, Size: 1));
}
