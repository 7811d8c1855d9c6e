using SdkChat.Api.CommandLine;
using SdkChat.Development.Instance;
using SdkChat.Development.Remote;

namespace SdkChat.Development.Commands;

/// <summary>The program behind <c>./sdkchat</c>: the operator commands on an embedded database, and the commands for development.</summary>
internal static class DevelopmentProgram
{
    public static CommandProgram Create()
    {
        var databases = new DevelopmentDatabaseSource();
        return new CommandProgram(
            "./sdkchat",
            [
                DevelopmentUpCommand.Create(databases),
                MigrateCommand.Create(databases),
                SignInCommand.Create(databases),
                TokenCommand.Create(databases),
                TenantCommand.Create(databases),
                ApiKeyCommand.Create(databases),
                SeedCommand.Create(databases),
                RepairCommand.Create(databases),
                EraseCommand.Create(databases),
                DemoCommand.Create(databases),
                ChatsCommand.Create(),
                ChatCommand.Create(),
                TailCommand.Create(),
                ExportCommand.Create(),
                StatsCommand.Create(),
                AuditCommand.Create(),
                OpenApiCommand.Create(),
                VersionCommand.Create(),
            ]);
    }
}
