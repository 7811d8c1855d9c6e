using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

public sealed class FeedConnectionsTests
{
    private static readonly object FromTheStart = new
    {
        seen = "1:1:", lastXid = "0", target = (string?)null, after = 0L, kinds = ChatEventKinds.ToRead(LiveEvents.Default), page = 200,
        pageBytes = 1 << 20,
    };

    /// <summary>The plan is made before there are events, and kept while they come.</summary>
    [TestCase("")]
    [TestCase(";Options=-c work_mem=8MB")]
    public async Task Read_PlannedWhileThereAreNoEvents_WalksTheIndexes(string own)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connections = new FeedConnections(
            new ConfigurationBuilder().AddInMemoryCollection(
                [new($"ConnectionStrings:{DatabaseConnection.Name}", database.ConnectionString + own)]).Build(),
            Options.Create(new DatabaseOptions()));

        var plan = await connections.Database.QueryAsync<string>("explain " + EventFeedSql.Read, FromTheStart, default);

        plan.Should().Contain(line => line.Contains("Index Scan on chat_event_"));
        plan.Should().NotContain(line => line.Contains("Seq Scan on chat_event_0"));
        plan.Should().NotContain(line => line.Contains("JIT"));
        if (own.Length > 0)
            (await connections.Database.QuerySingleOrDefaultAsync<string>("show work_mem", null, default)).Should().Be("8MB");
    }
}
