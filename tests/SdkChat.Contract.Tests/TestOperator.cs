using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Tenants;
using SdkChat.Contract.Standing;
using SdkChat.TestSupport;

namespace SdkChat.Contract.Tests;

/// <summary>Does what the service's verbs do, without a process for each.</summary>
internal sealed class TestOperator(TestApi api) : IOperator
{
    public Task AddTenantAsync(string code) => SendAsync(new AddTenantCommand(code, null));

    public Task DisableTenantAsync(string code) => SendAsync(new SetTenantEnabledCommand(code, false));

    public async Task<string> CreateKeyAsync(string tenant) => (await SendAsync(new CreateApiKeyCommand(tenant))).Key.Secret;

    public Task RevokeKeyAsync(string key) => SendAsync(new RevokeApiKeyCommand(key));

    public async Task<string?> TokenAsync(string tenant) =>
        api.TenantToken((await SendAsync(new FindTenantQuery(tenant))).Id.Value, code: tenant);

    private async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = api.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }
}
