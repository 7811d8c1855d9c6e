using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Tests.Live;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting;

/// <summary>The service does not depend on the order in which its features are registered.</summary>
public sealed class RegistrationOrderTests
{
    private readonly Rows _rows = new(SharedApi.ConnectionString);

    [Test]
    public async Task Services_RegisteredTheOtherWayRound_ServeDeliverAndEndStreams()
    {
        await using var api = await TestApi.StartAsync(SharedApi.ConnectionString, services: Reverse);
        var tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");
        using var ready = await api.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        ready.StatusCode.Should().Be(HttpStatusCode.OK);

        await using (var reader = await LiveReader.OpenAsync(api, tenant))
        {
            await _rows.EventAsync(tenant, tenant, tenant, "chat_completed");
            (await reader.NextAsync()).EventType.Should().Be("chat_completed");
        }

        using var stream = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(tenant));
        await _rows.ExecuteAsync("update tenant set enabled = false where tenant_id = @tenant", new { tenant });
        (await stream.ToEndAsync()).Should().BeTrue();
        await api.UntilEndedAsync(tenant, "tenant_disabled");
    }

    [Test]
    public void Reverse_ServicesOfOneType_ChangesTheirOrder()
    {
        var services = new ServiceCollection().AddSingleton<ICollection<int>>(_ => [1]).AddSingleton(TimeProvider.System)
            .AddSingleton<ICollection<int>>(_ => [2]);

        Reverse(services);

        services.BuildServiceProvider().GetServices<ICollection<int>>().SelectMany(numbers => numbers).Should().Equal(2, 1);
    }

    /// <summary>Where this service registers a type several times, the first becomes the last.</summary>
    private static void Reverse(IServiceCollection services)
    {
        foreach (var places in Enumerable.Range(0, services.Count).Where(place => IsOwn(services[place]))
            .GroupBy(place => services[place].ServiceType).Where(places => places.Count() > 1))
        {
            var (here, registered) = (places.ToArray(), places.Reverse().Select(place => services[place]).ToArray());
            for (var i = 0; i < here.Length; i++)
                services[here[i]] = registered[i];
        }
    }

    private static bool IsOwn(ServiceDescriptor service) =>
        !service.IsKeyedService
        && (service.ImplementationType ?? service.ImplementationInstance?.GetType() ?? service.ImplementationFactory?.Method.DeclaringType)?
            .Assembly.GetName().Name!.StartsWith("SdkChat.", StringComparison.Ordinal) == true;
}
