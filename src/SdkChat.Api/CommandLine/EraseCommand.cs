using System.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.CommandLine;

/// <summary><c>erase</c>: erases a person's data.</summary>
internal static class EraseCommand
{
    public static Command Create(IDatabaseSource databases)
    {
        var tenant = TenantOption.Required();
        var profile = new Option<Guid>("--profile") { Description = "The person's profile", HelpName = "UUID", Required = true };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new VerbCommand(
            "erase",
            "Erase a person for good: profile, chats with prompts and results, sessions. Counts follow. Safe while the service runs, "
                + "and to run twice.",
            "erase --tenant demo --profile 01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90",
            "erase --tenant demo --profile 01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90 --yes")
        {
            tenant, profile, yes, databases,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (named, id) = (parsed.GetValue(tenant)!, parsed.GetValue(profile));
            if (!parsed.GetValue(yes))
                await ConfirmAsync(named, id, cancellationToken);
            await using var context = await CommandContext.StartAsync(databases, parsed, cancellationToken);
            var erasure = await context.SendAsync(new EraseProfileCommand(named, new ProfileId(id)), cancellationToken);
            Console.WriteLine(erasure is null
                ? "Nothing to erase: the tenant has no such profile."
                : FormattableString.Invariant(
                    $"Erased the profile, {erasure.Chats} chats and {erasure.Sessions} sessions. Record of it: {erasure.Id}."));
        });
        return command;
    }

    private static async Task ConfirmAsync(string tenant, Guid profile, CancellationToken cancellationToken)
    {
        await Console.Error.WriteAsync($"Erase profile {profile} of tenant '{tenant}' and all its chats for good? Type yes: ");
        if ((await Console.In.ReadLineAsync(cancellationToken))?.Trim() != "yes")
            throw new CommandFailedException("Nothing was erased.");
    }
}
