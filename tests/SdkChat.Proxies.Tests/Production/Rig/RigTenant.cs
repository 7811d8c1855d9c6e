using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>A tenant, with what its app signs in with.</summary>
internal sealed record RigTenant(Guid Id, string Code, string SdkKey)
{
    /// <summary>A token of one of its admins.</summary>
    public string AdminToken(string subject = "someone") => TestTokens.Hs256(
        new Dictionary<string, object?>(TestTokens.TenantClaims(Id, TimeProvider.System.GetUtcNow())) { ["sub"] = subject },
        TestTokens.TenantSecret);

    /// <param name="connectionString">As the service's role.</param>
    public static async Task<RigTenant> AddAsync(string connectionString, string code)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:SdkChat", connectionString + ";Pooling=false")]).Build();
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration).AddLogging().AddApplication().AddInfrastructure().BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var tenant = await mediator.Send(new AddTenantCommand(code, code));
        var key = await mediator.Send(new CreateApiKeyCommand(code, null));
        return new RigTenant(tenant.Id.Value, code, key.Key.Secret);
    }
}
