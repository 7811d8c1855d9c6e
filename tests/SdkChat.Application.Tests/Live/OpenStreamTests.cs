using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Live;

public sealed class OpenStreamTests
{
    private static readonly TenantId Id = new(Guid.NewGuid());

    private readonly Mock<ILiveStreams> _streams = new();
    private readonly Mock<ILiveStream> _stream = new();
    private readonly Mock<ITenantCache> _tenants = new();
    private readonly Mock<IBlockCache> _blocks = new();

    [SetUp]
    public void Start()
    {
        _stream.Reset();
        _streams.Reset();
        _tenants.Reset();
        _blocks.Reset();
        _streams.Setup(streams => streams.Open(Id, StreamFilter.Default, null, "hanako", null)).Returns(_stream.Object);
    }

    [Test]
    public async Task Open_TenantStillEnabled_GivesTheStream()
    {
        Directory(enabled: true);

        (await OpenAsync()).Should().BeSameAs(_stream.Object);
        _stream.Verify(stream => stream.Dispose(), Times.Never);
    }

    [Test]
    public async Task Open_TenantDisabledWhileItWasLetIn_EndsTheStreamAndSaysWhy()
    {
        Directory(enabled: false);

        (await FluentActions.Awaiting(OpenAsync).Should().ThrowAsync<SdkChatException>()).Which.Code.Should().Be(ErrorCode.TenantDisabled);
        _stream.Verify(stream => stream.End(StreamEndReason.TenantDisabled));
        _stream.Verify(stream => stream.Dispose());
    }

    [Test]
    public async Task Open_UserBlockedWhileLetIn_EndsTheStreamAndSaysWhy()
    {
        Directory(enabled: true);
        _blocks.Setup(blocks => blocks.IsBlockedAsync(Id, "hanako", It.IsAny<CancellationToken>())).ReturnsAsync(true);

        (await FluentActions.Awaiting(OpenAsync).Should().ThrowAsync<SdkChatException>()).Which.Code.Should().Be(ErrorCode.Blocked);
        _stream.Verify(stream => stream.End(StreamEndReason.Blocked));
        _stream.Verify(stream => stream.Dispose());
    }

    [Test]
    public async Task Open_TenantThatCannotBeReadAgain_SaysRetryAndLeavesNoStreamBehind()
    {
        _tenants.Setup(tenants => tenants.FindAsync(Id, It.IsAny<CancellationToken>()))
            .Throws(new UnavailableException(new TimeoutException()));
        var retry = Mock.Of<ILiveStream>();
        _streams.Setup(streams => streams.OpenRetryOnly(Id)).Returns(retry);

        (await OpenAsync()).Should().BeSameAs(retry);
        _stream.Verify(stream => stream.End(StreamEndReason.Unavailable));
        _stream.Verify(stream => stream.Dispose());
    }

    /// <summary>Also where the tenant can be read again by now: its host was never checked.</summary>
    [Test]
    public async Task Open_TenantThatWasNotVerified_SaysRetryWhateverItIsNow()
    {
        Directory(enabled: true);
        var retry = Mock.Of<ILiveStream>();
        _streams.Setup(streams => streams.OpenRetryOnly(Id)).Returns(retry);

        (await OpenAsync(isTenantVerified: false)).Should().BeSameAs(retry);
        _streams.Verify(
            streams => streams.Open(
                It.IsAny<TenantId>(), It.IsAny<StreamFilter>(), It.IsAny<DateTimeOffset?>(), It.IsAny<string?>(), It.IsAny<string?>()),
            Times.Never);
    }

    [Test]
    public async Task Open_WithNamesAndAProfile_FiltersByThem()
    {
        Directory(enabled: true);
        var profile = new ProfileId(Guid.NewGuid());
        _streams.Setup(
            streams => streams.Open(Id, new StreamFilter(LiveEvents.ChatFailed | LiveEvents.ChatStarted, profile), null, "hanako", null))
            .Returns(_stream.Object);

        (await SendAsync(new OpenStreamCommand(Id, "hanako", null) { Events = "chat_failed,chat_started,chat_failed", Profile = profile }))
            .Should().BeSameAs(_stream.Object);
    }

    [TestCase("")]
    [TestCase("chat_started,")]
    [TestCase("ready")]
    [TestCase("CHAT_STARTED")]
    public async Task Open_WithAnUnknownName_IsRefused(string names) =>
        (await FluentActions.Awaiting(() => SendAsync(new OpenStreamCommand(Id, "hanako", null) { Events = names }))
            .Should().ThrowAsync<ValidationException>())
            .Which.Errors.Should().ContainSingle().Which.PropertyName.Should().Be("events");

    [Test]
    public void Names_InTheirOrder_AreTheKinds() =>
        LiveEventNames.All.Select(name => LiveEventNames.TryParse(name, out var kind) ? kind : LiveEvents.None).Should().Equal(
            LiveEvents.ChatStarted, LiveEvents.ChatCompleted, LiveEvents.ChatFailed, LiveEvents.ChatEnded, LiveEvents.BacklistTriggered);

    private Task<ILiveStream> OpenAsync() => OpenAsync(isTenantVerified: true);

    private Task<ILiveStream> OpenAsync(bool isTenantVerified) =>
        SendAsync(new OpenStreamCommand(Id, "hanako", null) { IsTenantVerified = isTenantVerified });

    private async Task<ILiveStream> SendAsync(OpenStreamCommand command)
    {
        await using var services = new ServiceCollection()
            .AddApplication().AddSingleton(_streams.Object).AddSingleton(_tenants.Object).AddSingleton(_blocks.Object)
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
    }

    private void Directory(bool enabled)
    {
        var code = TenantCode.TryParse("demo", out var parsed) ? parsed : default;
        _tenants.Setup(tenants => tenants.FindAsync(Id, It.IsAny<CancellationToken>())).ReturnsAsync(new Tenant(Id, code, "Demo", enabled));
    }
}
