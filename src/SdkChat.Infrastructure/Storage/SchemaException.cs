namespace SdkChat.Infrastructure.Storage;

/// <summary>The database cannot be brought to this build's schema, or is not there yet. The message is one line for the operator.</summary>
public sealed class SchemaException(string message, Exception? inner = null) : Exception(message, inner);
