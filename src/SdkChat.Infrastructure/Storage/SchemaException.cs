namespace SdkChat.Infrastructure.Storage;

/// <summary>The database does not have this build's schema and cannot be migrated. The message is one line for the operator.</summary>
public sealed class SchemaException(string message, Exception? inner = null) : Exception(message, inner);
