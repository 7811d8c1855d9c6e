using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting;

public sealed class InterruptedStartTests
{
    [Test]
    public async Task Serve_StoppedByASignalWhileItBeginsToListen_EndsLikeAnyOtherStop()
    {
        var isListening = false;
        var steps = new ServiceSteps
        {
            Build = _ => TestApi.Build(
                SharedApi.ConnectionString, new Dictionary<string, string?> { ["Pipeline:BaseUrl"] = "http://127.0.0.1:1" },
                services => services.AddHostedService<Interruption>()),
            AfterListening = (_, _) =>
            {
                isListening = true;
                return Task.CompletedTask;
            },
        };

        await ServiceRun.ServeAsync(
            WebApplication.CreateEmptyBuilder(new WebApplicationOptions()), SharedApi.ConnectionString, steps, CancellationToken.None);

        isListening.Should().BeFalse();
    }

    /// <summary>What a signal does, in the midst of the start.</summary>
    private sealed class Interruption(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
