using System.CommandLine;

namespace SdkChat.Api.CommandLine;

/// <summary>
/// The tenant of a <c>tenant</c> verb: <see cref="TenantOption"/> or, as in version 0.1.0, the first argument. One of them is required.
/// </summary>
/// <param name="helpName">The placeholder for the tenant in the help and in errors.</param>
internal sealed class NamedTenant(string description, string helpName)
{
    private readonly Option<string?> _option = TenantOption.Optional(description, helpName);
    private readonly Argument<string?> _argument = new("CODE") { Arity = ArgumentArity.ZeroOrOne, Hidden = true };

    public NamedTenant()
        : this("Code or id of the tenant, for instance demo", TenantOption.HelpName)
    {
    }

    public void AddTo(Command command)
    {
        command.Add(_option);
        command.Add(_argument);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(_option) is null) == (result.GetValue(_argument) is null))
                result.AddError($"'{command.Name}' needs one tenant: {TenantOption.Name} {helpName}");
        });
    }

    public string Get(ParseResult parsed) => parsed.GetValue(_option) ?? parsed.GetValue(_argument)!;
}
