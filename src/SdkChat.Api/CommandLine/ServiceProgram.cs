using SdkChat.Api.CommandLine.Instance;

namespace SdkChat.Api.CommandLine;

/// <summary>The published program: the service and the operator commands.</summary>
internal static class ServiceProgram
{
    public static CommandProgram Create()
    {
        var databases = new ConfiguredDatabase();
        return new CommandProgram(
            "dotnet SdkChat.Api.dll",
            [
                UpCommand.Create(),
                MigrateCommand.Create(databases),
                TenantCommand.Create(databases),
                ApiKeyCommand.Create(databases),
                RepairCommand.Create(databases),
                EraseCommand.Create(databases),
                OpenApiCommand.Create(),
                VersionCommand.Create(),
            ]);
    }
}
