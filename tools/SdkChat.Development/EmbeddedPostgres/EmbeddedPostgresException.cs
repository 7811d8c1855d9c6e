namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>The embedded server cannot run. The message is one line and says what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
