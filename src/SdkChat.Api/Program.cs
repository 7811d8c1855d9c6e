using SdkChat.Api.Hosting;

await ApiHost.Build(WebApplication.CreateBuilder(args)).RunAsync();
