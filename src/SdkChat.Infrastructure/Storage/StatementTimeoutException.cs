using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// One statement exceeded its time limit, and the server cancelled it: the connection can be used again. A server that does not answer, or
/// a connection that could not be opened in time, is another <see cref="NpgsqlException"/> with the same cause.
/// </summary>
internal sealed class StatementTimeoutException(NpgsqlException timeout) : NpgsqlException(timeout.Message, timeout.InnerException);
