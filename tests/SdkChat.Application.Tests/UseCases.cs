using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Pipelines;
using SdkChat.Application.Profiles;

namespace SdkChat.Application.Tests;

/// <summary>The use cases of the SDK as the Api calls them: through MediatR and its behaviours, with every port replaced.</summary>
internal sealed class UseCases
{
    public Mock<IProfileRepository> Profiles { get; } = new();

    public Mock<IChatRepository> Chats { get; } = new();

    public Mock<IIdempotencyStore> Idempotency { get; } = new();

    public Mock<IPipeline> Pipeline { get; } = new(MockBehavior.Strict);

    public Mock<IPendingRuns> Runs { get; } = new();

    public Mock<IRunSignal> Signal { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 4, 23, 5, 28, 8, TimeSpan.Zero));

    public RunPolicy Policy { get; } = new(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));

    public async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var services = new ServiceCollection()
            .AddApplication()
            .AddSingleton(Profiles.Object)
            .AddSingleton(Chats.Object)
            .AddSingleton(Idempotency.Object)
            .AddSingleton(Pipeline.Object)
            .AddSingleton(Runs.Object)
            .AddSingleton(Signal.Object)
            .AddSingleton(Policy)
            .AddSingleton<TimeProvider>(Clock)
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }
}
