namespace SdkChat.Api.CommandLine.Errors;

/// <summary>A verb cannot do its work. The message is one line for the operator: what is wrong, and what to do.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
