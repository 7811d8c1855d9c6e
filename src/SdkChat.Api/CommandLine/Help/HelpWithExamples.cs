using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SdkChat.Api.CommandLine.Help;

/// <summary>Prints the usual help, followed by the verb's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual, string program) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not VerbCommand { Examples.Count: > 0 } verb)
            return code;

        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in verb.Examples)
            output.WriteLine($"  {program} {example}");
        output.WriteLine();
        return code;
    }
}
