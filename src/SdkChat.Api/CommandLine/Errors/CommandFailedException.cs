namespace SdkChat.Api.CommandLine.Errors;

/// <summary>A command cannot do its work. The message is one line for the operator: what is wrong, and what to do.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
